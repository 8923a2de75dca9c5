using System.Runtime.CompilerServices;
using Hangfire;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Jobs;

/// <summary>Obeys deliveries as they come, a few at a time. Only what cannot be obeyed at once becomes a job, which is tried again with growing patience.</summary>
/// <remarks>
/// Acknowledgements go first: a platform gives up on one after three seconds, while a card may come later. Where deliveries flood in, all of
/// them are stored and acknowledged, and they are obeyed at a walking pace until the flood is over. The price: in a flood, everybody's card
/// is late.
/// </remarks>
internal sealed partial class ObeyDeliveries(DeliveryQueue queue, Deliver deliver, IBackgroundJobClient jobs, TimeProvider time, ILogger<ObeyDeliveries> log) : BackgroundService
{
    /// <summary>How far apart two are in a flood; chat platforms take about one message a second in a channel.</summary>
    public static readonly TimeSpan Walk = TimeSpan.FromMilliseconds(500);

    private const int AtOnce = 8;
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        PacedAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, async (delivery, cancellation) =>
        {
            var (surface, key) = delivery;
            try
            {
                await deliver.RunAsync(surface, key, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                LogAgain(failure, surface, key);
                jobs.Schedule<Deliver>(flow => flow.RunAsync(surface, key, CancellationToken.None), s_again);
            }
        });

    private async IAsyncEnumerable<(string Surface, string Key)> PacedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var delivery in queue.ReadAllAsync(cancellation))
        {
            if (queue.IsFlooded) await Task.Delay(Walk, time, cancellation);
            yield return delivery;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery could not be obeyed, and is tried again: {Surface} {Key}")]
    private partial void LogAgain(Exception failure, string surface, string key);
}
