using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Core.Trims.BeforeDeleting;

/// <summary>Why the evidence forbids a deletion, in sentences that name a few and count the rest.</summary>
internal static class Reasons
{
    private const int MostNamed = 3;

    /// <summary>What was used within the window; null where nothing was.</summary>
    public static Prose? Used(Plan plan, ImmutableArray<SubjectUse> uses, ImmutableArray<ServiceLine> services)
    {
        Prose[] used =
        [
            .. uses.Where(use => use.Verdict is Verdict.Used).Select(use => Prose.Of($"{use.What} on {((Verdict.Used)use.Verdict).On}")),
            .. services.Where(line => line.Verdict is Verdict.Used).OrderByDescending(line => ((Verdict.Used)line.Verdict).On).Select(line => Prose.Of($"{line.Name:w} on {((Verdict.Used)line.Verdict).On}")),
        ];
        return used.Length == 0 ? null : Prose.Of($"Used within the last {plan.Facts.Window.Days} days: {Listed(used)}.");
    }

    /// <summary>What nobody can know; null where all is known.</summary>
    public static Prose? Unknown(ImmutableArray<SubjectUse> uses, ImmutableArray<ServiceLine> services)
    {
        Prose[] unknown =
        [
            .. uses.Where(use => use.Verdict is Verdict.Unknown).Select(use => Prose.Of($"{use.What}: {Why(use.Verdict)}")),
            .. services.Where(line => line.Verdict is Verdict.Unknown).Select(line => Prose.Of($"{line.Name:w}: {Why(line.Verdict)}")),
        ];
        return unknown.Length == 0 ? null : Prose.Of($"What nobody can know is not deleted. {Listed(unknown)}.");
    }

    private static Prose Why(Verdict verdict) => Prose.Backticked(((Verdict.Unknown)verdict).Why);

    private static Prose Listed(Prose[] parts)
    {
        var named = Prose.Join("; ", parts.Take(MostNamed));
        return parts.Length > MostNamed ? named.Then(Prose.Of($"; and {parts.Length - MostNamed} more")) : named;
    }
}
