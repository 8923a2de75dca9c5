using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.AccessAnalyzer;

/// <summary>One Access Analyzer request (REST-JSON) on its way through an operation.</summary>
public sealed record AnalyzerCall(ServiceCall Service, string Operation, JsonElement Body, string? NextToken, string? MaxResults)
{
    private const int Most = 100;

    public string this[string name] => Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw AwsException.Validation($"1 validation error detected: Value at '{name}' failed to satisfy constraint: Member must not be null");

    public string OneOf(string name, params string[] values) => values.Contains(this[name]) ? this[name]
        : throw AwsException.Validation($"1 validation error detected: Value '{this[name]}' at '{name}' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", values)}]");

    public JsonObject Page<T>(string listName, IEnumerable<T> all, Func<T, JsonNode> write)
    {
        var asked = Most;
        if (MaxResults is not null && (!int.TryParse(MaxResults, NumberStyles.None, CultureInfo.InvariantCulture, out asked) || asked is < 1 or > Most))
            throw AwsException.Validation("Invalid maxResults.");
        var page = Service.Paging.Cut(all, $"{Service.Caller.AccessKeyId}\n{Operation}\n{Body.GetRawText()}", NextToken, asked);
        var answer = new JsonObject { [listName] = new JsonArray([.. page.Items.Select(write)]) };
        if (page.Next is not null)
            answer["nextToken"] = page.Next;
        return answer;
    }
}
