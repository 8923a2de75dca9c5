using System.Collections.Concurrent;

namespace LastAccessedBot.Surfaces;

/// <summary>Where a platform asked for patience: one lane for each thing that it throttles by itself, so that a busy conversation holds up no other.</summary>
internal sealed class Lanes(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _closedUntil = new(StringComparer.Ordinal);

    public void Close(string lane, TimeSpan pause)
    {
        var until = time.GetUtcNow() + pause;
        _closedUntil.AddOrUpdate(lane, until, (_, known) => known > until ? known : until);
    }

    /// <summary>Waits until the lane is open.</summary>
    public async Task WaitAsync(string lane, CancellationToken cancellation)
    {
        while (_closedUntil.TryGetValue(lane, out var until))
        {
            var left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                _closedUntil.TryRemove(new(lane, until));
                continue;
            }
            // Those who waited together do not start together.
            await Task.Delay(left + TimeSpan.FromMilliseconds(Random.Shared.Next(50)), time, cancellation);
        }
    }
}
