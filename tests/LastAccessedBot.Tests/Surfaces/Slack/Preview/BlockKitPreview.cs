using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LastAccessedBot.Tests.Surfaces.Slack.Preview;

/// <summary>Messages and modals as a page that looks about as Slack shows them, so that a person can look at a card without a workspace.</summary>
/// <param name="picture">The address of the picture that an alternative text speaks of.</param>
internal sealed partial class BlockKitPreview(Func<string, string> picture)
{
    // Signs that every typeface has, coloured: a machine without Slack's emoji shows the same.
    private static readonly Dictionary<string, string> s_emoji = new() { ["white_check_mark"] = "✔", ["warning"] = "⚠", ["x"] = "✖", ["hourglass_flowing_sand"] = "⌛" };

    /// <param name="document">A message, a view, or an array of views.</param>
    public string Page(JsonNode document) =>
        $"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Preview</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><style>{PreviewStyle.Sheet}</style></head><body>{string.Join('\n', (document as JsonArray ?? [document.DeepClone()]).Select(one => Frame(one!)))}</body></html>""";

    private string Frame(JsonNode one) => one["type"]?.GetValue<string>() switch
    {
        "modal" => $"""<section class="modal"><h1><span>{Plain(one["title"])}</span><span class="cross">✕</span></h1><div class="body">{Blocks(one)}</div><footer><span class="close">{Plain(one["close"])}</span>{(one["submit"] is { } submit ? $"""<span class="close submit">{Plain(submit)}</span>""" : "")}</footer></section>""",
        "home" => $"""<section class="home">{Blocks(one)}</section>""",
        _ => $"""<article><span class="avatar">L</span><div class="said"><p class="who"><b>LastAccessedBot</b> <span class="app">APP</span> <time>9:41</time></p>{Blocks(one)}</div></article>""",
    };

    private string Blocks(JsonNode of) => string.Concat(of["blocks"]!.AsArray().Select(block => $"""<div class="block {block!["type"]}">{Block(block)}</div>"""));

    private string Block(JsonNode block) => block["type"]!.GetValue<string>() switch
    {
        "header" => $"<h2>{Plain(block["text"])}</h2>",
        "section" => $"<p>{Text(block["text"])}</p>",
        "context" => string.Concat(block["elements"]!.AsArray().Select(element => $"<p>{Text(element)}</p>")),
        "divider" => "<hr>",
        "actions" => string.Concat(block["elements"]!.AsArray().Select(button => $"""<button class="{button!["style"]}">{Plain(button["text"])}</button>""")),
        "rich_text" => string.Concat(block["elements"]!.AsArray().Select(element => $"<pre>{WebUtility.HtmlEncode(string.Concat(element!["elements"]!.AsArray().Select(part => part!["text"])))}</pre>")),
        "image" => $"""<figure><figcaption>{Plain(block["title"])}</figcaption><img alt="{WebUtility.HtmlEncode(block["alt_text"]!.GetValue<string>())}" src="{picture(block["alt_text"]!.GetValue<string>())}"></figure>""",
        "input" => $"""<label>{Plain(block["label"])}{Input(block["element"]!)}</label>""",
        var type => throw new NotSupportedException($"The preview knows no block `{type}`."),
    };

    private static string Input(JsonNode element) => element["type"]!.GetValue<string>() switch
    {
        "plain_text_input" => "<textarea rows=\"3\"></textarea>",
        "static_select" => $"<select><option>{Plain(element["initial_option"]!["text"])}</option></select>",
        var type => throw new NotSupportedException($"The preview knows no input `{type}`."),
    };

    private static string Text(JsonNode? text) => text!["type"]!.GetValue<string>() == "mrkdwn" ? Markup(text["text"]!.GetValue<string>()) : Plain(text);

    private static string Plain(JsonNode? text) => Emoji(WebUtility.HtmlEncode(text!["text"]!.GetValue<string>()));

    // The markup is escaped as HTML wants it: what is left are its signs, which mean nothing within code.
    private static string Markup(string markup) => string.Concat(markup.Split('`').Select((part, index) => index % 2 == 1 ? $"<code>{part}</code>" : Emoji(Italic().Replace(Bold().Replace(part, "<b>$1</b>"), "<i>$1</i>")))).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string Emoji(string html) => Shortcode().Replace(html, match => s_emoji.TryGetValue(match.Groups[1].Value, out var sign)
        ? $"""<span class="emoji {match.Groups[1].Value}">{sign}</span>"""
        : throw new NotSupportedException($"The preview knows no `{match.Value}`."));

    [GeneratedRegex(@"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])")]
    private static partial Regex Bold();

    [GeneratedRegex(@"(?<!\w)_([^_\n]+)_(?!\w)")]
    private static partial Regex Italic();

    [GeneratedRegex(":([a-z_]+):")]
    private static partial Regex Shortcode();
}
