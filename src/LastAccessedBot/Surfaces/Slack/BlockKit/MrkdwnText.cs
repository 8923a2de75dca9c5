using System.Text;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>Prose as Slack's markup. Whatever a name holds, it mentions nobody (people are mentioned by their ids alone), links nowhere, and ends no markup around it.</summary>
internal static class MrkdwnText
{
    // Slack's markup has no escape for its own signs; a sign that looks the same and means nothing takes their place in plain text.
    private const char Star = '∗', Tilde = '∼', Backtick = 'ˋ';

    public static string Of(Prose prose)
    {
        var text = new StringBuilder();
        // Stars that meet, as between two bold words, would stand there as stars.
        foreach (var span in ProseParts.Joined(prose))
        {
            var words = Escaped(OnOneLine(span.Text));
            if (words.Trim().Length == 0) text.Append(words);
            else if (span.Style == SpanStyle.Place && ChannelOf(span.Text) is { } channel) text.Append(channel);
            else if (span is { Style: SpanStyle.Person, Id: { } key } && MentionOf(key) is { } mention) text.Append(mention);
            else if (ProseParts.IsWhole(span)) text.Append('`').Append(words.Replace('`', Backtick)).Append('`');
            // Stars bind to words: the space belongs outside.
            else if (span.Style == SpanStyle.Strong) text.Append(words[..(words.Length - words.TrimStart().Length)]).Append('*').Append(Plain(words.Trim())).Append('*').Append(words[words.TrimEnd().Length..]);
            else text.Append(Plain(words));
        }
        return text.ToString();
    }

    public static string Of(CardLine line) => SignOf(line.Sign) + Of(line.Text);

    /// <summary>Where the bot's own pages are, and nothing that anybody typed: the one link that it makes.</summary>
    public static string Link(CardBlock.Link link) => $"<{Escaped(link.Address.AbsoluteUri).Replace("|", "%7C", StringComparison.Ordinal)}|{Plain(Escaped(OnOneLine(link.Label)))}>";

    /// <summary>A section's title: its sign, and the rest in bold.</summary>
    public static string Title(CardBlock.Section section) => Of(new CardLine(CardLines.SignOf(section.Tone), CardLines.Bold(section.Title)));

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

    private static string SignOf(Sign sign) => sign switch
    {
        Sign.Good => ":white_check_mark: ",
        Sign.Caution => ":warning: ",
        Sign.Bad => ":x: ",
        Sign.Working => ":hourglass_flowing_sand: ",
        _ => "",
    };

    private static string Plain(string escaped) => escaped.Replace('*', Star).Replace('`', Backtick).Replace('~', Tilde);

    /// <summary>A mention of the channel, by nothing but its id; null for what is no conversation of Slack's.</summary>
    private static string? ChannelOf(string conversation) =>
        SlackIds.TrySplit(conversation) is not var (_, channel) || !SlackIds.IsChannel(channel) ? null
        // Whose it is, Slack would not say.
        : channel.StartsWith('D') ? "a direct conversation"
        : $"<#{channel}>";

    /// <summary>By nothing but the id; null for somebody of another platform.</summary>
    private static string? MentionOf(string key) =>
        !key.StartsWith($"{SlackIds.SurfaceName}:", StringComparison.Ordinal) || SlackIds.TrySplit(key[(SlackIds.SurfaceName.Length + 1)..]) is not var (_, id) ? null
        : SlackIds.IsUser(id) ? $"<@{id}>"
        : SlackIds.IsUserGroup(id) ? $"<!subteam^{id}>"
        : null;

    private static string OnOneLine(string text) => text.AsSpan().IndexOfAny('\n', '\r') < 0 ? text : text.ReplaceLineEndings(" ");
}
