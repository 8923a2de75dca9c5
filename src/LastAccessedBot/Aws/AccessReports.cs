using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <inheritdoc/>
internal sealed class AccessReports(IamClient iam, IOptions<AwsOptions> options, TimeProvider clock) : IAccessReports
{
    private readonly SharedJobs<ReportProgress, ServiceLastAccessedDetails> jobs = new();
    private readonly JobPolling polling = new(options, clock);
    private readonly ReportPace pace = new();
    private readonly ConcurrentDictionary<string, string> latestJobs = new(StringComparer.Ordinal);

    public Task<AccessReport> ServiceReportAsync(string arn, IProgress<ReportProgress>? progress, CancellationToken ct) =>
        ServiceReportAsync(arn, DateTimeOffset.MinValue, progress, ct);

    public async Task<AccessReport> ServiceReportAsync(string arn, DateTimeOffset since, IProgress<ReportProgress>? progress, CancellationToken ct)
    {
        return Report(arn, await DetailsAsync(arn, "SERVICE_LEVEL", since, progress, ct));
    }

    // Its job is not remembered as the latest: of thousands, few are ever asked about again.
    public async Task<AccessReport> UnhurriedReportAsync(string arn, CancellationToken ct)
    {
        var jobId = await polling.PatientlyAsync(() => iam.GenerateServiceLastAccessedDetailsAsync(arn, "SERVICE_LEVEL", ct), ct);
        var details = await polling.UntilEndedAsync(
            "IAM.GetServiceLastAccessedDetails", pace.FirstWait, () => polling.PatientlyAsync(() => iam.GetServiceLastAccessedDetailsAsync(jobId, ct), ct), one => one.JobStatus, progress: null, ct);
        if (details is { JobCreationDate: { } created, JobCompletionDate: { } completed }) pace.Took(completed - created);
        return Report(arn, details);
    }

    public async Task<ActionReport> ActionReportAsync(string arn, DateTimeOffset since, IProgress<ReportProgress>? progress, CancellationToken ct)
    {
        var details = await DetailsAsync(arn, "ACTION_LEVEL", since, progress, ct);
        var at = details.JobCompletionDate ?? clock.GetUtcNow();
        return details.JobStatus == JobStatus.Completed
            ? new ActionReport.Complete(arn, at, ActionLines(details))
            : new ActionReport.Failed(arn, at, details.Error?.Code ?? "Unknown", details.Error?.Message ?? "AWS gave no reason");
    }

    public async Task<ImmutableArray<EntityUse>> EntitiesAsync(string arn, ServiceNamespace service, CancellationToken ct)
    {
        if (latestJobs.TryGetValue(arn, out var known))
        {
            try
            {
                return await EntitiesOfJobAsync(known, service, ct);
            }
            catch (AwsRefusedException refused) when (refused.IsNoSuchEntity)
            {
                // AWS does not say how long it keeps a job; a gone one is made again.
            }
        }
        await DetailsAsync(arn, "SERVICE_LEVEL", DateTimeOffset.MinValue, progress: null, ct);
        return await EntitiesOfJobAsync(latestJobs[arn], service, ct);
    }

    private AccessReport Report(string arn, ServiceLastAccessedDetails details)
    {
        var at = details.JobCompletionDate ?? clock.GetUtcNow();
        return details.JobStatus == JobStatus.Completed
            ? new AccessReport.Complete(arn, at, ServiceLines(details))
            : new AccessReport.Failed(arn, at, details.Error?.Code ?? "Unknown", details.Error?.Message ?? "AWS gave no reason");
    }

    private Task<ServiceLastAccessedDetails> DetailsAsync(
        string arn, string granularity, DateTimeOffset since, IProgress<ReportProgress>? progress, CancellationToken ct) =>
        jobs.AskAsync($"{granularity} {arn}", since, clock.GetUtcNow(), async (everyone, abandoned) =>
        {
            var jobId = await iam.GenerateServiceLastAccessedDetailsAsync(arn, granularity, abandoned);
            var details = await polling.UntilEndedAsync(
                "IAM.GetServiceLastAccessedDetails", JobPolling.FirstWait, () => iam.GetServiceLastAccessedDetailsAsync(jobId, abandoned),
                one => one.JobStatus, everyone, abandoned);
            // A report by action can fail where the one by service is there.
            if (granularity == "SERVICE_LEVEL") latestJobs[arn] = jobId;
            return details;
        }, progress, ct);

    private async Task<ImmutableArray<EntityUse>> EntitiesOfJobAsync(string jobId, ServiceNamespace service, CancellationToken ct)
    {
        const string Operation = "IAM.GetServiceLastAccessedDetailsWithEntities";
        var details = await polling.UntilEndedAsync(
            Operation, TimeSpan.Zero, () => iam.GetServiceLastAccessedDetailsWithEntitiesAsync(jobId, service.Value, ct), one => one.JobStatus, progress: null, ct);
        return details.JobStatus == JobStatus.Completed
            ? [.. details.EntityDetailsList
                .Select(one => new EntityUse(new IdentityRef(KindOf(one), one.Name), one.Arn, one.Id, one.LastAuthenticated))]
            : throw new AwsRefusedException(
                Operation, details.Error?.Code ?? "Unknown", details.Error?.Message ?? "AWS gave no reason", requestId: null, HttpStatusCode.OK);
    }

    // A namespace that does not parse stays out, and so does its service: absent from a report means unknown.
    // Several services can share a namespace: the latest use of any of them counts.
    private static ImmutableSortedDictionary<ServiceNamespace, ServiceUse> ServiceLines(ServiceLastAccessedDetails details)
    {
        var lines = ImmutableSortedDictionary.CreateBuilder<ServiceNamespace, ServiceUse>();
        foreach (var one in details.ServicesLastAccessed)
        {
            if (ServiceNamespace.Parse(one.ServiceNamespace) is not Parsed<ServiceNamespace>.Ok { Value: var service }) continue;
            var use = new ServiceUse(service, one.ServiceName, one.LastAuthenticated, one.LastAuthenticatedEntity, one.TotalAuthenticatedEntities);
            if (!lines.TryGetValue(service, out var other) || IsLater(use.LastAttempt, other.LastAttempt)) lines[service] = use;
        }
        return lines.ToImmutable();
    }

    private static ImmutableSortedDictionary<ServiceNamespace, ImmutableSortedDictionary<string, ActionUse>> ActionLines(
        ServiceLastAccessedDetails details)
    {
        var lines = ImmutableSortedDictionary.CreateBuilder<ServiceNamespace, ImmutableSortedDictionary<string, ActionUse>>();
        foreach (var one in details.ServicesLastAccessed.Where(one => !one.TrackedActionsLastAccessed.IsEmpty))
        {
            if (ServiceNamespace.Parse(one.ServiceNamespace) is not Parsed<ServiceNamespace>.Ok { Value: var service }) continue;
            var actions = lines.GetValueOrDefault(service) ?? ImmutableSortedDictionary.Create<string, ActionUse>(StringComparer.OrdinalIgnoreCase);
            foreach (var action in one.TrackedActionsLastAccessed)
            {
                var use = new ActionUse(action.ActionName, action.LastAccessedTime, action.LastAccessedEntity);
                if (!actions.TryGetValue(use.Action, out var other) || IsLater(use.LastAttempt, other.LastAttempt))
                    actions = actions.SetItem(use.Action, use);
            }
            lines[service] = actions;
        }
        return lines.ToImmutable();
    }

    private static bool IsLater(DateTimeOffset? one, DateTimeOffset? other) => one is not null && (other is null || one > other);

    private static IdentityKind KindOf(EntityDetails entity) => entity.Type switch
    {
        "USER" => IdentityKind.User,
        "GROUP" => IdentityKind.Group,
        "ROLE" => IdentityKind.Role,
        _ => throw new AwsUnreachableException(
            "IAM.GetServiceLastAccessedDetailsWithEntities", $"AWS's answer could not be read: `{entity.Type}` is no type of entity"),
    };
}
