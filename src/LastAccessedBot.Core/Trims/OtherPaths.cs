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
        return [.. reachable.Select(pair => Prose.Of($"{plan.NameOf(pair.Service):w} stays reachable by {Paths(pair.By, subject)}, unless that goes too."))];
    }

    private static Prose Paths(IEnumerable<Holding> holdings, IdentityRef subject) =>
        Prose.Join(" and ", holdings.Select(holding => holding.Path(subject)));
}
