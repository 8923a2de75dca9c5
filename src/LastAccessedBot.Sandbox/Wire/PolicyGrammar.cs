using System.Text.Json;
using System.Text.RegularExpressions;
using LastAccessedBot.Sandbox.Model;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>The policy grammar, as far as AWS checks it when a document is stored.</summary>
internal sealed partial class PolicyGrammar
{
    private const string Syntax = "Syntax errors in policy.";

    private static readonly PolicyGrammar IdentityPolicy = new(AwsException.MalformedPolicyDocument, namesResources: true, namesPrincipals: false);

    private static readonly PolicyGrammar TrustPolicy = new(AwsException.MalformedPolicyDocument, namesResources: false, namesPrincipals: true);

    private static readonly PolicyGrammar ServiceControlPolicy = new(
        message => new AwsException("MalformedPolicyDocumentException", 400, message), namesResources: true, namesPrincipals: false);

    private static readonly string[] DocumentKeys = ["Version", "Id", "Statement"];
    private static readonly string[] StatementKeys =
        ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Principal", "NotPrincipal"];

    private readonly Func<string, AwsException> error;
    private readonly bool namesResources;
    private readonly bool namesPrincipals;

    private PolicyGrammar(Func<string, AwsException> error, bool namesResources, bool namesPrincipals)
    {
        this.error = error;
        this.namesResources = namesResources;
        this.namesPrincipals = namesPrincipals;
    }

    public static PolicyText Identity(string json) => IdentityPolicy.Check(json);

    public static PolicyText Trust(string json) => TrustPolicy.Check(json);

    public static PolicyText Scp(string json) => ServiceControlPolicy.Check(json);

    private PolicyText Check(string json)
    {
        if (json.Any(character => character is not ('\t' or '\n' or '\r' or (>= ' ' and <= '\u00ff'))))
            throw AwsException.Validation("The specified value for policyDocument is invalid. It must contain only printable ASCII characters.");
        try
        {
            using var parsed = JsonDocument.Parse(json);
            CheckDocument(parsed.RootElement);
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            // The second kind is a string with half a surrogate pair: well-formed JSON, but no text.
            throw error("This policy contains invalid Json");
        }

        return new PolicyText(json);
    }

    private void CheckDocument(JsonElement document)
    {
        Require(document.ValueKind == JsonValueKind.Object && OnlyHas(document, DocumentKeys), Syntax);
        Require(!document.TryGetProperty("Version", out var version) || version.ToString() is "2012-10-17" or "2008-10-17",
            "The policy must contain a valid version string.");
        Require(document.TryGetProperty("Statement", out var statement), Syntax);
        var statements = statement.ValueKind == JsonValueKind.Array ? statement.EnumerateArray().ToList() : [statement];
        Require(statements.Count > 0, Syntax);
        statements.ForEach(CheckStatement);
        var sids = statements.Where(each => each.TryGetProperty("Sid", out _)).Select(each => each.GetProperty("Sid").GetString()!).ToList();
        Require(sids.All(sid => SidPattern().IsMatch(sid)), "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*");
        Require(sids.Where(sid => sid.Length > 0).Distinct().Count() == sids.Count(sid => sid.Length > 0),
            "Statement IDs (SID) in a single policy must be unique.");
    }

    private void CheckStatement(JsonElement statement)
    {
        Require(statement.ValueKind == JsonValueKind.Object && OnlyHas(statement, StatementKeys), Syntax);
        Require(!statement.TryGetProperty("Sid", out var sid) || sid.ValueKind == JsonValueKind.String, Syntax);
        Require(statement.TryGetProperty("Effect", out var effect) && effect.ToString() is "Allow" or "Deny", Syntax);
        var actions = OneOf(statement, "Action", "NotAction", "Policy statement must contain actions.");
        Require(actions.All(action => ActionPattern().IsMatch(action)), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        if (namesResources)
        {
            var resources = OneOf(statement, "Resource", "NotResource", "Policy statement must contain resources.");
            var wrong = resources.FirstOrDefault(resource => resource != "*" && !resource.StartsWith("arn:", StringComparison.Ordinal));
            Require(wrong is null, $"Resource {wrong} must be in ARN format or \"*\".");
        }

        Require(namesPrincipals == (statement.TryGetProperty("Principal", out _) || statement.TryGetProperty("NotPrincipal", out _)),
            namesPrincipals ? "Missing required field Principal" : "Policy document should not specify a principal.");
        Require(!statement.TryGetProperty("Condition", out var condition) || (condition.ValueKind == JsonValueKind.Object
            && condition.EnumerateObject().All(test => test.Value.ValueKind == JsonValueKind.Object)), Syntax);
    }

    private List<string> OneOf(JsonElement statement, string key, string negated, string missing)
    {
        var named = statement.TryGetProperty(key, out var value);
        var excluded = statement.TryGetProperty(negated, out var negatedValue);
        Require(named || excluded, missing);
        Require(named != excluded, Syntax);
        var names = (named ? value : negatedValue) is var list && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [list];
        Require(names.Count > 0, missing);
        Require(names.All(name => name.ValueKind == JsonValueKind.String), Syntax);
        return [.. names.Select(name => name.GetString()!)];
    }

    private static bool OnlyHas(JsonElement value, string[] keys) =>
        value.EnumerateObject().All(member => keys.Contains(member.Name))
        && value.EnumerateObject().DistinctBy(member => member.Name).Count() == value.EnumerateObject().Count();

    private void Require(bool holds, string message)
    {
        if (!holds)
            throw error(message);
    }

    [GeneratedRegex(@"^[0-9A-Za-z]*\z")]
    private static partial Regex SidPattern();

    [GeneratedRegex(@"^(\*|\*:\*|[0-9A-Za-z-]+:[^\s]+)\z")]
    private static partial Regex ActionPattern();
}
