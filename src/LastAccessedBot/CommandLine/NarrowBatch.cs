using System.Text;
using System.Text.Json;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.CommandLine;

/// <summary>Narrows JSON lines to JSON lines, one answer a line and in order; a line that cannot be used refuses itself alone.</summary>
internal static class NarrowBatch
{
    private static readonly JsonWriterOptions s_oneLine = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task RunAsync(Stream input, Stream output, NarrowingOptions options, CancellationToken cancellation)
    {
        using var lines = new StreamReader(input, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await using var answers = new BufferedStream(output, 1 << 16);
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            await using (var writer = new Utf8JsonWriter(answers, s_oneLine)) Answer(line, options, writer);
            answers.WriteByte((byte)'\n');
        }
    }

    private static void Answer(string line, NarrowingOptions options, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object) Refuse(new Refusal("the line is not a JSON object"), writer);
            else Answer(json.RootElement, options, writer);
        }
        catch (JsonException)
        {
            Refuse(new Refusal("the line is not valid JSON", "write one JSON object a line"), writer);
        }
        writer.WriteEndObject();
    }

    private static void Answer(JsonElement line, NarrowingOptions options, Utf8JsonWriter writer)
    {
        if (line.TryGetProperty("id", out var id))
        {
            writer.WritePropertyName("id");
            id.WriteTo(writer);
        }
        if (!line.TryGetProperty("original", out var original)) Refuse(new Refusal("the line has no `original`", "put the policy there"), writer);
        else if (KeepOf(line) is not Parsed<Keep>.Ok { Value: var keep }) Refuse(((Parsed<Keep>.Bad)KeepOf(line)).Why, writer);
        else if (PolicyDocument.Read(original.GetRawText()) is not Parsed<PolicyDocument>.Ok { Value: var document }) Refuse(((Parsed<PolicyDocument>.Bad)PolicyDocument.Read(original.GetRawText())).Why, writer);
        else Write(document, Narrowing.Narrow(document, keep, options), writer);
    }

    private static void Write(PolicyDocument document, Narrowed narrowed, Utf8JsonWriter writer)
    {
        if (narrowed is Narrowed.Refused { Why: var why })
        {
            Refuse(why, writer);
            return;
        }
        writer.WritePropertyName("trimmed");
        switch (narrowed)
        {
            case Narrowed.Trimmed trimmed: writer.WriteRawValue(trimmed.Document.Utf8.Span, skipInputValidation: true); break;
            case Narrowed.NothingLeft: writer.WriteNullValue(); break;
            default: writer.WriteRawValue(document.Utf8.Span, skipInputValidation: true); break;
        }
        writer.WriteStartArray("removedServices");
        foreach (var service in NarrowReport.RemovedServices(narrowed)) writer.WriteStringValue(service);
        writer.WriteEndArray();
    }

    private static void Refuse(Refusal why, Utf8JsonWriter writer)
    {
        writer.WriteNull("trimmed");
        writer.WriteStartArray("removedServices");
        writer.WriteEndArray();
        writer.WriteString("refused", why.ToString());
    }

    private static Parsed<Keep> KeepOf(JsonElement line)
    {
        if (!line.TryGetProperty("keepServices", out var services) || Strings(services) is not { } names)
            return new Parsed<Keep>.Bad(new Refusal("`keepServices` is not a list of strings", "write `\"keepServices\": [\"s3\"]`"));
        var actions = new Dictionary<string, IReadOnlyList<string>>();
        if (line.TryGetProperty("keepActions", out var given) && given.ValueKind != JsonValueKind.Null)
        {
            if (given.ValueKind != JsonValueKind.Object || given.EnumerateObject().Any(service => Strings(service.Value) is null))
                return new Parsed<Keep>.Bad(new Refusal("`keepActions` is not an object of lists of strings", "write `\"keepActions\": { \"s3\": [\"GetObject\"] }`"));
            foreach (var service in given.EnumerateObject()) actions[service.Name] = Strings(service.Value)!;
        }
        return Keep.Parse(names, actions);
    }

    private static List<string>? Strings(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : null;
}
