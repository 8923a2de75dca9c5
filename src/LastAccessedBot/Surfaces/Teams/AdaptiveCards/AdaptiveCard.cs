using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>A card as Teams takes it, in a message, a dialog, or below a button.</summary>
/// <param name="Refresh">How a client asks for the card of now; null where there is nothing to decide.</param>
public sealed record AdaptiveCard(ImmutableArray<Element> Body, ImmutableArray<CardAction>? Actions = null, CardRefresh? Refresh = null, TeamsProperties? Msteams = null)
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    [JsonPropertyOrder(-2)]
    public string Type => "AdaptiveCard";

    /// <summary>The newest that Teams knows. What is newer, Teams has as extensions.</summary>
    [JsonPropertyOrder(-1)]
    public string Version => "1.5";

    /// <summary>The characters of its JSON.</summary>
    [JsonIgnore]
    public int Length => JsonSerializer.Serialize(this, AdaptiveCardJson.Options).Length;
}

/// <summary>Without a list of people: in conversations of up to sixty, everybody's client asks by itself; in larger ones, who wants to.</summary>
public sealed record CardRefresh(CardAction Action);

/// <param name="Width"><c>Full</c>: as wide as the conversation, where tables have room.</param>
public sealed record TeamsProperties(string Width);

/// <summary>A dialog.</summary>
/// <param name="Title">What stands above it, as plain text.</param>
public sealed record CardDialog(string Title, AdaptiveCard Card);

/// <summary>How cards are written.</summary>
public static class AdaptiveCardJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };
}
