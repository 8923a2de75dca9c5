using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>Parts of a card as lines of Slack's markup: one service, one fact, one sentence a line, which phones wrap well.</summary>
internal static class CardLines
{
    public static IEnumerable<string> Of(CardBlock block) => block switch
    {
        CardBlock.Paragraph paragraph => [Sign(paragraph.Tone) + MrkdwnText.Of(paragraph.Text)],
        CardBlock.Facts facts => facts.Items.Select(fact => $"*{MrkdwnText.Escaped(fact.Label)}:* {MrkdwnText.Of(fact.Value)}"),
        CardBlock.Table table => table.Rows.Select(row => Row(table, row)),
        CardBlock.Progress progress => [$":hourglass_flowing_sand: {MrkdwnText.Of(progress.Text)}{(progress.Fraction is { } fraction ? $" {Bar(fraction)}" : "")}"],
        _ => [],
    };

    /// <summary>A sign and, where the sign alone would have to be known, no less than the words around it.</summary>
    public static string Sign(Tone tone) => tone switch
    {
        Tone.Good => ":white_check_mark: ",
        Tone.Caution => ":warning: ",
        Tone.Bad => ":x: ",
        _ => "",
    };

    /// <summary>Reads as a sentence: the first cell, what is said of it, and the rest by their headings.</summary>
    private static string Row(CardBlock.Table table, TableRow row)
    {
        var said = row.Cells.Skip(1).Select((cell, index) => (Heading: table.Headings[index + 1], Text: MrkdwnText.Of(cell)))
            .Where(cell => cell.Text.Length > 0)
            .Select((cell, index) => index == 0 || cell.Text.StartsWith("not ", StringComparison.Ordinal) ? cell.Text : $"{cell.Heading.ToLowerInvariant()} {cell.Text}");
        var rest = string.Join(" · ", said);
        return Sign(row.Tone) + MrkdwnText.Bold(row.Cells[0]) + (rest.Length > 0 ? " — " + rest : "");
    }

    private static string Bar(double fraction)
    {
        const int Cells = 10;
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * Cells);
        return new string('▓', full) + new string('░', Cells - full);
    }
}
