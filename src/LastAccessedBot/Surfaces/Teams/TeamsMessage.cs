using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.AdaptiveCards;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>A card as an activity, without its address.</summary>
internal static class TeamsMessage
{
    public static JsonObject Of(Card card)
    {
        var (summary, content) = Rendered(card);
        return new JsonObject { ["summary"] = summary, ["attachments"] = new JsonArray(Attachment(content)) };
    }

    /// <summary>All that matters, for where the card is refused.</summary>
    public static JsonObject InWords(Card card) => new() { ["text"] = Rendered(card).Summary, ["textFormat"] = "plain" };

    /// <summary>The card alone, as the answer to an invoke.</summary>
    public static JsonNode ContentOf(Card card) => JsonOf(Rendered(card).Card);

    public static JsonObject Attachment(AdaptiveCard card) => new() { ["contentType"] = AdaptiveCard.ContentType, ["content"] = JsonOf(card) };

    // With a stamp of its own each time: only what Teams repeats bears one that was there before.
    private static CardAttachment Rendered(Card card) => CardAttachment.Render(card, ShortId.New());

    private static JsonNode JsonOf(AdaptiveCard card) => JsonSerializer.SerializeToNode(card, AdaptiveCardJson.Options)!;
}
