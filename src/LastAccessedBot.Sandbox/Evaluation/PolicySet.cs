namespace LastAccessedBot.Sandbox.Evaluation;

/// <summary>All the policies that hold for one identity, evaluated together.</summary>
public sealed class PolicySet(IEnumerable<Document> documents)
{
    private readonly List<Statement> statements = [.. documents.SelectMany(document => document.Statements)];

    /// <summary>
    /// Whether some statement allows the action and no Deny takes it back. Asked without a resource, only a Deny
    /// that holds everywhere takes it back: a narrower one leaves something.
    /// </summary>
    public bool Allows(string action, string resource = "*") =>
        statements.Any(statement => statement.IsAllow && statement.NamesAction(action) && statement.NamesResource(resource))
        && !statements.Any(statement => !statement.IsAllow && statement.NamesAction(action)
            && (resource == "*" ? statement.HoldsEverywhere : !statement.IsConditional && statement.NamesResource(resource)));

    /// <summary>Whether any action of the service is allowed: what makes AWS list the service in a report.</summary>
    public bool GrantsService(string serviceNamespace) => statements
        .Where(statement => statement.IsAllow)
        .SelectMany(statement => statement.SamplesOf(serviceNamespace))
        .Any(action => Allows(action));
}
