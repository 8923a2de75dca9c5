using System.Net;
using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Teams.AdaptiveCards;

namespace LastAccessedBot.Tests.Surfaces.Teams.Rendering;

/// <summary>Cards as a page on which the reference renderer draws them, with Teams' settings and a reader of markdown that reads all it knows.</summary>
internal static class TeamsPage
{
    private static readonly string s_folder = Repository.File("tests/LastAccessedBot.Tests/Surfaces/Teams/Rendering");

    /// <summary>Leaves on the page: <c>seen.faults</c>, what the renderer has against the cards; <c>seen.markdown</c>, what it read as markdown.</summary>
    /// <param name="documents">Messages as <see cref="CardAttachment"/>, dialogs as <see cref="CardDialog"/>, or arrays of them.</param>
    public static string Of(IEnumerable<JsonNode> documents, TeamsTheme theme)
    {
        var shown = documents.SelectMany(document => document as JsonArray ?? [document.DeepClone()]).Select(one => one!).ToArray();
        return $$"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Cards</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><style>{{theme.Sheet}}</style>
            <script src="{{Script("adaptivecards/dist/adaptivecards.min.js")}}"></script><script src="{{Script("markdown-it/dist/markdown-it.min.js")}}"></script></head>
            <body>{{string.Concat(shown.Select(Frame))}}
            <script>
            const seen = { faults: [], markdown: [] };
            const markdown = markdownit({ html: true, linkify: true });
            AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => { seen.markdown.push(text); result.outputHtml = markdown.render(text); result.didProcess = true; };
            const cards = {{new JsonArray([.. shown.Select(one => (JsonNode)one["card"]!.DeepClone())]).ToJsonString()}};
            document.querySelectorAll(".card").forEach((place, index) => {
              const card = new AdaptiveCards.AdaptiveCard(), context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
              card.hostConfig = new AdaptiveCards.HostConfig({{theme.HostConfig}});
              card.parse(cards[index], context);
              for (let event = 0; event < context.eventCount; event++) seen.faults.push(context.getEventAt(event).message);
              seen.faults.push(...card.validateProperties().validationEvents.map(event => event.message));
              place.append(card.render());
            });
            </script></body></html>
            """;
    }

    public static void SkipWhereNotInstalled()
    {
        if (!Directory.Exists(Path.Combine(s_folder, "node_modules"))) Assert.Skip($"The renderer of Adaptive Cards is not installed: npm ci --ignore-scripts in {Path.GetRelativePath(Repository.Root, s_folder)}");
    }

    private static string Frame(JsonNode one) => one["title"] is { } title
        ? $"""<section class="card dialog"><h1>{WebUtility.HtmlEncode(title.GetValue<string>())}</h1></section>"""
        : """<p class="who"><b>LastAccessedBot</b> 9:41</p><section class="card"></section>""";

    private static string Script(string file) => new Uri(Path.Combine(s_folder, "node_modules", file)).ToString();
}
