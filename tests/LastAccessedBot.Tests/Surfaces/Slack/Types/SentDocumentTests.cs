using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Surfaces;
using LastAccessedBot.Surfaces.Slack.BlockKit;
using LastAccessedBot.Tests.Surfaces.Cards;

namespace LastAccessedBot.Tests.Surfaces.Slack.Types;

/// <summary>Every document that the bot sends to Slack is what Slack's own types say: nothing misspelt, nothing missing, no value that Slack does not know.</summary>
public sealed class SentDocumentTests
{
    private const int Seeds = 60;

    [Fact]
    public async Task Every_message_and_view_that_was_looked_at_is_of_Slacks_types()
    {
        var files = Directory.EnumerateFiles(Repository.File("tests/LastAccessedBot.Tests/Surfaces/Slack"), "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Snapshots" && !file.Contains(".received.", StringComparison.Ordinal)).ToArray();
        Assert.True(files.Length > 10, "the snapshots are where they were");
        Assert.Empty(await SlackTypes.FaultsAsync(files.Select(file => KeyValuePair.Create(Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllText(file))!))));
    }

    [Fact]
    public async Task So_are_cards_of_every_size_and_content()
    {
        var cards = Enumerable.Range(0, Seeds).Select(seed => (seed, Card: new CardGenerator(seed).Card())).ToArray();
        Assert.Empty(await SlackTypes.FaultsAsync(
        [
            .. cards.Select(one => KeyValuePair.Create($"message-{one.seed}", Node(CardMessage.Render(one.Card)))),
            .. cards.Select(one => KeyValuePair.Create($"pictured-{one.seed}", Node(CardMessage.Render(one.Card, _ => "F0001")))),
            .. cards.Select(one => KeyValuePair.Create($"views-{one.seed}", (JsonNode)new JsonArray([.. Views(one.Card).Select(Node)]))),
            KeyValuePair.Create("gone", Node(DetailsModal.Gone())),
        ]));
    }

    /// <summary>A check that lets faults pass would be worth nothing.</summary>
    [Fact]
    public async Task What_is_misspelt_missing_or_unknown_is_found()
    {
        var card = Card.Of("Title", new CardBlock.Section("A", "Detach", Tone.Caution, [new CardBlock.Paragraph("Why.")], [new Choice("approve:A", "Approve", ChoiceStyle.Primary)]));
        var message = Node(CardMessage.Render(card));
        var view = Node(DetailsModal.Render(card, "A", 0, ""));
        (string Name, JsonNode Whole, string Part, string Instead)[] broken =
        [
            ("misspelt-block-property", message, "\"expand\"", "\"expanded\""),
            ("misspelt-confirm-property", message, "\"deny\"", "\"denial\""),
            ("unknown-style", message, "\"style\":\"primary\"", "\"style\":\"primry\""),
            ("unknown-block", message, "\"divider\"", "\"dividing_line\""),
            ("missing-text", message, "\"text\":{\"text\":\"Title\"", "\"title\":{\"text\":\"Title\""),
            ("misspelt-property-in-a-view", view, "\"expand\"", "\"expanded\""),
            ("misspelt-property-of-a-view", view, "\"callback_id\"", "\"callbackid\""),
        ];
        var documents = broken.Select(one => KeyValuePair.Create(one.Name, JsonNode.Parse(one.Whole.ToJsonString(BlockKitJson.Options).Replace(one.Part, one.Instead, StringComparison.Ordinal))!)).ToArray();
        var faults = await SlackTypes.FaultsAsync(documents.Append(KeyValuePair.Create("right", message)));
        Assert.Equal(broken.Select(one => one.Name).Order(), faults.Select(fault => fault.Split(".ts(")[0]).Distinct().Order());
    }

    private static IEnumerable<ModalView> Views(Card card) => card.Blocks.OfType<CardBlock.Section>().Select(CardParts.Of).Append(CardParts.Own).Append(CardParts.All)
        .Select(part => DetailsModal.Render(card, part, 0, "C1/1.1"));

    private static JsonNode Node<T>(T document) => JsonSerializer.SerializeToNode(document, BlockKitJson.Options)!;
}
