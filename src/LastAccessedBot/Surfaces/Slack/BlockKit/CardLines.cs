using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>Parts of a card as lines of Slack's markup: one service, one fact, one sentence a line, which phones wrap well.</summary>
internal static class CardLines
{
    /// <param name="inFull">With all columns of a table, not the main ones alone.</param>
    public static IEnumerable<string> Of(CardBlock block, bool inFull = false) => block switch
    {
        CardBlock.Paragraph paragraph => [Sign(paragraph.Tone) + MrkdwnText.Of(paragraph.Text)],
        CardBlock.Facts facts => facts.Items.Select(fact => $"*{MrkdwnText.Escaped(fact.Label)}:* {MrkdwnText.Of(fact.Value)}"),
        CardBlock.Table table => table.Rows.Select(row => Row(table, row, inFull ? null : table.Main)),
        CardBlock.Progress progress => [$":hourglass_flowing_sand: {MrkdwnText.Of(progress.Text)}{(progress.Fraction is { } fraction ? $" {Bar(fraction)}" : "")}"],
        CardBlock.Chart chart => [MrkdwnText.Escaped(chart.InWords)],
        _ => [],
    };

    /// <summary>The lines do not say all of the block.</summary>
    public static bool Hides(CardBlock block) => block is CardBlock.Details or CardBlock.Diff || (block is CardBlock.Table { Main: { } main } table && main < table.Headings.Length);

    /// <summary>The blocks of a section. The sign before its title stands for its first sentence too.</summary>
    public static IEnumerable<CardBlock> Said(CardBlock.Section section) => section.Blocks is [CardBlock.Paragraph first, ..] && first.Tone == section.Tone
        ? section.Blocks.SetItem(0, first with { Tone = Tone.Neutral })
        : section.Blocks;

    /// <summary>A sign and, where the sign alone would have to be known, no less than the words around it.</summary>
    public static string Sign(Tone tone) => tone switch
    {
        Tone.Good => ":white_check_mark: ",
        Tone.Caution => ":warning: ",
        Tone.Bad => ":x: ",
        _ => "",
    };

    /// <summary>Reads as a sentence: the first cell, what is said of it, and the rest by their headings, where they do not speak for themselves.</summary>
    private static string Row(CardBlock.Table table, TableRow row, int? main)
    {
        var cells = row.Cells.Take(main ?? row.Cells.Length).Skip(1).Select((cell, index) => (Heading: table.Headings[index + 1], Text: MrkdwnText.Of(cell))).Where(cell => cell.Text.Length > 0).ToArray();
        var said = new List<string>();
        foreach (var ((heading, text), index) in cells.Select((cell, index) => (cell, index)))
        {
            var isSpoken = index > 0 && heading is not ("What" or "Detail") && !text.StartsWith("not ", StringComparison.Ordinal);
            // “used, last used yesterday” says it once: “last used yesterday”.
            if (isSpoken && index == 1 && heading.EndsWith($" {said[0]}", StringComparison.Ordinal)) said.Clear();
            said.Add(isSpoken ? $"{heading.ToLowerInvariant()} {text}" : text);
        }
        return Sign(row.Tone) + MrkdwnText.Bold(row.Cells[0]) + (said.Count > 0 ? " — " + string.Join(" · ", said) : "");
    }

    private static string Bar(double fraction)
    {
        const int Cells = 10;
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * Cells);
        return new string('▓', full) + new string('░', Cells - full);
    }
}
