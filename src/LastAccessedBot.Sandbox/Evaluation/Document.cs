using System.Text.Json;

namespace LastAccessedBot.Sandbox.Evaluation;

/// <summary>A policy document as the evaluator sees it.</summary>
public sealed class Document
{
    private Document(IReadOnlyList<Statement> statements) => Statements = statements;

    public IReadOnlyList<Statement> Statements { get; }

    public static Document Parse(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        var statement = parsed.RootElement.GetProperty("Statement");
        return new Document(statement.ValueKind == JsonValueKind.Array
            ? [.. statement.EnumerateArray().Select(Statement.Read)]
            : [Statement.Read(statement)]);
    }

    /// <summary>Whether the document alone allows the action; an explicit Deny wins.</summary>
    public bool Allows(string action, string resource = "*") => new PolicySet([this]).Allows(action, resource);

    public bool GrantsService(string serviceNamespace) => new PolicySet([this]).GrantsService(serviceNamespace);
}
