using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims.BeforeDeleting;
using LastAccessedBot.Core.Trims.DeactivateUser;
using LastAccessedBot.Core.Trims.DeleteGroup;
using LastAccessedBot.Core.Trims.DeletePolicy;
using LastAccessedBot.Core.Trims.DeleteRole;
using LastAccessedBot.Core.Trims.DeleteUser;
using LastAccessedBot.Core.Trims.DetachPolicy;

namespace LastAccessedBot.Core.Trims;

/// <summary>Turns facts into what somebody should know before they delete the subject, and into the deletion where nothing speaks against it.</summary>
internal static class DeletionPlanner
{
    public static AccessReview OfIdentity(ReviewFacts facts, Guards guards, Identity identity)
    {
        var plan = new Plan(facts, guards);
        var own = Holding.Of(identity, facts.State);
        var groups = Holding.OfGroups(identity, facts.State);
        var services = ServiceLines.Of(plan, identity, [.. own, .. groups.Values.SelectMany(holdings => holdings)], holding => holding.Path(identity.Ref));
        var uses = SubjectUses.Of(identity, facts);
        var candidate = new Candidate(plan, identity, own, groups, services, uses);
        switch (identity.Ref.Kind)
        {
            case IdentityKind.User:
                DeactivateUserTrim.Consider(candidate);
                DeleteUserTrim.Consider(candidate);
                break;
            case IdentityKind.Group:
                DeleteGroupTrim.Consider(candidate);
                break;
            default:
                DeleteRoleTrim.Consider(candidate);
                break;
        }
        return plan.Finish(services, new DeletionSurvey(uses, HangsOn.Identity(identity, own)));
    }

    /// <summary>A policy is detached from everyone first, when nobody used anything of it; its deletion follows as a second approval.</summary>
    public static AccessReview OfPolicy(ReviewFacts facts, Guards guards, ManagedPolicy policy)
    {
        var plan = new Plan(facts, guards);
        var attached = policy.AttachedTo.Select(name => facts.State.Identities.GetValueOrDefault(name)).OfType<Identity>().ToImmutableArray();
        ImmutableArray<ServiceLine> services = [];
        Prose? unread = null;
        if (PolicyDocument.Read(policy.Default.Document) is Parsed<PolicyDocument>.Ok { Value: var document })
        {
            // The youngest of all that it is attached to: it too must have had the time to use what it may.
            var since = attached.Select(identity => identity.Created).Append(policy.Default.Created).Max();
            var use = DocumentUse.Of(document, facts.Judge(policy.Arn, since));
            services = [.. use.Verdicts.Select(pair => ServiceLines.Line(plan, policy.Arn, pair.Key, pair.Value, []))];
            unread = document.OnlyDenies ? Prose.Of($"{policy.Name} only denies: without it, more would be allowed.") : null;
            if (!policy.AttachedTo.IsEmpty && use.IsUnused && plan.Guards.AgainstEditing(policy) is null) DetachPolicyTrim.ConsiderEverywhere(plan, policy, use, attached);
        }
        else unread = Prose.Of($"{policy.Name} could not be understood, and what it gives may be in use.");
        if (policy.AttachedTo.IsEmpty) DeletePolicyTrim.Consider(plan, policy);
        else if ((plan.Guards.AgainstEditing(policy) ?? Reasons.Used(plan, [], services) ?? unread ?? Reasons.Unknown([], services)) is { } why)
            plan.Withhold(Prose.Of($"Delete the policy {policy.Name}"), why);
        return plan.Finish(services, new DeletionSurvey([], HangsOn.Policy(policy)));
    }
}
