using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Core.Cards;

/// <summary>How cards are written as JSON: for the store, for the console's endpoints and for snapshots.</summary>
public static class CardJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(Card card) => JsonSerializer.Serialize(card, Options);

    public static Card Read(string json) => JsonSerializer.Deserialize<Card>(json, Options) ?? throw new JsonException("a card is an object");
}
