using Hangfire;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Jobs;

/// <summary>When the host starts: what was under way is queued again, and what recurs is scheduled. Of digests, what is due is asked of the store each minute: no job of theirs can be lost or run twice.</summary>
internal sealed class TakeUpAtStart(Upkeep upkeep, IRecurringJobManager recurring) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await upkeep.TakeUpAsync(cancellationToken);
        recurring.AddOrUpdate<Upkeep>("expire-proposals", flow => flow.ExpireAsync(CancellationToken.None), Cron.Minutely());
        recurring.AddOrUpdate<Upkeep>("take-up-abandoned", flow => flow.TakeUpAbandonedAsync(CancellationToken.None), Cron.Minutely());
        recurring.AddOrUpdate<KeepRecord>("keep-record", flow => flow.RunAsync(CancellationToken.None), Cron.Daily());
        recurring.AddOrUpdate<WatchTrims>("watch-trims", flow => flow.RunAsync(CancellationToken.None), Cron.Minutely());
        recurring.AddOrUpdate<RemindOwners>("remind-owners", flow => flow.RunAsync(CancellationToken.None), Cron.Hourly());
        recurring.AddOrUpdate<SendDigests>("send-digests", flow => flow.RunAsync(CancellationToken.None), Cron.Minutely());
        recurring.AddOrUpdate<StartSweep>("start-sweep", flow => flow.RunDueAsync(CancellationToken.None), Cron.Minutely());
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
