using System.Collections.Immutable;
using System.Text.Json;

namespace LastAccessedBot.Aws.Wire;

/// <summary>
/// The operations of IAM Access Analyzer that judge documents, under the names that the official SDK gives them, so that
/// <c>AWSSDK.AccessAnalyzer</c> can take this class's place. They need no analyzer in the account. Every method throws
/// <see cref="Flows.AwsFailureException"/> (refused or unreachable) and <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class AccessAnalyzerClient
{
    private readonly WireClient wire;

    internal AccessAnalyzerClient(WireClient wire) => this.wire = wire;

    /// <summary>All findings, of every page.</summary>
    /// <param name="policyType"><c>IDENTITY_POLICY</c>, <c>SERVICE_CONTROL_POLICY</c> …</param>
    public async Task<ImmutableArray<ValidatePolicyFinding>> ValidatePolicyAsync(string policyDocument, string policyType, CancellationToken ct)
    {
        var findings = ImmutableArray.CreateBuilder<ValidatePolicyFinding>();
        string? token = null;
        do
        {
            var before = token;
            (var page, token) = await wire.ReadAsync(
                "ValidatePolicy", [("policyDocument", policyDocument), ("policyType", policyType), (RestJsonMarshaller.NextToken, token)],
                body => JsonAnswer.Of(body, answer => (answer.RequiredItems("findings", ValidatePolicyFinding.From), answer.NextToken(RestJsonMarshaller.NextToken, before))), ct);
            findings.AddRange(page);
        }
        while (token is not null);
        return findings.ToImmutable();
    }

    /// <summary>Whether the new document allows what the existing one does not. Refused with <c>UnprocessableEntityException</c> where that cannot be told.</summary>
    /// <param name="policyType"><c>IDENTITY_POLICY</c> or <c>RESOURCE_POLICY</c>.</param>
    public Task<NoNewAccessCheck> CheckNoNewAccessAsync(string newPolicyDocument, string existingPolicyDocument, string policyType, CancellationToken ct) =>
        wire.ReadAsync(
            "CheckNoNewAccess", [("newPolicyDocument", newPolicyDocument), ("existingPolicyDocument", existingPolicyDocument), ("policyType", policyType)],
            body => JsonAnswer.Of(body, NoNewAccessCheck.From), ct);
}

/// <param name="FindingType"><c>ERROR</c>, <c>SECURITY_WARNING</c>, <c>WARNING</c> or <c>SUGGESTION</c>.</param>
public sealed record ValidatePolicyFinding(string FindingType, string IssueCode, string FindingDetails)
{
    internal static ValidatePolicyFinding From(JsonElement json) => new(json.Text("findingType"), json.Text("issueCode"), json.Text("findingDetails"));
}

/// <param name="Result"><c>PASS</c> or <c>FAIL</c>.</param>
/// <param name="Reasons">What is new, each a sentence.</param>
public sealed record NoNewAccessCheck(string Result, string? Message, ImmutableArray<string> Reasons)
{
    internal static NoNewAccessCheck From(JsonElement json) => new(
        json.Text("result"), json.TextOrNull("message"), [.. json.Items("reasons", reason => reason.TextOrNull("description")).OfType<string>()]);
}
