using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Teams.AdaptiveCards;

namespace LastAccessedBot.Tests.Surfaces.Teams.AdaptiveCards;

/// <summary>What Teams would refuse or lose of a card, by its JSON alone.</summary>
internal static class AdaptiveCardChecks
{
    // The schema's types up to 1.5 that the bot uses, and what each may hold.
    private static readonly Dictionary<string, string[]> s_properties = new()
    {
        ["AdaptiveCard"] = ["version", "body", "actions", "refresh", "msteams"],
        ["RichTextBlock"] = ["spacing", "inlines"],
        ["TextRun"] = ["text", "size", "weight", "color", "fontType", "isSubtle"],
        ["Container"] = ["spacing", "items", "style", "bleed"],
        ["ColumnSet"] = ["spacing", "columns"],
        ["Column"] = ["width", "items"],
        ["Table"] = ["spacing", "columns", "rows", "firstRowAsHeaders", "showGridLines", "fallback"],
        ["TableRow"] = ["cells"],
        ["TableCell"] = ["items"],
        ["ActionSet"] = ["spacing", "actions"],
        ["Chart.HorizontalBar"] = ["spacing", "title", "data", "displayMode", "fallback"],
        ["Input.Text"] = ["spacing", "id", "label", "errorMessage", "isRequired", "isMultiline", "maxLength", "value"],
        ["Input.ChoiceSet"] = ["spacing", "id", "label", "errorMessage", "isRequired", "choices", "value"],
        ["Action.Execute"] = ["title", "style", "verb", "data", "fallback"],
        ["Action.Submit"] = ["title", "style", "data"],
        ["Action.ShowCard"] = ["title", "style", "card"],
        ["Action.OpenUrl"] = ["title", "style", "url"],
    };

    public static JsonNode Node<T>(T document) => JsonSerializer.SerializeToNode(document, AdaptiveCardJson.Options)!;

    public static IEnumerable<string> Of(CardAttachment message)
    {
        if (message.Summary.Length is 0 or > 2_000) yield return $"a summary of {message.Summary.Length} characters";
        var json = JsonSerializer.Serialize(new { type = "message", summary = message.Summary, attachments = new[] { new { contentType = AdaptiveCard.ContentType, content = message.Card } } }, AdaptiveCardJson.Options);
        if (json.Length * 2 > 80_000 - 4_000) yield return $"a message of {json.Length * 2} bytes";
        foreach (var broken in Of(Node(message.Card))) yield return broken;
    }

    public static IEnumerable<string> Of(CardDialog dialog)
    {
        if (dialog.Title.Length is 0 or > 60) yield return $"a title of {dialog.Title.Length} characters";
        // A form is as long as what it asks for.
        if (dialog.Card.Length > 24_000 && !All(Node(dialog.Card)).Any(node => TypeOf(node)?.StartsWith("Input.", StringComparison.Ordinal) == true)) yield return $"a dialog of {dialog.Card.Length} characters";
        var card = Node(dialog.Card);
        if (All(card).Any(node => TypeOf(node) == "Action.Execute")) yield return "a universal action in a dialog";
        foreach (var broken in Of(card)) yield return broken;
    }

    /// <summary>Every object within, whatever it is.</summary>
    public static IEnumerable<JsonObject> All(JsonNode? node) => node switch
    {
        JsonObject parts => parts.SelectMany(part => All(part.Value)).Prepend(parts),
        JsonArray items => items.SelectMany(All),
        _ => [],
    };

    public static string? TypeOf(JsonObject node) => node["type"]?.GetValue<string>();

    /// <summary>Everything that people read as text, run by run.</summary>
    public static IEnumerable<string> Texts(JsonNode card) => All(card).Where(node => TypeOf(node) == "TextRun").Select(run => run["text"]!.GetValue<string>());

    /// <summary>The data of every button, as a press on it brings them.</summary>
    public static IEnumerable<CardData> Presses(JsonNode card) => All(card).Select(node => TypeOf(node) switch
    {
        "Action.Execute" => CardData.ReadExecute(Element(node)),
        "Action.Submit" => CardData.ReadSubmit(Element(node["data"]!)),
        _ => null,
    }).OfType<CardData>();

    public static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);

    private static IEnumerable<string> Of(JsonNode card)
    {
        foreach (var node in All(card))
        {
            if (TypeOf(node) is not { } type || type == "task/fetch") continue;
            if (!s_properties.TryGetValue(type, out var known))
            {
                yield return $"an element `{type}`";
                continue;
            }
            foreach (var property in node.Select(part => part.Key).Where(key => key != "type" && !known.Contains(key))) yield return $"`{property}` of `{type}`";
            foreach (var broken in Of(node, type)) yield return broken;
        }
        var ids = All(card).Where(node => TypeOf(node)?.StartsWith("Input.", StringComparison.Ordinal) == true).Select(node => node["id"]!.GetValue<string>()).ToArray();
        if (ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() != ids.Length) yield return "an input id twice";
    }

    private static IEnumerable<string> Of(JsonObject node, string type) => type switch
    {
        "RichTextBlock" => Some(node, "inlines"),
        "TextRun" => Length(node, "text", 8_000),
        "Container" => Some(node, "items"),
        "ActionSet" => Some(node, "actions", most: 6),
        "Table" => node["rows"]!.AsArray().Any(row => row!["cells"]!.AsArray().Count != node["columns"]!.AsArray().Count) || node["columns"]!.AsArray().Count > 3 ? ["a table with rows of another length, or too wide"] : [],
        "Input.ChoiceSet" => node["choices"]!.AsArray().Count(choice => choice!["value"]!.GetValue<string>() == node["value"]!.GetValue<string>()) == 1 ? [] : ["a choice that is none"],
        "Input.Text" => node["maxLength"]!.GetValue<int>() is > 0 and <= 3_000 ? [] : ["a longest text"],
        "Action.Execute" => Length(node, "title", 75).Concat(CardData.ReadExecute(Element(node)) is null ? ["a button that says nothing"] : []),
        "Action.Submit" => Length(node, "title", 75).Concat(CardData.ReadSubmit(Element(node["data"]!)) is null ? ["a button that says nothing"] : []),
        "Action.ShowCard" => Length(node, "title", 75),
        _ => [],
    };

    private static IEnumerable<string> Some(JsonObject node, string of, int most = int.MaxValue) => node[of]!.AsArray().Count is var count && (count == 0 || count > most) ? [$"{count} {of}"] : [];

    private static IEnumerable<string> Length(JsonObject node, string of, int most) => node[of]!.GetValue<string>().Length is var length && (length == 0 || length > most) ? [$"a {of} of {length}"] : [];
}
