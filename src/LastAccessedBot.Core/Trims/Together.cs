using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Trims;

/// <summary>
/// Several trims of one review as one plan. Each of them allows nothing more on any of its steps, whatever went before, so that the plan
/// does not either. Of two that change the same thing only the first goes in: they are alternatives. Deletions stay apart, with an approval each.
/// </summary>
public static class Together
{
    /// <summary>So many fit into one approval that a person can still read.</summary>
    public const int Most = 20;

    /// <summary>Those that one approval can carry out, in the order in which it does; empty for fewer than two.</summary>
    public static ImmutableArray<Trim> Of(IEnumerable<Trim> trims)
    {
        var taken = new HashSet<Edits.EditSubject>();
        var chosen = new List<Trim>();
        foreach (var trim in trims.Where(trim => !trim.IsDeletion && trim.Loss is null && trim.Parts is null).OrderBy(Turn))
        {
            if (chosen.Count == Most || trim.Edits.Any(edit => taken.Contains(edit.Subject))) continue;
            taken.UnionWith(trim.Edits.Select(edit => edit.Subject));
            chosen.Add(trim);
        }
        return chosen.Count < 2 ? [] : [.. chosen];
    }

    /// <summary>One trim that does what all of them do.</summary>
    /// <param name="trims">As <see cref="Of"/> gave them.</param>
    public static Trim Joined(ReviewSubject subject, ImmutableArray<Trim> trims) => new(
        string.Join(" + ", trims.Select(trim => trim.Key)),
        TrimKind.Together,
        Prose.Of($"{trims.Length} trims of {subject.Prose} together"),
        [.. trims.SelectMany(trim => trim.Edits)],
        [.. trims.Select(trim => Prose.Of($"{trim.Title}: {Prose.Join(" ", trim.Evidence)}"))],
        Prose.Join(" ", trims.Select(trim => trim.TakesAway).Distinct()),
        [.. trims.SelectMany(trim => trim.Notes).Distinct()],
        [.. trims.SelectMany(trim => trim.Removed).Distinct().Order(StringComparer.OrdinalIgnoreCase)],
        new Risk(trims.Max(trim => trim.Risk.Grade), [.. trims.SelectMany(trim => trim.Risk.Reasons).Distinct()]),
        null,
        TrimBasis.Of([.. trims.Select(trim => trim.Basis)]),
        [.. trims.Select(trim => trim.Key)])
    {
        Gone = [.. trims.SelectMany(trim => trim.Gone).Distinct().Order()],
        RemovedActions = [.. trims.SelectMany(trim => trim.RemovedActions)],
    };

    // What takes whole ways away goes first: the narrower documents come to stand on less.
    private static int Turn(Trim trim) => trim.Kind switch
    {
        TrimKind.StaleMembership or TrimKind.IdleMember => 0,
        TrimKind.DetachPolicy => 1,
        TrimKind.DeleteInlinePolicy => 2,
        _ => 3,
    };
}
