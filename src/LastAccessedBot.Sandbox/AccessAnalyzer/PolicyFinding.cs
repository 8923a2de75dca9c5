using System.Text.Json.Nodes;

namespace LastAccessedBot.Sandbox.AccessAnalyzer;

/// <summary>A finding as ValidatePolicy answers it.</summary>
/// <param name="Path">The elements that lead to the place: names and indices from 0.</param>
internal sealed record PolicyFinding(string Type, string Code, string Details, IReadOnlyList<object> Path, TextSpan Span)
{
    private const string Reference = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html";

    public JsonObject Write() => new()
    {
        ["findingType"] = Type,
        ["issueCode"] = Code,
        ["findingDetails"] = Details,
        ["learnMoreLink"] = $"{Reference}#access-analyzer-reference-policy-checks-{Type.ToLowerInvariant().Replace('_', '-')}-{Code.ToLowerInvariant().Replace('_', '-')}",
        ["locations"] = new JsonArray(new JsonObject
        {
            ["path"] = new JsonArray([.. Path.Select(element => element is int index ? new JsonObject { ["index"] = index } : new JsonObject { ["value"] = (string)element })]),
            ["span"] = new JsonObject { ["start"] = Position(Span.Start), ["end"] = Position(Span.End) },
        }),
    };

    private JsonObject Position(int offset)
    {
        var before = Span.Text[..offset];
        return new JsonObject { ["line"] = before.Count(character => character == '\n') + 1, ["column"] = offset - (before.LastIndexOf('\n') + 1), ["offset"] = offset };
    }
}

/// <summary>A part of a document's text; offsets count characters.</summary>
internal sealed record TextSpan(string Text, int Start, int End)
{
    public static TextSpan Whole(string text) => new(text, 0, text.Length);
}
