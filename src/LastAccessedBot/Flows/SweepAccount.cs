using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Sweeps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// Sweeps the account: lists its targets into the store, looks at each, adds up. Where a host dies another one, or the same after its start,
/// goes on with the targets that wait.
/// </summary>
public sealed partial class SweepAccount(
    ISweeps sweeps, ISweepTargets targets, ListTargets list, LookAtTargets look, ShowSweep show, IOptionsMonitor<SweepOptions> options, TimeProvider time, ILogger<SweepAccount> log)
{
    /// <summary>How long a host that says nothing keeps a sweep; longer than <see cref="SweepOptions.ShowEvery"/>, at which it says so.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const int MostIdlest = 9, MostFailures = 5, MostBarren = 4, MostAtOnce = 500;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    private int _isBusy;

    /// <summary>Does nothing while it is worked at elsewhere; of one that is over it shows the end.</summary>
    public async Task RunAsync(string sweepId, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _isBusy, 1) == 0)
        {
            try
            {
                var now = time.GetUtcNow();
                if (await sweeps.HoldAsync(sweepId, now, now + Lease, cancellation) is { } held) await HeldAsync(held, cancellation);
            }
            finally
            {
                Volatile.Write(ref _isBusy, 0);
            }
        }
        if (await sweeps.FindAsync(sweepId, cancellation) is not { IsOver: true }) return;
        await show.RenewAsync(sweepId, cancellation);
        await sweeps.ShownAsync(sweepId, cancellation);
    }

    private async Task HeldAsync(SweepRecord held, CancellationToken cancellation)
    {
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var keeping = KeepAsync(held.Id, run);
        try
        {
            await WorkAsync(held with { Runs = held.Runs + 1 }, run.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            LogLost(held.Id);
        }
        finally
        {
            await run.CancelAsync();
            await keeping;
        }
    }

    /// <summary>Says that it is worked at, and lets everybody who asked see how far it is, until it is not.</summary>
    private async Task KeepAsync(string id, CancellationTokenSource run)
    {
        var showing = Task.CompletedTask;
        try
        {
            using var timer = new PeriodicTimer(options.CurrentValue.ShowEvery, time);
            while (await timer.WaitForNextTickAsync(run.Token) && await sweeps.StillAsync(id, time.GetUtcNow() + Lease, run.Token))
                if (showing.IsCompleted) showing = ShowAsync(id, run.Token);
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            // The work is done, or the host stops.
        }
        finally
        {
            await run.CancelAsync();
            await showing;
        }
    }

    // A chat that does not take the card now takes the next one.
    private async Task ShowAsync(string id, CancellationToken cancellation)
    {
        try
        {
            await show.RenewAsync(id, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The end is shown by whoever ended it.
        }
        catch (Exception failure) when (failure is IChatFailure)
        {
            LogNotShown(failure, id);
        }
    }

    private async Task WorkAsync(SweepRecord sweep, CancellationToken cancellation)
    {
        var resumed = sweep.Runs == 1 ? null : Entry(sweep, "sweep-resumed", $"{sweep.Looked:N0} of {sweep.Total:N0} were looked at already");
        if (!await sweeps.WriteAsync(sweep, resumed, cancellation)) return;
        if (sweep.State == SweepState.Listing)
        {
            if (await ListAsync(sweep, cancellation) is not { } listed) return;
            sweep = listed;
        }
        sweep = sweep with { State = SweepState.Working, RunAt = time.GetUtcNow(), RunFrom = sweep.Looked };
        if (!await sweeps.WriteAsync(sweep, null, cancellation)) return;
        await ShowAsync(sweep.Id, cancellation);
        if (await LookAsync(sweep, cancellation) is { } looked) await EndAsync(looked, cancellation);
    }

    private async Task<SweepRecord?> ListAsync(SweepRecord sweep, CancellationToken cancellation)
    {
        try
        {
            return await list.RunAsync(sweep, cancellation);
        }
        catch (AwsRefusedException refused)
        {
            await FailAsync(sweep, AwsWords.Of(refused).ToString(), cancellation);
            return null;
        }
        // Before that, the job is tried again.
        catch (AwsUnreachableException unreachable) when (time.GetUtcNow() - sweep.StartedAt > s_patience)
        {
            await FailAsync(sweep, $"AWS did not answer: {unreachable.Message}", cancellation);
            return null;
        }
    }

    /// <summary>Passes over those that wait, with pauses while AWS does not answer, until none do.</summary>
    private async Task<SweepRecord?> LookAsync(SweepRecord sweep, CancellationToken cancellation)
    {
        for (var barren = 0; ;)
        {
            var outcome = await look.RunAsync(sweep, cancellation);
            if (outcome is not { Sweep: { } looked, Unanswered: { } why }) return outcome.Sweep;
            barren = looked.Looked > sweep.Looked ? 0 : barren + 1;
            sweep = looked;
            if (barren == MostBarren) return await GiveUpAsync(sweep, why, cancellation);
            await Task.Delay(s_pause * Math.Pow(2, barren), time, cancellation);
        }
    }

    private async Task<SweepRecord?> GiveUpAsync(SweepRecord sweep, string why, CancellationToken cancellation)
    {
        while (await targets.WaitingAsync(sweep.Id, "", MostAtOnce, cancellation) is { IsEmpty: false } waiting)
        {
            sweep = sweep with { Failed = sweep.Failed + waiting.Length };
            if (!await targets.DoneAsync(sweep, [.. waiting.Select(target => new SweepResult.Failed(target, "AWS did not answer", why))], cancellation)) return null;
        }
        return sweep;
    }

    private async Task EndAsync(SweepRecord sweep, CancellationToken cancellation)
    {
        var findings = await targets.FindingsAsync(sweep.Id, MostIdlest, MostFailures, cancellation);
        var before = await sweeps.BeforeAsync(sweep, cancellation);
        var ended = sweep with
        {
            State = SweepState.Ended,
            EndedAt = time.GetUtcNow(),
            Total = findings.Targets,
            Done = findings.Targets - findings.Failed,
            Failed = findings.Failed,
            Findings = findings,
            Before = before?.Findings is { } found ? new SweepBefore(before.StartedAt, found.Targets, found.WithUnused, found.Unused) : null,
        };
        var counts = $"{ended.Total:N0} targets, {ended.Failed:N0} failed; {findings.WithUnused:N0} may use {findings.Unused:N0} services that they did not use in {sweep.Window}";
        if (!await sweeps.WriteAsync(ended, Entry(ended, "sweep-ended", counts), cancellation)) return;
        Measures.SweepEnded(ended);
        await targets.TidyAsync(sweep.Id, cancellation);
    }

    private async Task FailAsync(SweepRecord sweep, string why, CancellationToken cancellation)
    {
        var failed = sweep with { State = SweepState.Failed, EndedAt = time.GetUtcNow(), Problem = why };
        if (await sweeps.WriteAsync(failed, Entry(failed, "sweep-failed", why), cancellation)) Measures.SweepEnded(failed);
    }

    private AuditEntry Entry(SweepRecord sweep, string what, string detail) => new(time.GetUtcNow(), "bot", what, null, null, "account", $"sweep `{sweep.Id}`: {detail}");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {SweepId} is worked at by another host now")]
    private partial void LogLost(string sweepId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How far sweep {SweepId} is could not be shown")]
    private partial void LogNotShown(Exception failure, string sweepId);
}
