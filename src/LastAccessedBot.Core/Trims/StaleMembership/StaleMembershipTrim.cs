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
    public static void Consider(Plan plan, Identity user, Identity group, ImmutableArray<Holding> given, ImmutableArray<Holding> all)
    {
        if (given.IsEmpty || given.Any(holding => holding.Document is null)) return;
        var verdicts = Verdicts(plan, user, given);
        var unused = verdicts.Where(pair => pair.Value is Verdict.Unused).Select(pair => pair.Key).ToArray();
        if (unused.Length == 0) return;
        if (unused.Length < verdicts.Count)
        {
            plan.Remark(
                Prose.Of($"{Listed(plan.NamesOf(unused))} {(unused.Length == 1 ? "comes" : "come"):w} from group {group.Ref.Name}, which {user.Ref.Name} needs for something else. ")
                    .Then("Nothing is taken from a group on one member's behalf: other members may use it."),
                $"/unused {group.Ref}");
            return;
        }
        var title = Prose.Of($"Remove user {user.Ref.Name} from group {group.Ref.Name}");
        if ((plan.Guards.AgainstTouching(user) ?? plan.Guards.AgainstTouching(group) ?? Guards.KeptElsewhere(user.Tags, user.Ref.Name)
            ?? given.Select(Guards.AgainstLosing).FirstOrDefault(reason => reason is not null)) is { } why)
        {
            plan.Withhold(title, why);
            return;
        }
        plan.Offer(new Trim(
            $"leave {group.Ref} {user.Ref}",
            TrimKind.StaleMembership,
            title,
            [new AccountEdit.RemoveUserFromGroup(group.Ref.Name, user.Ref.Name)],
            plan.Evidence(unused, verdicts),
            Prose.Of($"user {user.Ref.Name} alone; the group and its other members keep everything."),
            OtherPaths.StillReachable(plan, unused, all.Where(holding => holding.On.Ref != group.Ref), user.Ref),
            plan.NamesOf(unused),
            new RiskOf(plan.Facts).Removing(verdicts.Values, given.Any(holding => holding.Document!.GrantsEveryOther)).From([user.Ref]).Grade(),
            null,
            TrimBasis.Of(plan.Facts.State, [user.Ref, group.Ref], given.Select(holding => holding.Managed?.Arn).OfType<string>())));
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
