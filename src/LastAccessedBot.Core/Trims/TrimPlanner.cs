using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims.BeforeDeleting;
using LastAccessedBot.Core.Trims.CapIdentity;
using LastAccessedBot.Core.Trims.ConvertInline;
using LastAccessedBot.Core.Trims.DeletePolicy;
using LastAccessedBot.Core.Trims.DetachPolicy;
using LastAccessedBot.Core.Trims.InlinePolicy;
using LastAccessedBot.Core.Trims.NarrowActions;
using LastAccessedBot.Core.Trims.NarrowPolicy;
using LastAccessedBot.Core.Trims.StaleMembership;

namespace LastAccessedBot.Core.Trims;

/// <summary>Turns facts into a review with its trims.</summary>
public static class TrimPlanner
{
    /// <summary>The subject must be in the facts' state.</summary>
    public static AccessReview Plan(ReviewFacts facts, Guards guards) => facts.Subject switch
    {
        ReviewSubject.OfIdentity { Ref: var name } when facts.Question == Question.Delete => DeletionPlanner.OfIdentity(facts, guards, facts.State.Identities[name]),
        ReviewSubject.OfPolicy { Arn: var arn } when facts.Question == Question.Delete => DeletionPlanner.OfPolicy(facts, guards, facts.State.Policies[arn]),
        ReviewSubject.OfIdentity { Ref: var name } when facts.Question == Question.Convert => OfInline(facts, guards, facts.State.Identities[name]),
        ReviewSubject.OfIdentity { Ref: var name } when facts.Question == Question.Cap => OfCap(facts, guards, facts.State.Identities[name]),
        ReviewSubject.OfIdentity { Ref: var name } when facts.Question == Question.Members => MembersPlanner.Plan(facts, guards, facts.State.Identities[name]),
        ReviewSubject.OfIdentity { Ref: var name } => OfIdentity(facts, guards, facts.State.Identities[name]),
        ReviewSubject.OfPolicy { Arn: var arn } => OfPolicy(facts, guards, facts.State.Policies[arn]),
        ReviewSubject.OfEntity => OrganizationPlanner.OfEntity(facts, guards, facts.State.Organization!),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static AccessReview OfIdentity(ReviewFacts facts, Guards guards, Identity identity)
    {
        var plan = new Plan(facts, guards);
        var own = Holding.Of(identity, facts.State);
        var groups = Holding.OfGroups(identity, facts.State);
        ImmutableArray<Holding> all = [.. own, .. groups.Values.SelectMany(holdings => holdings)];
        foreach (var unread in all.Where(holding => holding.Document is null))
            plan.Remark(Prose.Of($"{unread.Name} could not be understood, and is left alone: ").Then(Prose.Backticked(((Parsed<PolicyDocument>.Bad)unread.Read).Why.ToString())));
        if (identity.Ref.Kind == IdentityKind.Group && identity.Members.IsEmpty)
            plan.Remark("The group has no members. AWS reports no use for an empty group, which does not mean that nobody needs it: nothing is suggested.");
        else
        {
            foreach (var holding in own.Where(holding => holding.Document is not null))
            {
                var use = DocumentUse.Of(holding.Document!, facts.Judge(identity.Arn, holding.Since));
                if (holding.Managed is null) InlinePolicyTrim.Consider(plan, holding, use, own);
                else if (use.IsUnused) DetachPolicyTrim.Consider(plan, holding, use, all);
                else if (use.IsPartlyUnused) NarrowPolicyTrim.ConsiderOnIdentity(plan, holding, use);
                else if (holding.Document!.OnlyDenies) plan.Remark(Prose.Of($"{holding.Name} only denies; there is nothing to trim in it."));
                NarrowActionsTrim.ConsiderOnIdentity(plan, holding, use);
            }
            foreach (var (group, holdings) in groups) StaleMembershipTrim.Consider(plan, identity, facts.State.Identities[group], holdings, all);
        }
        NarrowActionsTrim.RemarkWithoutReport(plan);
        return plan.Finish(ServiceLines.Of(plan, identity, all, holding => holding.Path(identity.Ref)));
    }

    private static AccessReview OfInline(ReviewFacts facts, Guards guards, Identity identity)
    {
        var plan = new Plan(facts, guards);
        var inline = Holding.Of(identity, facts.State).Where(holding => holding.Managed is null).ToArray();
        if (inline.Length == 0) plan.Remark(Prose.Of($"{identity.Ref.Name} has no inline policies."));
        foreach (var holding in inline) ConvertInlineTrim.Consider(plan, holding);
        return plan.Finish([], title: Prose.Of($"Inline policies of {facts.Subject.Prose}: {BlastRadius.Count(inline.Length, "policy", "policies"):w}"));
    }

    private static AccessReview OfCap(ReviewFacts facts, Guards guards, Identity identity)
    {
        var plan = new Plan(facts, guards);
        ImmutableArray<Holding> all = [.. Holding.Of(identity, facts.State), .. Holding.OfGroups(identity, facts.State).Values.SelectMany(holdings => holdings)];
        var lines = ServiceLines.Of(plan, identity, all, holding => holding.Path(identity.Ref));
        CapIdentityTrim.Consider(plan, identity, all, lines);
        var unused = lines.Count(line => line.Verdict is Verdict.Unused);
        return plan.Finish(lines, title: Prose.Of($"A cap for {facts.Subject.Prose}: {unused} of {lines.Length} services unused in {facts.Window.Days} days"));
    }

    private static AccessReview OfPolicy(ReviewFacts facts, Guards guards, ManagedPolicy policy)
    {
        var plan = new Plan(facts, guards);
        var attached = policy.AttachedTo.Select(name => facts.State.Identities.GetValueOrDefault(name)).OfType<Identity>().ToImmutableArray();
        var read = PolicyDocument.Read(policy.Default.Document);
        if (read is not Parsed<PolicyDocument>.Ok { Value: var document })
        {
            plan.Remark(Prose.Of($"{policy.Name} could not be understood, and is left alone: ").Then(Prose.Backticked(((Parsed<PolicyDocument>.Bad)read).Why.ToString())));
            return plan.Finish([]);
        }
        // The youngest of all that it is attached to: it too must have had the time to use what it may.
        var since = attached.Select(identity => identity.Created).Append(policy.Default.Created).Max();
        var use = DocumentUse.Of(document, facts.Judge(policy.Arn, since));
        if (policy.AttachedTo.IsEmpty) DeletePolicyTrim.Consider(plan, policy);
        else if (use.IsUnused) DetachPolicyTrim.ConsiderEverywhere(plan, policy, use, attached);
        else if (use.IsPartlyUnused) NarrowPolicyTrim.ConsiderOnPolicy(plan, policy, use, attached);
        else if (document.OnlyDenies) plan.Remark(Prose.Of($"{policy.Name} only denies; there is nothing to trim in it."));
        if (!policy.AttachedTo.IsEmpty) NarrowActionsTrim.ConsiderOnPolicy(plan, policy, use, attached, since);
        NarrowActionsTrim.RemarkWithoutReport(plan);
        return plan.Finish([.. use.Verdicts.Select(pair => ServiceLines.Line(plan, policy.Arn, pair.Key, pair.Value, []))]);
    }
}
