using System.Text.Json;

namespace LastAccessedBot.Surfaces;

/// <summary>Reading hostile JSON: what is not there, or is of another type, is null.</summary>
internal static class Json
{
    public static JsonElement? Object(this JsonElement element, string name) => Find(element, name, JsonValueKind.Object);

    public static JsonElement? Array(this JsonElement element, string name) => Find(element, name, JsonValueKind.Array);

    /// <param name="most">A longer text is none.</param>
    public static string? Text(this JsonElement element, string name, int most = 3_000) =>
        Find(element, name, JsonValueKind.String) is { } value && WithoutHalves(() => value.GetString()) is { Length: > 0 } text && text.Length <= most ? text : null;

    /// <summary>A whole number.</summary>
    public static long? Number(this JsonElement element, string name) => Find(element, name, JsonValueKind.Number) is { } value && value.TryGetInt64(out var number) ? number : null;

    public static bool Flag(this JsonElement element, string name) => Find(element, name, JsonValueKind.True) is not null;

    /// <summary>The names of an object's properties.</summary>
    public static IEnumerable<string> Names(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(property => WithoutHalves(() => property.Name)).OfType<string>() : [];

    private static JsonElement? Find(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object ? WithoutHalves<JsonElement?>(() => element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null) : null;

    // Half a character, as `"\ud800"`, passes for JSON and is no text, be it a name or a value.
    private static T? WithoutHalves<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
