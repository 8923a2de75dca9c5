using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LastAccessedBot.Sandbox.Evaluation;

namespace LastAccessedBot.Sandbox.Model;

/// <summary>A policy document as it was sent: IAM gives it back to the letter.</summary>
[JsonConverter(typeof(PolicyTextConverter))]
public sealed class PolicyText(string json)
{
    private readonly Lazy<Document> document = new(() => Document.Parse(json));

    public string Json { get; } = json;

    [JsonIgnore]
    public Document Document => document.Value;
}

/// <summary>In a scenario a document is written as JSON, for people; a saved account keeps the exact text.</summary>
internal sealed class PolicyTextConverter : JsonConverter<PolicyText>
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        IndentSize = 4,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override PolicyText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new PolicyText(reader.GetString()!)
            : new PolicyText(JsonSerializer.Serialize(JsonElement.ParseValue(ref reader), Written));

    public override void Write(Utf8JsonWriter writer, PolicyText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Json);
}
