using System.Collections.Immutable;
using System.Xml.Linq;

namespace LastAccessedBot.Aws.Wire;

/// <content>Reports about parts of the organization, for its management account alone.</content>
public sealed partial class IamClient
{
    /// <summary>Starts a report job. Refused with <c>ReportGenerationLimitExceeded</c> where too many are under way.</summary>
    /// <param name="entityPath"><c>o-…/r-…/ou-…/123456789012</c>, without a slash at either end.</param>
    /// <param name="organizationsPolicyId">Only the services that this SCP allows; <c>null</c> for all.</param>
    /// <returns>The job's id, readable with the same credentials only.</returns>
    // A read, though it makes a job: a job that nobody reads harms nobody.
    public Task<string> GenerateOrganizationsAccessReportAsync(string entityPath, string? organizationsPolicyId, CancellationToken ct) =>
        ReadAsync("GenerateOrganizationsAccessReport", [("EntityPath", entityPath), ("OrganizationsPolicyId", organizationsPolicyId)], result => result.Text("JobId"), ct);

    /// <summary>How far a job is, and when it is completed, its report.</summary>
    public async Task<OrganizationsAccessReport> GetOrganizationsAccessReportAsync(string jobId, CancellationToken ct)
    {
        var pages = await PagesAsync("GetOrganizationsAccessReport", [("JobId", jobId), MostItems], page => new OrganizationsAccessReport(
            ServiceLastAccessedDetails.StatusOf(page), page.DateOrNull("JobCompletionDate"),
            page.Members("AccessDetails", OrganizationsAccessDetail.From), ErrorDetails.Of(page, "ErrorDetails")), ct);
        return pages[^1] with { AccessDetails = [.. pages.SelectMany(page => page.AccessDetails)] };
    }
}

/// <param name="AccessDetails">Empty until the job is completed.</param>
public sealed record OrganizationsAccessReport(
    JobStatus JobStatus, DateTimeOffset? JobCompletionDate, ImmutableArray<OrganizationsAccessDetail> AccessDetails, ErrorDetails? Error);

/// <param name="EntityPath">Of the account behind the latest attempt.</param>
/// <param name="TotalAuthenticatedEntities">How many accounts.</param>
public sealed record OrganizationsAccessDetail(string ServiceName, string ServiceNamespace, DateTimeOffset? LastAuthenticatedTime, string? EntityPath, int TotalAuthenticatedEntities)
{
    internal static OrganizationsAccessDetail From(XElement xml) => new(
        xml.Text("ServiceName"), xml.Text("ServiceNamespace"), xml.DateOrNull("LastAuthenticatedTime"), xml.TextOrNull("EntityPath"), xml.Count("TotalAuthenticatedEntities"));
}
