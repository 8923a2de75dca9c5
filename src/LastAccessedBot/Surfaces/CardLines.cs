using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces;

/// <summary>What stands before a line, for the eye. It says no more than the words after it.</summary>
internal enum Sign { None, Good, Caution, Bad, Working }

/// <summary>One service, one fact, one sentence: a line, before any platform's markup.</summary>
internal sealed record CardLine(Sign Sign, Prose Text);

/// <summary>Parts of a card as lines, which phones wrap well.</summary>
internal static class CardLines
{
    /// <param name="inFull">With all columns of a table, not the main ones alone.</param>
    public static IEnumerable<CardLine> Of(CardBlock block, bool inFull = false) => block switch
    {
        CardBlock.Paragraph paragraph => [new(SignOf(paragraph.Tone), paragraph.Text)],
        CardBlock.Facts facts => facts.Items.Select(fact => new CardLine(Sign.None, Prose.Strong($"{fact.Label}:").Then(" ").Then(fact.Value))),
        CardBlock.Table table => table.Rows.Select(row => Row(table, row, inFull ? null : table.Main)),
        CardBlock.Progress progress => [new(Sign.Working, progress.Fraction is { } fraction ? progress.Text.Then($" {Bar(fraction)}") : progress.Text)],
        CardBlock.Chart chart => [new(Sign.None, chart.InWords)],
        CardBlock.Link link => [new(Sign.None, Prose.Of($"{link.Label:w}: {link.Address.AbsoluteUri}"))],
        _ => [],
    };

    /// <summary>A section's or a paragraph's mood as a sign.</summary>
    public static Sign SignOf(Tone tone) => tone switch
    {
        Tone.Good => Sign.Good,
        Tone.Caution => Sign.Caution,
        Tone.Bad => Sign.Bad,
        _ => Sign.None,
    };

    /// <summary>All of it strong, except names and places, which keep their own look.</summary>
    public static Prose Bold(Prose prose) => new([.. prose.Spans.Select(span => span.Style == SpanStyle.Plain ? span with { Style = SpanStyle.Strong } : span)]);

    /// <summary>Ten cells, as many of them full as the fraction says.</summary>
    public static string Bar(double fraction)
    {
        const int Cells = 10;
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * Cells);
        return new string('▓', full) + new string('░', Cells - full);
    }

    /// <summary>Reads as a sentence: the first cell, what is said of it, and the rest by their headings, where they do not speak for themselves.</summary>
    private static CardLine Row(CardBlock.Table table, TableRow row, int? main)
    {
        var said = new List<Prose>();
        foreach (var (cell, index) in row.Cells.Take(main ?? row.Cells.Length).Select((cell, index) => (cell, index)).Skip(1).Where(one => one.cell.ToString().Length > 0))
        {
            var heading = table.Headings[index];
            var isSpoken = said.Count > 0 && heading is not ("What" or "Detail") && !cell.ToString().StartsWith("not ", StringComparison.Ordinal);
            // “used, last used yesterday” says it once: “last used yesterday”.
            if (isSpoken && said.Count == 1 && heading.EndsWith($" {said[0]}", StringComparison.Ordinal)) said.Clear();
            said.Add(isSpoken ? ((Prose)$"{heading.ToLowerInvariant()} ").Then(cell) : cell);
        }
        var first = Bold(row.Cells[0]);
        return new(SignOf(row.Tone), said.Count > 0 ? first.Then(" — ").Then(Prose.Join(" · ", said)) : first);
    }
}
