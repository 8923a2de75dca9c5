using System.Collections.Immutable;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.SecondOpinions;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws;

/// <inheritdoc/>
internal sealed class PolicyAnalyzer(AccessAnalyzerClient analyzer) : IPolicyAnalyzer
{
    public const string OfIdentities = "IDENTITY_POLICY";

    public async Task<ImmutableArray<PolicyFinding>> ValidateAsync(string document, DocumentType type, CancellationToken ct) =>
        [.. (await analyzer.ValidatePolicyAsync(document, type == DocumentType.ServiceControl ? OrganizationReader.ScpType : OfIdentities, ct)).Select(finding => new PolicyFinding(GradeOf(finding), finding.IssueCode, finding.FindingDetails))];

    public async Task<AccessComparison> CompareAsync(string before, string after, CancellationToken ct)
    {
        var check = await analyzer.CheckNoNewAccessAsync(after, before, OfIdentities, ct);
        var message = string.Join(" ", check.Reasons.IsEmpty ? [check.Message ?? ""] : check.Reasons);
        return check.Result switch
        {
            "PASS" => new AccessComparison(AllowsMore: false, message),
            "FAIL" => new AccessComparison(AllowsMore: true, message),
            var other => throw Unreadable("CheckNoNewAccess", $"`{other}` is no result"),
        };
    }

    private static FindingGrade GradeOf(ValidatePolicyFinding finding) => finding.FindingType switch
    {
        "ERROR" => FindingGrade.Error,
        "SECURITY_WARNING" => FindingGrade.SecurityWarning,
        "WARNING" => FindingGrade.Warning,
        "SUGGESTION" => FindingGrade.Suggestion,
        var other => throw Unreadable("ValidatePolicy", $"`{other}` is no type of finding"),
    };

    private static AwsUnreachableException Unreadable(string operation, string why) => new($"AccessAnalyzer.{operation}", $"AWS's answer could not be read: {why}");
}
