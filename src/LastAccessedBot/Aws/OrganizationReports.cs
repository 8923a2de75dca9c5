using System.Collections.Immutable;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <inheritdoc/>
/// <param name="iam">With the management account's credentials.</param>
internal sealed class OrganizationReports(IamClient iam, IOptions<AwsOptions> options, TimeProvider clock) : IOrganizationReports
{
    private const int MostJobs = 2;

    private readonly SharedJobs<ReportProgress, OrganizationsAccessReport> jobs = new();
    private readonly JobPolling polling = new(options, clock);

    public async Task<AccessReport> ReportAsync(string entityPath, DateTimeOffset since, IProgress<ReportProgress>? progress, CancellationToken ct)
    {
        var report = await jobs.AskAsync(entityPath, since, clock.GetUtcNow(), (everyone, abandoned) => JobAsync(entityPath, everyone, abandoned), progress, ct);
        var at = report.JobCompletionDate ?? clock.GetUtcNow();
        return report.JobStatus == JobStatus.Completed
            ? new AccessReport.Complete(entityPath, at, Lines(report))
            : new AccessReport.Failed(entityPath, at, report.Error?.Code ?? "Unknown", report.Error?.Message ?? "AWS gave no reason");
    }

    private async Task<OrganizationsAccessReport> JobAsync(string entityPath, IProgress<ReportProgress> progress, CancellationToken ct)
    {
        for (var job = 1; ; job++)
        {
            var jobId = await polling.BegunAsync(
                "IAM.GenerateOrganizationsAccessReport", () => iam.GenerateOrganizationsAccessReportAsync(entityPath, null, ct),
                refused => refused.Code is "ReportGenerationLimitExceeded", progress, ct);
            try
            {
                return await polling.UntilEndedAsync(
                    "IAM.GetOrganizationsAccessReport", JobPolling.FirstWait, () => iam.GetOrganizationsAccessReportAsync(jobId, ct), one => one.JobStatus, progress, ct);
            }
            catch (AwsRefusedException refused) when (refused.IsNoSuchEntity && job < MostJobs)
            {
                // A job is its caller's alone: credentials that were renewed in between can be somebody else's to AWS.
            }
        }
    }

    // A namespace that does not parse stays out, and so does its service: absent from a report means unknown.
    // Several services can share a namespace: the latest use of any of them counts.
    private static ImmutableSortedDictionary<ServiceNamespace, ServiceUse> Lines(OrganizationsAccessReport report)
    {
        var lines = ImmutableSortedDictionary.CreateBuilder<ServiceNamespace, ServiceUse>();
        foreach (var one in report.AccessDetails)
        {
            if (ServiceNamespace.Parse(one.ServiceNamespace) is not Parsed<ServiceNamespace>.Ok { Value: var service }) continue;
            var use = new ServiceUse(service, one.ServiceName, one.LastAuthenticatedTime, one.EntityPath, one.TotalAuthenticatedEntities);
            if (!lines.TryGetValue(service, out var other) || (use.LastAttempt is not null && (other.LastAttempt is null || use.LastAttempt > other.LastAttempt))) lines[service] = use;
        }
        return lines.ToImmutable();
    }
}
