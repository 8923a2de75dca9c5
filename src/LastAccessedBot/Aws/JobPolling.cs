using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <summary>Asks for a report job until AWS ended it, less and less often.</summary>
internal sealed class JobPolling(IOptions<AwsOptions> options, TimeProvider clock)
{
    /// <summary>No new job is done at once: asking before that would only spend a call.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.25);

    private const int MostAttempts = 6;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <param name="firstWait">Before it is asked for the first time: nothing where the job may be an old one.</param>
    /// <exception cref="AwsUnreachableException">The job took longer than the settings allow.</exception>
    public async Task<T> UntilEndedAsync<T>(
        string operation, TimeSpan firstWait, Func<Task<T>> ask, Func<T, JobStatus> status, IProgress<ReportProgress>? progress, CancellationToken ct)
    {
        var start = clock.GetTimestamp();
        var wait = firstWait;
        while (true)
        {
            await Task.Delay(wait, clock, ct);
            var answer = await ask();
            if (status(answer) != JobStatus.InProgress) return answer;
            RefuseTooLong(operation, start);
            progress?.Report(new ReportProgress(clock.GetElapsedTime(start)));
            wait = Longer(wait);
        }
    }

    /// <summary>Begins a job; where AWS has too many of the caller's jobs under way, it waits until one of them has ended.</summary>
    /// <param name="isFull">Whether the refusal says so.</param>
    public async Task<string> BegunAsync(string operation, Func<Task<string>> begin, Func<AwsRefusedException, bool> isFull, IProgress<ReportProgress>? progress, CancellationToken ct)
    {
        var start = clock.GetTimestamp();
        for (var wait = FirstWait; ; wait = Longer(wait))
        {
            try
            {
                return await begin();
            }
            catch (AwsRefusedException refused) when (isFull(refused))
            {
                RefuseTooLong(operation, start);
            }
            progress?.Report(new ReportProgress(clock.GetElapsedTime(start)));
            await Task.Delay(wait, clock, ct);
        }
    }

    /// <summary>
    /// A call for one of many jobs, which outlasts a spell of throttling that would fail a single question: a job that was begun is asked for
    /// again, and not begun anew.
    /// </summary>
    public async Task<T> PatientlyAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        var wait = TimeSpan.FromSeconds(1);
        for (var attempt = 1; ; attempt++, wait *= 2)
        {
            try
            {
                return await call();
            }
            catch (AwsUnreachableException) when (attempt < MostAttempts)
            {
                await Task.Delay(wait, clock, ct);
            }
        }
    }

    private void RefuseTooLong(string operation, long start)
    {
        var longest = options.Value.ReportTimeout;
        if (clock.GetElapsedTime(start) > longest)
            throw new AwsUnreachableException(operation, $"AWS did not finish the report within {longest.TotalMinutes:0.#} minutes; try again later");
    }

    private static TimeSpan Longer(TimeSpan wait) => wait == TimeSpan.Zero ? FirstWait : wait * 2 < LongestWait ? wait * 2 : LongestWait;
}
