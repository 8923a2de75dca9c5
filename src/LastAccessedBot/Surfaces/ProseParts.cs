using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces;

/// <summary>Sentences that are too long for one place. Their weight is their characters, and what a span costs besides: it bounds what any platform writes for them.</summary>
internal static class ProseParts
{
    private const int SpanWeight = 40;

    /// <summary>Names, places and people keep their own look, whatever is around them.</summary>
    public static bool IsWhole(Span span) => span.Style is SpanStyle.Name or SpanStyle.Place or SpanStyle.Person;

    /// <summary>The same with as few spans as say it.</summary>
    public static List<Span> Joined(Prose prose)
    {
        var joined = new List<Span>();
        foreach (var span in prose.Spans)
        {
            if (!IsWhole(span) && joined is [.., var last] && last.Style == span.Style) joined[^1] = last with { Text = last.Text + span.Text };
            else joined.Add(span);
        }
        return joined;
    }

    /// <summary>As much of it as weighs no more, and an ellipsis where there is more.</summary>
    /// <param name="most">At least 100.</param>
    public static Prose Cut(Prose prose, int most)
    {
        List<Span> some = [];
        var left = most;
        foreach (var span in Joined(prose))
        {
            if (span.Text.Length + SpanWeight > left)
            {
                some.Add(left > SpanWeight + 1 ? span with { Text = PlainWords.Cut(span.Text, left - SpanWeight) } : new Span(SpanStyle.Plain, "…"));
                break;
            }
            some.Add(span);
            left -= span.Text.Length + SpanWeight;
        }
        return new Prose([.. some]);
    }

    /// <summary>Parts of at most so much weight, broken where a space is. What has no space is broken where it must be, between characters.</summary>
    /// <param name="most">At least 100.</param>
    public static List<Prose> Of(Prose prose, int most)
    {
        List<Prose> parts = [];
        List<Span> part = [];
        var left = most;
        foreach (var span in Joined(prose))
        {
            var rest = span.Text;
            while (rest.Length + SpanWeight > left)
            {
                var length = BreakIn(rest, left - SpanWeight, isWhole: IsWhole(span) && rest.Length + SpanWeight <= most);
                // A part that is begun may end before this span; an empty one takes what it can.
                if (length == 0 && part.Count == 0) length = BreakAnywhere(rest, left - SpanWeight);
                if (length > 0) part.Add(span with { Text = rest[..length] });
                rest = rest[length..];
                parts.Add(new Prose([.. part]));
                part.Clear();
                left = most;
            }
            if (rest.Length == 0) continue;
            part.Add(span with { Text = rest });
            left -= rest.Length + SpanWeight;
        }
        if (part.Count > 0 || parts.Count == 0) parts.Add(new Prose([.. part]));
        return parts;
    }

    private static int BreakIn(string text, int most, bool isWhole) => isWhole || most <= 0 ? 0 : text.LastIndexOf(' ', most - 1) + 1;

    private static int BreakAnywhere(string text, int most) => char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
}
