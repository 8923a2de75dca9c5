using System.Collections.Immutable;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Evidence;

/// <summary>One service's line of a last-accessed report, as AWS gave it.</summary>
/// <param name="LastAttempt">The latest attempt, denied ones included; <c>null</c> when none was seen within the tracking period, which is not "never".</param>
/// <param name="By">The ARN of the identity behind the latest attempt.</param>
/// <param name="Entities">How many identities attempted it within the tracking period.</param>
public sealed record ServiceUse(ServiceNamespace Service, string Name, DateTimeOffset? LastAttempt, string? By, int Entities);

/// <summary>What a report job ended with.</summary>
public abstract record AccessReport
{
    /// <summary>AWS keeps at least this many days of last-accessed data (source: the IAM user guide on last accessed information).</summary>
    public const int TrackingPeriodDays = 400;

    private AccessReport() { }

    /// <summary>Every page was read.</summary>
    /// <param name="Services">One line per service that the subject's permissions policies allow today.</param>
    public sealed record Complete(string SubjectArn, DateTimeOffset At, ImmutableSortedDictionary<ServiceNamespace, ServiceUse> Services) : AccessReport;

    /// <summary>AWS ended the job without a report; nothing may be concluded.</summary>
    public sealed record Failed(string SubjectArn, DateTimeOffset At, string Code, string Message) : AccessReport;
}
