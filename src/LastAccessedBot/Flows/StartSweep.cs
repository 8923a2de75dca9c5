using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Starts sweeps: when somebody asks, and when the settings' time has come. One runs at a time, and whoever asks meanwhile sees that one.</summary>
public sealed class StartSweep(ISweeps sweeps, IBackgroundWork work, ShowSweep show, IOptionsMonitor<SweepOptions> options, TimeProvider time)
{
    /// <summary>A sweep that ended no longer ago is shown in the place of a new one: it cost thousands of calls, and AWS's data are hours old anyway.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(12);

    /// <param name="again">A new one, however fresh the last is.</param>
    public async Task AskAsync(bool again, Person by, Conversation conversation, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var latest = await sweeps.LatestAsync(cancellation);
        if (latest is null or { State: SweepState.Failed } || (latest.IsOver && (again || now - latest.EndedAt > Fresh)))
        {
            var started = New(by.Key(), now);
            // Somebody may have been faster; what they started is as good.
            latest = await sweeps.StartAsync(started, Entry(started, "asked for"), cancellation) ? started : await sweeps.LatestAsync(cancellation);
        }
        if (!latest!.IsOver) work.Sweep(latest.Id);
        await show.PostAsync(latest, conversation, cancellation);
    }

    /// <summary>Starts the sweep that is due. Of those that were missed one is made up for, and of several hosts one starts it.</summary>
    public async Task RunDueAsync(CancellationToken cancellation)
    {
        if (options.CurrentValue.Schedule is not { } schedule) return;
        var now = time.GetUtcNow();
        var seen = await sweeps.DueAsync(now, cancellation);
        if (schedule.Due(seen.Since, seen.LastFor, now) is not { } due) return;
        var sweep = New("bot", now);
        if (await sweeps.StartDueAsync(sweep, seen, due.Day, Entry(sweep, $"due at {due.Moment:yyyy-MM-dd HH:mm} UTC"), cancellation)) work.Sweep(sweep.Id);
    }

    private static SweepRecord New(string by, DateTimeOffset now) => new(ShortId.New(), by, now, ReviewWindow.Default, SweepState.Listing);

    private static AuditEntry Entry(SweepRecord sweep, string why) => new(sweep.StartedAt, sweep.By, "sweep-started", null, null, "account", $"sweep `{sweep.Id}`: {why}");
}
