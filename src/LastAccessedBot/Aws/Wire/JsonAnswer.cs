using System.Collections.Immutable;
using System.Text.Json;

namespace LastAccessedBot.Aws.Wire;

/// <summary>Reads JSON answers; what is documented as always there and isn't makes the answer unreadable.</summary>
internal static class JsonAnswer
{
    /// <summary>Reads an answer's body.</summary>
    public static T Of<T>(byte[] body, Func<JsonElement, T> read)
    {
        if (body.Length == 0) throw new UnreadableAnswerException("it is empty");
        using var document = JsonDocument.Parse(body);
        return read(document.RootElement);
    }

    /// <summary>Where the next page begins; <c>null</c> on the last one. Only a missing token tells that: an empty page can carry one.</summary>
    /// <param name="before">The token of this page.</param>
    public static string? NextToken(this JsonElement answer, string name, string? before) =>
        answer.TextOrNull(name) is not { Length: > 0 } token ? null
        : token != before ? token
        : throw new UnreadableAnswerException("it has more pages, but not where they begin");

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

    /// <summary>A moment, as seconds since 1970 with a fraction.</summary>
    public static DateTimeOffset? SecondsOrNull(this JsonElement parent, string name) =>
        parent.Child(name) is { ValueKind: JsonValueKind.Number } number ? DateTimeOffset.UnixEpoch.AddSeconds(number.GetDouble()) : null;

    public static bool Flag(this JsonElement parent, string name) => parent.Child(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The entries of a list that is always there, if only empty.</summary>
    public static ImmutableArray<T> RequiredItems<T>(this JsonElement parent, string name, Func<JsonElement, T> read)
    {
        _ = parent.Required(name);
        return parent.Items(name, read);
    }

    /// <summary>The entries of a list; a list that is absent is empty.</summary>
    public static ImmutableArray<T> Items<T>(this JsonElement parent, string name, Func<JsonElement, T> read) =>
        parent.Child(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(read)] : [];
}
