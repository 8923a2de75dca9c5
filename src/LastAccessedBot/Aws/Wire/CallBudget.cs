using System.Threading.RateLimiting;

namespace LastAccessedBot.Aws.Wire;

/// <summary>
/// How fast and how wide the bot may call. IAM's own limits have no published numbers and are shared by every caller of the account, so
/// the bot keeps well below them instead of finding them out by being throttled.
/// </summary>
internal sealed class CallBudget : IDisposable
{
    private readonly SemaphoreSlim places;
    private readonly TokenBucketRateLimiter? starts;

    public CallBudget(double? callsPerSecond, int parallelCalls)
    {
        places = new SemaphoreSlim(parallelCalls);
        if (callsPerSecond is { } rate)
        {
            starts = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
            {
                // A short burst at most: AWS's own bucket is shared with every other caller in the account.
                TokenLimit = Math.Max(1, (int)(rate / 20)),
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1 / rate),
                QueueLimit = int.MaxValue,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            });
        }
    }

    /// <summary>Waits until a call may start. Dispose what comes back when it has ended.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken ct)
    {
        if (starts is not null) (await starts.AcquireAsync(1, ct)).Dispose();
        await places.WaitAsync(ct);
        return new Place(places);
    }

    public void Dispose()
    {
        places.Dispose();
        starts?.Dispose();
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
