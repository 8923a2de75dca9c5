using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Slack;

/// <summary>A message of Slack's as somebody sees it: markup has had its effect. Shares nothing with what writes the markup.</summary>
internal static partial class SlackEyes
{
    public static SeenMessage Read(SlackPost post)
    {
        List<(List<string> Words, List<SeenButton> Buttons)> parts = [([], [])];
        foreach (var block in post.Blocks.Select(block => block!.AsObject()))
        {
            switch (block["type"]!.GetValue<string>())
            {
                case "divider":
                    parts.Add(([], []));
                    break;
                case "actions":
                    parts[^1].Buttons.AddRange(block["elements"]!.AsArray().Select(button => new SeenButton(button!["text"]!["text"]!.GetValue<string>(), button["value"]!.GetValue<string>())));
                    break;
                default:
                    parts[^1].Words.AddRange(Texts(block).Select(Shown));
                    parts[^1].Buttons.AddRange(Texts(block).SelectMany(text => Link().Matches(text["text"]!.GetValue<string>())).Select(link => new SeenButton(Unescaped(link.Groups["label"].Value), Unescaped(link.Groups["address"].Value))));
                    break;
            }
        }
        // What a notification and a screen reader say counts as well.
        parts[0].Words.Add(Rendered(post.Text));
        return new SeenMessage(post.Ts, post.OnlyFor is not null, post.Words.Contains(":hourglass", StringComparison.Ordinal), [.. parts.Select(part => new SeenPart(string.Join('\n', part.Words), [.. part.Buttons]))]);
    }

    /// <summary>Slack's markup as it looks: code is verbatim, the rest loses its signs, and a mention or a link is no text any more.</summary>
    private static string Rendered(string markup) => string.Concat(markup.Split('`').Select((run, index) => Unescaped(index % 2 == 1
        ? Mention().Replace(run, "@somebody")
        : Emphasis().Replace(Mention().Replace(Link().Replace(Emoji().Replace(run, ""), "${label}"), "@somebody"), "$2"))));

    private static IEnumerable<JsonObject> Texts(JsonNode? node) => node switch
    {
        JsonObject text when text["text"] is JsonValue => [text],
        JsonObject parts => parts.SelectMany(part => Texts(part.Value)),
        JsonArray items => items.SelectMany(Texts),
        _ => [],
    };

    private static string Shown(JsonObject text) => text["type"]!.GetValue<string>() == "mrkdwn" ? Rendered(text["text"]!.GetValue<string>()) : text["text"]!.GetValue<string>();

    // Three signs cannot be escaped, and others stand for them: to the eye they are the same.
    private static string Unescaped(string run) => run
        .Replace('∗', '*').Replace('∼', '~').Replace('ˋ', '`')
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Mention();

    [GeneratedRegex(@"<(?<address>https?://[^|>]+)\|(?<label>[^>]*)>")]
    private static partial Regex Link();

    [GeneratedRegex(":[a-z_]+: ")]
    private static partial Regex Emoji();

    [GeneratedRegex(@"(?<!\w)([*_~])(?=\S)(.+?)(?<=\S)\1(?!\w)")]
    private static partial Regex Emphasis();
}
