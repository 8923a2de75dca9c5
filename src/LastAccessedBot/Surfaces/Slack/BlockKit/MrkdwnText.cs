using System.Text;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>Prose as Slack's markup. Whatever a name holds, it mentions nobody, links nowhere, and ends no markup around it.</summary>
public static class MrkdwnText
{
    // Slack's markup has no escape for its own signs; a sign that looks the same and means nothing takes their place in plain text.
    private const char Star = '∗', Tilde = '∼', Backtick = 'ˋ';

    public static string Of(Prose prose)
    {
        var text = new StringBuilder();
        foreach (var span in prose.Spans)
        {
            var words = Escaped(OnOneLine(span.Text));
            if (words.Trim().Length == 0) text.Append(words);
            else if (span.Style == SpanStyle.Place && ChannelOf(span.Text) is { } channel) text.Append(channel);
            else if (IsWhole(span)) text.Append('`').Append(words.Replace('`', Backtick)).Append('`');
            else if (span.Style == SpanStyle.Strong) text.Append('*').Append(Plain(words)).Append('*');
            else text.Append(Plain(words));
        }
        return text.ToString();
    }

    /// <summary>The same in bold, where names keep their look.</summary>
    public static string Bold(Prose prose)
    {
        var text = new StringBuilder();
        foreach (var span in Joined(prose))
        {
            var words = OnOneLine(span.Text);
            if (IsWhole(span)) text.Append(Of(new Prose([span])));
            else if (words.Trim().Length == 0) text.Append(words);
            // Stars bind to words: the space belongs outside.
            else text.Append(words[..(words.Length - words.TrimStart().Length)]).Append('*').Append(Plain(Escaped(words.Trim()))).Append('*').Append(words[words.TrimEnd().Length..]);
        }
        return text.ToString();
    }

    public static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Cuts escaped markup without cutting an entity or a name in two.</summary>
    public static string Cut(string markup, int most)
    {
        if (markup.Length <= most) return markup;
        var end = most - 1;
        if (markup.LastIndexOf('&', end - 1, Math.Min(end, 5)) is >= 0 and var entity && markup.IndexOf(';', entity) is var close && (close < 0 || close >= end)) end = entity;
        if (char.IsHighSurrogate(markup[end - 1])) end--;
        var cut = markup[..end];
        if (cut.LastIndexOf('<') is >= 0 and var mention && cut.IndexOf('>', mention) < 0) cut = cut[..mention];
        // An open name would make code of the rest of the message.
        return cut.Count(sign => sign == '`') % 2 == 1 ? cut[..cut.LastIndexOf('`')] + "…" : cut + "…";
    }

    /// <summary>For texts that know no markup.</summary>
    public static string CutPlain(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    private static string Plain(string escaped) => escaped.Replace('*', Star).Replace('`', Backtick).Replace('~', Tilde);

    // Names and places keep their own look, whatever is around them.
    private static bool IsWhole(Span span) => span.Style is SpanStyle.Name or SpanStyle.Place;

    /// <summary>A mention of the channel, by nothing but its id; null for what is no conversation of Slack's.</summary>
    private static string? ChannelOf(string conversation) =>
        SlackIds.TrySplit(conversation) is not var (_, channel) || !SlackIds.IsChannel(channel) ? null
        // Whose it is, Slack would not say.
        : channel.StartsWith('D') ? "a direct conversation"
        : $"<#{channel}>";

    // Stars that meet, as between two bold words, would stand there as stars.
    private static List<Span> Joined(Prose prose)
    {
        var joined = new List<Span>();
        foreach (var span in prose.Spans)
        {
            if (!IsWhole(span) && joined is [.., var last] && !IsWhole(last)) joined[^1] = last with { Text = last.Text + span.Text };
            else joined.Add(span);
        }
        return joined;
    }

    private static string OnOneLine(string text) => text.AsSpan().IndexOfAny('\n', '\r') < 0 ? text : text.ReplaceLineEndings(" ");
}
