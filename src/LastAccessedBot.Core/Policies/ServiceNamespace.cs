using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace LastAccessedBot.Core.Policies;

/// <summary>The part of an action before the colon: <c>s3</c> in <c>s3:GetObject</c>. Always lower case; ordered ordinally.</summary>
[JsonConverter(typeof(Json))]
public sealed partial record ServiceNamespace : IComparable<ServiceNamespace>
{
    private ServiceNamespace(string value) => Value = value;

    public string Value { get; }

    /// <summary>Reads a namespace of 1 to 64 letters, digits, hyphens and dots, in any case.</summary>
    public static Parsed<ServiceNamespace> Parse(string text) => Shape().IsMatch(text)
        ? new Parsed<ServiceNamespace>.Ok(new(text.ToLowerInvariant()))
        : new Parsed<ServiceNamespace>.Bad(new Refusal($"`{text}` is not a service namespace", "write the prefix of its actions, like `s3`"));

    public int CompareTo(ServiceNamespace? other) => string.CompareOrdinal(Value, other?.Value);

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Za-z0-9.-]{1,64}\z")]
    private static partial Regex Shape();

    private sealed class Json : JsonConverter<ServiceNamespace>
    {
        public override ServiceNamespace Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? "") is Parsed<ServiceNamespace>.Ok { Value: var service } ? service : throw new JsonException("not a service namespace");

        public override void Write(Utf8JsonWriter writer, ServiceNamespace value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
