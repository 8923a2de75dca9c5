using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>What an identity can still reach by another way after one way is closed.</summary>
internal static class OtherPaths
{
    private const int MostNamed = 5;

    public static ImmutableArray<Prose> StillReachable(Plan plan, IEnumerable<ServiceNamespace> services, IEnumerable<Holding> others, IdentityRef subject)
    {
        ImmutableArray<Holding> rest = [.. others.Where(other => other.Document is not null)];
        var reachable = services
            .Select(service => (Service: service, By: rest.Where(other => other.Document!.Grants(service)).ToArray()))
            .Where(pair => pair.By.Length > 0).ToArray();
        if (reachable.Length > MostNamed) return [Prose.Of($"{reachable.Length} of the services stay reachable by other policies.")];
        // One sentence for each way: services that share theirs stand together.
        return [.. reachable.GroupBy(pair => Paths(pair.By, subject), pair => pair.Service).Select(way =>
        {
            ServiceNamespace[] by = [.. way];
            return Prose.Of($"{plan.Listed(by):w} {(by.Length == 1 ? "stays" : "stay"):w} reachable by {way.Key}, unless that goes too.");
        })];
    }

    private static Prose Paths(IEnumerable<Holding> holdings, IdentityRef subject) =>
        Prose.Join(" and ", holdings.Select(holding => holding.Path(subject)));
}
