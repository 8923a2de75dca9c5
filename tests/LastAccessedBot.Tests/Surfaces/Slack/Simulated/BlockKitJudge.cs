using System.Text;
using System.Text.Json.Nodes;

namespace LastAccessedBot.Tests.Surfaces.Slack.Simulated;

/// <summary>What Slack refuses of blocks, read from the JSON that arrives: types, required parts, lengths, counts, and whom it would ping.</summary>
internal static class BlockKitJudge
{
    public static IEnumerable<string> Faults(JsonArray blocks, int most)
    {
        if (blocks.Count > most) yield return $"no more than {most} items allowed [json-pointer:/blocks]";
        var text = 0;
        for (var index = 0; index < blocks.Count; index++)
        {
            foreach (var fault in Block(blocks[index]!.AsObject())) yield return $"{fault} [json-pointer:/blocks/{index}]";
            text += Strings(blocks[index]).Sum(one => one.Length);
        }
        if (most == 50 && text > 13_200) yield return "msg_blocks_too_long";
        if (Strings(blocks).Any(one => one.Contains("<!", StringComparison.Ordinal) || one.Contains("<@", StringComparison.Ordinal))) yield return "a mention that nobody meant";
    }

    public static IEnumerable<string> ViewFaults(JsonObject view)
    {
        if (Encoding.UTF8.GetByteCount(view.ToJsonString()) > 250_000) yield return "view_too_large";
        var type = view["type"]?.GetValue<string>();
        if (type is not ("modal" or "home")) yield return "type";
        if (type == "modal") foreach (var fault in Text(view["title"], "plain_text", 24).Concat(Text(view["close"], "plain_text", 24))) yield return fault;
        var inputs = view["blocks"]!.AsArray().Where(block => block!["type"]!.GetValue<string>() == "input").ToArray();
        if (inputs.Length > 0)
            foreach (var fault in Text(view["submit"], "plain_text", 24)) yield return "submit: " + fault;
        if (inputs.Select(input => input!["block_id"]!.GetValue<string>()).Distinct().Count() != inputs.Length) yield return "block_id is not unique";
        if (view["callback_id"]?.GetValue<string>().Length > 255) yield return "callback_id";
        if (view["private_metadata"]?.GetValue<string>().Length > 3_000) yield return "private_metadata";
        foreach (var fault in Faults(view["blocks"]!.AsArray(), 100)) yield return fault;
    }

    private static IEnumerable<string> Block(JsonObject block) => block["type"]?.GetValue<string>() switch
    {
        "header" => Text(block["text"], "plain_text", 150),
        "section" => Text(block["text"], "mrkdwn", 3_000),
        "divider" => [],
        "context" => block["elements"]!.AsArray() is { Count: >= 1 and <= 10 } elements ? elements.SelectMany(element => Text(element, "mrkdwn", 3_000)) : ["no more than 10 items allowed"],
        "actions" => block["elements"]!.AsArray() is { Count: >= 1 and <= 25 } buttons ? buttons.SelectMany(button => Button(button!.AsObject())).Concat(Twice(buttons)) : ["no more than 25 items allowed"],
        "image" => Image(block),
        "rich_text" => block["elements"]!.AsArray().SelectMany(element => element!["type"]!.GetValue<string>() == "rich_text_preformatted" && element["elements"]!.AsArray().All(part => part!["type"]!.GetValue<string>() == "text" && part["text"]!.GetValue<string>().Length > 0)
            ? Array.Empty<string>()
            : ["a rich text that is none"]),
        "input" => Text(block["label"], "plain_text", 2_000).Concat(Input(block["element"]!.AsObject())),
        var type => [$"unsupported type: {type}"],
    };

    private static IEnumerable<string> Image(JsonObject image)
    {
        if (image["alt_text"]?.GetValue<string>().Length is not (>= 1 and <= 2_000)) yield return "alt_text";
        if (image["image_url"] is null == image["slack_file"] is null) yield return "one of image_url and slack_file";
        if (image["slack_file"] is { } file && (file["id"] is null) == (file["url"] is null)) yield return "slack_file";
        if (image["title"] is not { } title) yield break;
        foreach (var fault in Text(title, "plain_text", 2_000)) yield return fault;
    }

    private static IEnumerable<string> Input(JsonObject element) => element["type"]?.GetValue<string>() switch
    {
        "plain_text_input" => element["max_length"]?.GetValue<int>() is < 1 or > 3_000 ? ["max_length"] : [],
        "static_select" when element["options"]!.AsArray() is { Count: >= 1 and <= 100 } options => options
            .SelectMany(option => Text(option!["text"], "plain_text", 75).Concat(option["value"]!.GetValue<string>().Length is 0 or > 75 ? ["value"] : []))
            .Concat(element["initial_option"] is { } initial && !options.Any(option => JsonNode.DeepEquals(option, initial)) ? ["initial_option is none of the options"] : []),
        var type => [$"unsupported element: {type}"],
    };

    private static IEnumerable<string> Button(JsonObject button)
    {
        if (button["type"]?.GetValue<string>() != "button") yield return "not a button";
        if (button["action_id"]!.GetValue<string>().Length is 0 or > 255) yield return "action_id";
        if (button["value"]!.GetValue<string>().Length is 0 or > 2_000) yield return "value";
        if (button["style"] is { } style && style.GetValue<string>() is not ("primary" or "danger")) yield return "style";
        foreach (var fault in Text(button["text"], "plain_text", 75)) yield return fault;
        if (button["confirm"] is not JsonObject confirm) yield break;
        foreach (var fault in Text(confirm["title"], "plain_text", 100).Concat(Text(confirm["text"], "mrkdwn", 300)).Concat(Text(confirm["confirm"], "plain_text", 30)).Concat(Text(confirm["deny"], "plain_text", 30))) yield return "confirm: " + fault;
    }

    private static IEnumerable<string> Twice(JsonArray buttons) =>
        buttons.Select(button => button!["action_id"]!.GetValue<string>()).Distinct().Count() == buttons.Count ? [] : ["action_id is not unique"];

    private static IEnumerable<string> Text(JsonNode? text, string type, int most)
    {
        if (text is null) yield return "missing required field: text";
        else if (text["type"]?.GetValue<string>() != type) yield return $"must be {type}";
        else if (text["text"]!.GetValue<string>().Length is var length && (length == 0 || length > most)) yield return $"{length} characters, must be 1 to {most}";
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject parts => parts.Where(part => part.Key is not ("type" or "value" or "action_id" or "block_id")).SelectMany(part => Strings(part.Value)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
