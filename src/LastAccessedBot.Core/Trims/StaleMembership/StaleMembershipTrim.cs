using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.StaleMembership;

/// <summary>
/// A user leaves a group when all that the group gives is unused by them. What a group gives is never taken from it on one member's
/// behalf: where the user uses a part, there is a remark and the way to look at the group.
/// </summary>
internal static class StaleMembershipTrim
{
    /// <summary>One of the groups of a user who is looked into.</summary>
    public static void Consider(Plan plan, Identity user, Identity group, ImmutableArray<Holding> given, ImmutableArray<Holding> all)
    {
        if (given.IsEmpty || given.Any(holding => holding.Document is null)) return;
        var verdicts = Verdicts(plan, user, given);
        var unused = verdicts.Where(pair => pair.Value is Verdict.Unused).Select(pair => pair.Key).ToArray();
        if (unused.Length == 0) return;
        if (unused.Length == verdicts.Count) Propose(plan, TrimKind.StaleMembership, user, group, given, all, verdicts);
        else
        {
            plan.Remark(
                Prose.Of($"{Listed(plan.NamesOf(unused))} {(unused.Length == 1 ? "comes" : "come"):w} from group {group.Ref.Name}, which {user.Ref.Name} needs for something else. ")
                    .Then("Nothing is taken from a group on one member's behalf: other members may use it."),
                $"/unused {group.Ref}");
        }
    }

    /// <summary>One of the members of a group that is looked into. Whoever uses a part of what it gives stays, without a word.</summary>
    public static void ConsiderMember(Plan plan, Identity user, Identity group, ImmutableArray<Holding> given)
    {
        var verdicts = Verdicts(plan, user, given);
        if (verdicts.Count > 0 && verdicts.Values.All(verdict => verdict is Verdict.Unused)) Propose(plan, TrimKind.IdleMember, user, group, given, given, verdicts);
    }

    private static void Propose(
        Plan plan, TrimKind kind, Identity user, Identity group, ImmutableArray<Holding> given, ImmutableArray<Holding> all, ImmutableSortedDictionary<ServiceNamespace, Verdict> verdicts)
    {
        var title = Prose.Of($"Remove user {user.Ref.Name} from group {group.Ref.Name}");
        if ((plan.Guards.AgainstTouching(user) ?? plan.Guards.AgainstTouching(group) ?? Guards.KeptElsewhere(user.Tags, user.Ref.Name)
            ?? given.Select(Guards.AgainstLosing).FirstOrDefault(reason => reason is not null)) is { } why)
        {
            plan.Withhold(title, why);
            return;
        }
        ServiceNamespace[] unused = [.. verdicts.Keys];
        plan.Offer(new Trim(
            $"leave {group.Ref} {user.Ref}",
            kind,
            title,
            [new AccountEdit.RemoveUserFromGroup(group.Ref.Name, user.Ref.Name)],
            plan.Evidence(unused, verdicts),
            Prose.Of($"user {user.Ref.Name} alone; the group and its other members keep everything."),
            OtherPaths.StillReachable(plan, unused, all.Where(holding => holding.On.Ref != group.Ref), user.Ref),
            plan.NamesOf(unused),
            new RiskOf(plan.Facts).Removing(verdicts.Values, given.Any(holding => holding.Document!.GrantsEveryOther)).From([user.Ref]).Grade(),
            null,
            TrimBasis.Of(plan.Facts.State, [user.Ref, group.Ref], given.Select(holding => holding.Managed?.Arn).OfType<string>()))
        { Gone = [.. unused] });
    }

    // A service that two of the group's policies give counts as the more careful of the two verdicts.
    private static ImmutableSortedDictionary<ServiceNamespace, Verdict> Verdicts(Plan plan, Identity user, ImmutableArray<Holding> given)
    {
        var verdicts = ImmutableSortedDictionary.CreateBuilder<ServiceNamespace, Verdict>();
        foreach (var holding in given)
        {
            var since = holding.Since > user.Created ? holding.Since : user.Created;
            foreach (var (service, verdict) in DocumentUse.Of(holding.Document!, plan.Facts.Judge(user.Arn, since)).Verdicts)
                if (!verdicts.TryGetValue(service, out var known) || known is Verdict.Unused) verdicts[service] = verdict;
        }
        return verdicts.ToImmutable();
    }

    private static Prose Listed(ImmutableArray<string> names)
    {
        const int MostNamed = 6;
        var prose = Prose.Empty;
        for (var i = 0; i < Math.Min(names.Length, MostNamed); i++) prose = prose.Then(i == 0 ? "" : ", ").Then(names[i]);
        return names.Length > MostNamed ? prose.Then($" and {names.Length - MostNamed} more") : prose;
    }
}
