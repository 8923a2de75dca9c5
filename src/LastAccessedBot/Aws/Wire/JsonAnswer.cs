using System.Collections.Immutable;
using System.Text.Json;

namespace LastAccessedBot.Aws.Wire;

/// <summary>Reads JSON answers; what is documented as always there and isn't makes the answer unreadable.</summary>
internal static class JsonAnswer
{
    public static JsonElement? Child(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind != JsonValueKind.Null
            ? child
            : null;

    public static JsonElement Required(this JsonElement parent, string name) =>
        parent.Child(name) ?? throw new UnreadableAnswerException($"`{name}` is missing");

    public static string? TextOrNull(this JsonElement parent, string name) =>
        parent.Child(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static string Text(this JsonElement parent, string name) =>
        parent.TextOrNull(name) ?? throw new UnreadableAnswerException($"`{name}` is missing");

    public static bool Flag(this JsonElement parent, string name) => parent.Child(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The entries of a list; a list that is absent is empty.</summary>
    public static ImmutableArray<T> Items<T>(this JsonElement parent, string name, Func<JsonElement, T> read) =>
        parent.Child(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(read)] : [];
}
