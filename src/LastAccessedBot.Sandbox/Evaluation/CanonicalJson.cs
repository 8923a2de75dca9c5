using System.Text.Json;

namespace LastAccessedBot.Sandbox.Evaluation;

/// <summary>One text for all spellings of the same value: keys sorted, lists sorted, a list of one written as its item.</summary>
internal static class CanonicalJson
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject()
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => JsonSerializer.Serialize(member.Name) + ":" + Of(member.Value))) + "}",
        JsonValueKind.Array when value.GetArrayLength() == 1 => Of(value[0]),
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Of).Distinct().Order(StringComparer.Ordinal)) + "]",
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };
}
