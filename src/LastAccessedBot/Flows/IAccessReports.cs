using System.Collections.Immutable;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Flows;

/// <summary>
/// Gets last-accessed reports from AWS. A report takes a job of seconds; those who ask for the same ARN at the same time share one job.
/// Every method throws <see cref="AwsRefusedException"/> (for <c>NoSuchEntity</c>, too) or <see cref="AwsUnreachableException"/>,
/// the latter also when AWS does not end a job in time.
/// </summary>
public interface IAccessReports
{
    /// <summary>When a user, group, role or managed policy last used each service.</summary>
    Task<AccessReport> ServiceReportAsync(string arn, IProgress<ReportProgress>? progress, CancellationToken ct);

    /// <summary>
    /// The same from a job that began at <paramref name="since"/> or later: what was read of the account before the job can be held against
    /// its report, and a service that it lacks is not one that was granted a moment ago.
    /// </summary>
    Task<AccessReport> ServiceReportAsync(string arn, DateTimeOffset since, IProgress<ReportProgress>? progress, CancellationToken ct);

    /// <summary>
    /// The same for one of many that nobody waits for: a job of its own, which is asked for once, when such jobs usually are done, and only
    /// then more often. Two calls, most of the time, in the place of an answer as early as can be.
    /// </summary>
    Task<AccessReport> UnhurriedReportAsync(string arn, CancellationToken ct);

    /// <summary>The same by action, for the actions that AWS tracks.</summary>
    Task<ActionReport> ActionReportAsync(string arn, DateTimeOffset since, IProgress<ReportProgress>? progress, CancellationToken ct);

    /// <summary>
    /// Which members of a group, or identities with a policy, used one service. Rests on the latest report of that ARN, and makes a new
    /// one when there is none any more. <see cref="AwsRefusedException"/> when AWS ended that job without a result.
    /// </summary>
    Task<ImmutableArray<EntityUse>> EntitiesAsync(string arn, ServiceNamespace service, CancellationToken ct);
}

/// <summary>AWS is still working on a report, or CloudTrail is being read.</summary>
/// <param name="Elapsed">Since it was asked for.</param>
/// <param name="TrailEvents">How many events were read so far; null for a report.</param>
public sealed record ReportProgress(TimeSpan Elapsed, int? TrailEvents = null);
