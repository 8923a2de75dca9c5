using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.Trims.DetachPolicy;

/// <summary>A managed policy of which nothing was used goes from whom it is attached to. The policy itself stays.</summary>
internal static class DetachPolicyTrim
{
    /// <param name="all">All that the subject has, for telling what stays reachable by another path.</param>
    public static void Consider(Plan plan, Holding holding, DocumentUse use, ImmutableArray<Holding> all)
    {
        var (policy, from) = (holding.Managed!, holding.On);
        var title = Prose.Of($"Detach {policy.Name} from {from.Ref.KindWord:w} {from.Ref.Name}");
        if ((plan.Guards.AgainstTouching(from) ?? Guards.KeptElsewhere(from.Tags, from.Ref.Name) ?? plan.Guards.AgainstDetaching(policy) ?? Guards.AgainstLosing(holding)) is { } why)
        {
            plan.Withhold(title, why);
            return;
        }
        var unused = use.Unused.ToArray();
        plan.Offer(new Trim(
            $"detach {from.Ref} {policy.Arn}",
            TrimKind.DetachPolicy,
            title,
            [new AccountEdit.DetachPolicy(from.Ref, policy.Arn)],
            plan.Evidence(unused, use.Verdicts),
            Whom(from),
            OtherPaths.StillReachable(plan, unused, all.Where(other => other != holding), from.Ref),
            plan.NamesOf(unused),
            new RiskOf(plan.Facts).Removing(use.Verdicts.Values, use.Document.GrantsEveryOther).From([from.Ref]).Grade(),
            null,
            TrimBasis.Of(plan.Facts.State, [from.Ref], [policy.Arn]))
        { Gone = [.. unused] });
    }

    /// <summary>From everyone that it is attached to at once, when nobody used anything of it.</summary>
    public static void ConsiderEverywhere(Plan plan, ManagedPolicy policy, DocumentUse use, ImmutableArray<Identity> attached)
    {
        var title = attached.Length == 1
            ? Prose.Of($"Detach {policy.Name} from {attached[0].Ref.KindWord:w} {attached[0].Ref.Name}")
            : Prose.Of($"Detach {policy.Name} from all {attached.Length} identities");
        var why = plan.Guards.AgainstDetaching(policy)
            ?? Guards.AgainstLosing(policy.Name, use.Document)
            ?? attached.Select(identity => plan.Guards.AgainstTouching(identity) ?? Guards.KeptElsewhere(identity.Tags, identity.Ref.Name)).FirstOrDefault(reason => reason is not null);
        if (why is not null)
        {
            plan.Withhold(title, why);
            return;
        }
        var unused = use.Unused.ToArray();
        plan.Offer(new Trim(
            $"detach everywhere {policy.Arn}",
            TrimKind.DetachPolicy,
            title,
            [.. attached.Select(identity => new AccountEdit.DetachPolicy(identity.Ref, policy.Arn))],
            plan.Evidence(unused, use.Verdicts),
            BlastRadius.Of(attached),
            policy.IsAwsManaged ? [] : [Prose.Of($"Once {policy.Name} is attached to nothing, its deletion is offered as a second approval.")],
            plan.NamesOf(unused),
            new RiskOf(plan.Facts).Removing(use.Verdicts.Values, use.Document.GrantsEveryOther).From(attached.Select(identity => identity.Ref)).Grade(),
            null,
            TrimBasis.Of(plan.Facts.State, attached.Select(identity => identity.Ref), [policy.Arn]))
        { Gone = [.. unused] });
    }

    private static Prose Whom(Identity from) => from.Ref.Kind == IdentityKind.Group
        ? Prose.Of($"{BlastRadius.Count(from.Members.Count, "member"):w} of group {from.Ref.Name}; the policy itself stays.")
        : Prose.Of($"{from.Ref.KindWord:w} {from.Ref.Name} alone; the policy itself stays.");
}
