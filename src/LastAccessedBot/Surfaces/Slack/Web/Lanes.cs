using System.Collections.Concurrent;

namespace LastAccessedBot.Surfaces.Slack.Web;

/// <summary>Where Slack asked for patience: one lane per method, workspace and channel, so that a busy channel holds up no other.</summary>
internal sealed class Lanes(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Method, string Team, string Channel), DateTimeOffset> _closedUntil = new();

    public void Close((string Method, string Team, string Channel) lane, TimeSpan pause)
    {
        var until = time.GetUtcNow() + pause;
        _closedUntil.AddOrUpdate(lane, until, (_, known) => known > until ? known : until);
    }

    /// <summary>Waits until the lane is open.</summary>
    public async Task WaitAsync((string Method, string Team, string Channel) lane, CancellationToken cancellation)
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
