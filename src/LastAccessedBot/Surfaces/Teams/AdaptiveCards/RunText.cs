using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>
/// Prose as runs of text. Runs know no markup; what is left to guard against are the two things that Teams looks for in any text, mentions
/// and dates, and characters that are no text or turn what is around them.
/// </summary>
internal static class RunText
{
    // Has no width and means nothing but that two characters belong together: a pair that it parts is no macro.
    private const char Joiner = '\u2060';

    private const string Command = "/unused";

    private static readonly TextRun s_plain = new("");

    /// <param name="like">The look of plain words; null for the usual one. Names are set in a typeface of even widths, strong words bold.</param>
    public static ImmutableArray<TextRun> Of(Prose prose, TextRun? like = null) =>
        [.. ProseParts.Joined(prose).Select(span => Run(span, like ?? s_plain)).Where(run => run.Text.Length > 0)];

    /// <summary>Never without a run: clients take that for a broken card.</summary>
    public static RichTextBlock Block(Prose prose, TextRun? like = null) => new(Of(prose, like) is { IsEmpty: false } runs ? runs : [new TextRun("\u00a0")]);

    /// <summary>Says the same on one line, and nothing to a machine.</summary>
    public static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        // Half a character is replaced by the sign for one.
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' or 0x85 or 0x2028 or 0x2029) safe.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && !IsTurning(rune.Value))
            {
                if (safe.Length > 0 && IsOpening(safe[^1], rune)) safe.Append(Joiner);
                safe.Append(rune.ToString());
            }
        }
        return safe.ToString();
    }

    private static TextRun Run(Span span, TextRun like) => span.Style switch
    {
        SpanStyle.Name => like with { Text = Safe(Typed(span.Text)), FontType = FontType.Monospace },
        SpanStyle.Strong or SpanStyle.Person => like with { Text = Safe(span.Text), Weight = TextWeight.Bolder },
        // Whose it is and what it is called, its id does not say.
        SpanStyle.Place => like with { Text = "another conversation" },
        _ => like with { Text = Safe(span.Text) },
    };

    private static bool IsOpening(char before, Rune next) => (before == '{' && next.Value == '{') || (before == '<' && next.Value is 'a' or 'A');

    // Teams keeps the slash for commands of its own.
    private static string Typed(string name) => name.StartsWith(Command, StringComparison.Ordinal) ? name[1..] : name;

    // Marks, embeddings, overrides and isolates of direction.
    private static bool IsTurning(int character) => character is 0x061c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069);
}
