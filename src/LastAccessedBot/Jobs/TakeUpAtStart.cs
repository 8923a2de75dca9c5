using Hangfire;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Jobs;

/// <summary>When the host starts: what was under way is queued again, and the sweep of expired proposals is scheduled.</summary>
internal sealed class TakeUpAtStart(Sweep sweep, IRecurringJobManager recurring) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await sweep.TakeUpAsync(cancellationToken);
        recurring.AddOrUpdate<Sweep>("expire-proposals", flow => flow.ExpireAsync(CancellationToken.None), Cron.Minutely());
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
