using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LastAccessedBot.Core.Policies;

/// <summary>Lays a document out with one element a line and two spaces of indent.</summary>
internal static class PrettyPolicy
{
    private static readonly JsonWriterOptions s_layout = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(2 * utf8.Length);
        using (var writer = new Utf8JsonWriter(buffer, s_layout))
        {
            var json = new Utf8JsonReader(utf8);
            while (json.Read()) Copy(ref json, writer);
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Copy(ref Utf8JsonReader json, Utf8JsonWriter writer)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.PropertyName: writer.WritePropertyName(json.GetString()!); break;
            case JsonTokenType.String: writer.WriteStringValue(json.GetString()); break;
            case JsonTokenType.Number: writer.WriteRawValue(json.ValueSpan); break;
            default: writer.WriteBooleanValue(json.TokenType == JsonTokenType.True); break;
        }
    }
}
