using System.Text;
using System.Text.Json;
using LastAccessedBot.Sandbox.Evaluation;
using LastAccessedBot.Sandbox.Services;

namespace LastAccessedBot.Sandbox.AccessAnalyzer;

/// <summary>What is found in documents: what the grammar refuses, and a few of AWS's best-known checks.</summary>
internal static class PolicyFindings
{
    /// <summary>The grammar's words begin so → the check that finds the same.</summary>
    private static readonly (string Begins, string Code)[] Grammar =
    [
        ("This policy contains invalid Json", "JSON_SYNTAX_ERROR"),
        ("The policy must contain a valid version", "INVALID_VERSION"),
        ("Policy statement must contain actions", "MISSING_ACTION"),
        ("Policy statement must contain resources", "MISSING_RESOURCE"),
        ("Actions/Conditions must be prefaced", "INVALID_ACTION"),
        ("Resource ", "INVALID_ARN_PREFIX"),
        ("Policy document should not specify a principal", "UNSUPPORTED_PRINCIPAL"),
        ("Statement IDs (SID) must be alpha-numeric", "UNSUPPORTED_SID"),
        ("Statement IDs (SID) in a single policy must be unique", "UNIQUE_SIDS_REQUIRED"),
        ("", "INVALID_POLICY_ELEMENT"),
    ];

    public static PolicyFinding OfMalformed(string json, string message) =>
        new("ERROR", Grammar.First(one => message.StartsWith(one.Begins, StringComparison.Ordinal)).Code, message, [], TextSpan.Whole(json));

    /// <summary>Of documents of every type.</summary>
    /// <param name="unknown">Services that are taken for none.</param>
    public static IEnumerable<PolicyFinding> OfEvery(string json, IReadOnlySet<string> unknown)
    {
        using var parsed = JsonDocument.Parse(json);
        if (!parsed.RootElement.TryGetProperty("Version", out _))
            yield return new PolicyFinding("WARNING", "MISSING_VERSION", "We recommend that you specify the Version element to help you with debugging permission issues.", [], TextSpan.Whole(json));
        foreach (var (statement, path, span) in Statements(json))
        {
            if (statement.StatementId is { Length: 0 })
                yield return new PolicyFinding("SUGGESTION", "EMPTY_SID_VALUE", "Add a value to the empty string in the Sid element.", [.. path, "Sid"], span);
            foreach (var service in statement.Actions.Where(action => action.Contains(':', StringComparison.Ordinal) && action != "*:*").Select(action => action.Split(':')[0].ToLowerInvariant()).Distinct())
            {
                if (unknown.Contains(service) || !ServiceCatalog.Default.Names.ContainsKey(service))
                    yield return new PolicyFinding("ERROR", "INVALID_SERVICE_IN_ACTION", $"The service {service} specified in the action does not exist.", [.. path, "Action"], span);
            }
            foreach (var action in statement.Actions.Where((action, at) => statement.Actions.Where((other, place) => place != at && (other != action || place < at)).Any(other => Wildcard.Matches(other, action, ignoreCase: true))))
                yield return new PolicyFinding("SUGGESTION", "REDUNDANT_ACTION", $"The {action} action is redundant because it provides permissions that other actions of the statement provide.", [.. path, "Action"], span);
        }
    }

    /// <summary>Of documents that give permissions to identities.</summary>
    public static IEnumerable<PolicyFinding> OfGranting(string json)
    {
        foreach (var (statement, path, span) in Statements(json).Where(one => one.Statement is { IsAllow: true, ActionsAreExcluded: false, HoldsEverywhere: true }))
        {
            if (statement.Actions.Contains("iam:PassRole", StringComparer.OrdinalIgnoreCase))
                yield return new PolicyFinding("SECURITY_WARNING", "PASS_ROLE_WITH_STAR_IN_RESOURCE", "Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive because it allows iam:PassRole permissions on multiple resources.", [.. path, "Resource"], span);
            else if (statement.NamesAction("iam:PassRole"))
                yield return new PolicyFinding("SECURITY_WARNING", "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", "Using wildcards (*) in the action and the resource can be overly permissive because it allows iam:PassRole permissions on all resources.", [.. path, "Action"], span);
            if (statement.Actions.Contains("iam:CreateServiceLinkedRole", StringComparer.OrdinalIgnoreCase))
                yield return new PolicyFinding("WARNING", "CREATE_SLR_WITH_STAR_IN_RESOURCE", "Using the iam:CreateServiceLinkedRole action with wildcards (*) in the resource can allow creation of unintended service-linked roles.", [.. path, "Resource"], span);
        }
    }

    private static IEnumerable<(Statement Statement, object[] Path, TextSpan Span)> Statements(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        var isList = parsed.RootElement.GetProperty("Statement").ValueKind == JsonValueKind.Array;
        return Document.Parse(json).Statements.Zip(Spans(json), (statement, span) => (statement, span))
            .Select((one, index) => (one.statement, isList ? new object[] { "Statement", index } : ["Statement"], one.span));
    }

    private static List<TextSpan> Spans(string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(utf8);
        var spans = new List<TextSpan>();
        var inStatement = false;
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                inStatement = reader.ValueTextEquals("Statement");
            if (!inStatement || reader.TokenType != JsonTokenType.StartObject)
                continue;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            spans.Add(new TextSpan(json, Encoding.UTF8.GetCharCount(utf8, 0, start), Encoding.UTF8.GetCharCount(utf8, 0, (int)reader.BytesConsumed)));
        }

        return spans;
    }
}
