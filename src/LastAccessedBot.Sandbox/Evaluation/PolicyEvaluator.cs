namespace LastAccessedBot.Sandbox.Evaluation;

/// <summary>
/// What one document's statements say about an action, each effect by itself. Written without the core's policy
/// language, so that it can serve as an independent oracle for it.
/// </summary>
public static class PolicyEvaluator
{
    public static bool Allows(string documentJson, string action) =>
        Document.Parse(documentJson).Statements.Any(statement => statement.IsAllow && statement.NamesAction(action));

    public static bool Denies(string documentJson, string action) =>
        Document.Parse(documentJson).Statements.Any(statement => !statement.IsAllow && statement.NamesAction(action));

    /// <summary>Resource, Condition and Principal of every statement that allows the action, as canonical JSON.</summary>
    public static IReadOnlySet<string> AllowingStatements(string documentJson, string action) =>
        Document.Parse(documentJson).Statements
            .Where(statement => statement.IsAllow && statement.NamesAction(action))
            .Select(statement => statement.Scope)
            .ToHashSet(StringComparer.Ordinal);
}
