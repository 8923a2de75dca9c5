using System.Collections.Frozen;
using System.Text.Json.Nodes;
using LastAccessedBot.Sandbox.Evaluation;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.AccessAnalyzer;

/// <summary>An operation of IAM Access Analyzer: those that judge documents, and need no analyzer in the account.</summary>
public sealed record AnalyzerOperation(string Name, string Path, Func<AnalyzerCall, JsonObject> Run)
{
    private const string IdentityPolicy = "IDENTITY_POLICY", ResourcePolicy = "RESOURCE_POLICY", ServiceControlPolicy = "SERVICE_CONTROL_POLICY";

    public static readonly FrozenDictionary<string, AnalyzerOperation> ByPath = new AnalyzerOperation[]
    {
        new("ValidatePolicy", "/policy/validation", Validate),
        new("CheckNoNewAccess", "/policy/check-no-new-access", CheckNoNewAccess),
    }.ToFrozenDictionary(operation => operation.Path, StringComparer.Ordinal);

    private static JsonObject Validate(AnalyzerCall call)
    {
        var type = call.OneOf("policyType", IdentityPolicy, ResourcePolicy, ServiceControlPolicy, "RESOURCE_CONTROL_POLICY");
        return call.Page("findings", Findings(type, call["policyDocument"], call.Service.Faults.UnknownToValidation), finding => finding.Write());
    }

    private static JsonObject CheckNoNewAccess(AnalyzerCall call)
    {
        var type = call.OneOf("policyType", IdentityPolicy, ResourcePolicy);
        var (now, before) = (Read(type, call["newPolicyDocument"]), Read(type, call["existingPolicyDocument"]));
        var news = NewAccess.In(now, before, call.Service.Faults.SeenAsNewAccess);
        var reasons = news.Select(index => new JsonObject
        {
            ["description"] = $"New access in the statement with {(now.Statements[index].StatementId is { Length: > 0 } sid ? $"sid: {sid}" : $"index: {index}")}.",
            ["statementIndex"] = index,
            ["statementId"] = now.Statements[index].StatementId,
        });
        return new JsonObject
        {
            ["result"] = news.Count == 0 ? "PASS" : "FAIL",
            ["message"] = news.Count == 0
                ? "The updated policy does not grant new access compared to the existing policy."
                : "The updated policy grants new access compared to the existing policy.",
            ["reasons"] = new JsonArray([.. reasons]),
        };
    }

    private static IEnumerable<PolicyFinding> Findings(string type, string json, IReadOnlySet<string> unknown)
    {
        try
        {
            var text = Check(type, json);
            return type == ServiceControlPolicy ? PolicyFindings.OfEvery(text.Json, unknown) : PolicyFindings.OfEvery(text.Json, unknown).Concat(PolicyFindings.OfGranting(text.Json));
        }
        catch (AwsException malformed) when (malformed.Code.StartsWith("MalformedPolicyDocument", StringComparison.Ordinal))
        {
            return [PolicyFindings.OfMalformed(json, malformed.Message)];
        }
    }

    private static Document Read(string type, string json)
    {
        try
        {
            return Check(type, json).Document;
        }
        catch (AwsException malformed) when (malformed.Code.StartsWith("MalformedPolicyDocument", StringComparison.Ordinal))
        {
            throw new AwsException("InvalidParameterException", 400, $"The policy document is not valid: {malformed.Message}");
        }
    }

    private static PolicyText Check(string type, string json) => type switch
    {
        IdentityPolicy => PolicyGrammar.Identity(json),
        ServiceControlPolicy => PolicyGrammar.Scp(json),
        _ => throw AwsException.Validation($"The sandbox judges identity policies and service control policies, and no {type}."),
    };
}
