using System.Collections.Concurrent;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.Reports;

/// <summary>A report that was asked for: what it will say was settled then, and can be read some time later.</summary>
public sealed record ReportJob(string Id, string Owner, bool ActionLevel, DateTimeOffset Created, DateTimeOffset Completed, ReportOutcome Outcome)
{
    public string StatusAt(DateTimeOffset now) => now < Completed ? "IN_PROGRESS" : Outcome is ReportOutcome.Failed ? "FAILED" : "COMPLETED";

    /// <summary>Null until the job has completed, and for ever when it failed.</summary>
    public T? ResultAt<T>(DateTimeOffset now)
        where T : ReportOutcome => now < Completed ? null : Outcome as T;
}

public abstract record ReportOutcome
{
    public sealed record Services(IReadOnlyList<ServiceAccess> Accesses) : ReportOutcome;

    public sealed record OrganizationServices(IReadOnlyList<OrganizationServiceAccess> Accesses) : ReportOutcome;

    public sealed record Failed(string Code, string Message) : ReportOutcome;
}

/// <summary>Report jobs. Only the access key that made one can read it; they end with the process.</summary>
public sealed class ReportJobs(TimeSpan reportTime)
{
    private readonly ConcurrentDictionary<string, ReportJob> jobs = new(StringComparer.Ordinal);

    public ReportJob Start(Caller owner, DateTimeOffset now, bool actionLevel, ReportOutcome outcome)
    {
        var job = new ReportJob(Guid.NewGuid().ToString(), owner.AccessKeyId, actionLevel, now, now + reportTime, outcome);
        return jobs[job.Id] = job;
    }

    public ReportJob Find(Caller caller, string jobId) => jobs.TryGetValue(jobId, out var job) && job.Owner == caller.AccessKeyId
        ? job
        : throw AwsException.NoSuchEntity($"Job with ID {jobId} cannot be found.");
}
