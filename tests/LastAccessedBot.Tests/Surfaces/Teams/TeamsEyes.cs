using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Teams;

/// <summary>A message of Teams' as somebody sees it. Shares nothing with what writes the card.</summary>
internal static class TeamsEyes
{
    private static readonly JsonSerializerOptions s_unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_signs = ["✔ ", "⚠ ", "✖ ", "⏳ "];

    public static SeenMessage Read(TeamsPost post, string who)
    {
        // What a notification and a screen reader say counts as well.
        var spoken = post.Activity["summary"]?.GetValue<string>() ?? post.Activity["text"]?.GetValue<string>() ?? "";
        var isUnderWay = (post.CardFor(who)?.ToJsonString(s_unescaped) ?? spoken).Contains('⏳', StringComparison.Ordinal);
        List<SeenPart> parts = [];
        var own = (Words: new List<string>(), Buttons: new List<SeenButton>());
        foreach (var element in post.CardFor(who)?["body"]!.AsArray().Select(element => element!.AsObject()) ?? [])
        {
            // What bleeds to the edge is the card's own head; every other container is a suggestion.
            if (TypeOf(element) != "Container" || element["bleed"] is not null) Look(element, own.Words, own.Buttons);
            else parts.Add(Part(element));
        }
        own.Words.Add(spoken);
        return new SeenMessage(post.Id, post.OnlyFor is not null, isUnderWay, [new SeenPart(string.Join('\n', own.Words), [.. own.Buttons]), .. parts]);
    }

    /// <summary>All actions of a card, those of the cards that its buttons open included.</summary>
    public static IEnumerable<JsonObject> Actions(JsonNode? node) => node switch
    {
        JsonObject parts => (TypeOf(parts).StartsWith("Action.", StringComparison.Ordinal) ? [parts] : Enumerable.Empty<JsonObject>()).Concat(parts.Where(part => part.Key is not ("fallback" or "refresh")).SelectMany(part => Actions(part.Value))),
        JsonArray items => items.SelectMany(Actions),
        _ => [],
    };

    /// <summary>All inputs of a card, by id.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Inputs(JsonObject card) =>
        card["body"]!.AsArray().Select(element => element!.AsObject()).Where(element => TypeOf(element).StartsWith("Input.", StringComparison.Ordinal)).ToDictionary(input => input["id"]!.GetValue<string>());

    private static SeenPart Part(JsonObject container)
    {
        List<string> words = [];
        List<SeenButton> buttons = [];
        foreach (var item in container["items"]!.AsArray()) Look(item!.AsObject(), words, buttons);
        return new SeenPart(string.Join('\n', words), [.. buttons]);
    }

    private static void Look(JsonObject element, List<string> words, List<SeenButton> buttons)
    {
        switch (TypeOf(element))
        {
            case "RichTextBlock":
                words.Add(Unsigned(Text(element)));
                break;
            case "Container":
                foreach (var item in element["items"]!.AsArray()) Look(item!.AsObject(), words, buttons);
                break;
            case "ColumnSet":
                words.Add(string.Join(' ', element["columns"]!.AsArray().SelectMany(column => column!["items"]!.AsArray()).Select(item => Text(item!.AsObject()))));
                break;
            case "Table":
                words.AddRange(element["rows"]!.AsArray().Select(row => string.Join(" · ", row!["cells"]!.AsArray().Select(cell => string.Join(' ', cell!["items"]!.AsArray().Select(item => Text(item!.AsObject())))))));
                break;
            case "ActionSet":
                buttons.AddRange(element["actions"]!.AsArray().Select(action => Button(action!.AsObject())));
                break;
            default:
                // Teams' own elements, as a client without them shows them.
                Look(element["fallback"]!.AsObject(), words, buttons);
                break;
        }
    }

    /// <summary>A button that asks once more stands for the one that it asks about.</summary>
    private static SeenButton Button(JsonObject action) => TypeOf(action) == "Action.OpenUrl" ? new SeenButton(Title(action), action["url"]!.GetValue<string>())
        : TypeOf(action) == "Action.ShowCard"
        ? new SeenButton(Title(action), Actions(action["card"]).First(inner => TypeOf(inner) == "Action.Execute")["data"]!["choice"]!.GetValue<string>())
        : new SeenButton(Title(action), action["data"]!["choice"]?.GetValue<string>() ?? action["data"]!.ToJsonString());

    private static string Title(JsonObject action) => action["title"]!.GetValue<string>();

    // What has no width is not seen.
    private static string Text(JsonObject block) => string.Concat(block["inlines"]!.AsArray().Select(run => run!["text"]!.GetValue<string>())).Replace("\u2060", "", StringComparison.Ordinal);

    private static string Unsigned(string line) => s_signs.FirstOrDefault(sign => line.StartsWith(sign, StringComparison.Ordinal)) is { } sign ? line[sign.Length..] : line;

    private static string TypeOf(JsonObject element) => element["type"] is JsonValue type && type.TryGetValue<string>(out var name) ? name : "";
}
