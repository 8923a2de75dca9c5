namespace LastAccessedBot.Flows;

/// <summary>
/// Work that a later run makes superfluous, such as showing the state of something: for each key one run at a time, and of those that wait
/// only the latest runs. Whoever asked for one that a later run covers waits for that.
/// </summary>
/// <param name="apart">How long after one run ended the next of the same key starts at the earliest.</param>
public sealed class LatestOnly(TimeSpan apart, TimeProvider time)
{
    private const int MostIdle = 500;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = [];

    public Task RunAsync(string key, Func<CancellationToken, Task> work, CancellationToken cancellation) => RunAsync(key, work, yields: false, cancellation);

    /// <summary>The same for work that shows nothing newer: whatever waits already runs in its place.</summary>
    public Task RunIfNoneWaitsAsync(string key, Func<CancellationToken, Task> work, CancellationToken cancellation) => RunAsync(key, work, yields: true, cancellation);

    /// <summary>Somebody waits for a run of the key that did not begin yet: it will cover all that is so now.</summary>
    public bool IsAwaited(string key)
    {
        lock (_gate) return _lanes.TryGetValue(key, out var lane) && lane is { Waiting: not null, Users: > 0 };
    }

    private async Task RunAsync(string key, Func<CancellationToken, Task> work, bool yields, CancellationToken cancellation)
    {
        Lane lane;
        long mine;
        lock (_gate)
        {
            lane = LaneOf(key);
            lane.Users++;
            mine = ++lane.Asked;
            if (!yields || lane.Waiting is null) lane.Waiting = work;
        }
        try
        {
            await lane.Turn.WaitAsync(cancellation);
            try
            {
                if (lane.Done >= mine) return;
                if (lane.NextAt - time.GetUtcNow() is { Ticks: > 0 } left) await Task.Delay(left, time, cancellation);
                long running;
                Func<CancellationToken, Task> latest;
                lock (_gate)
                {
                    (running, latest) = (lane.Asked, lane.Waiting!);
                    lane.Waiting = null;
                }
                try
                {
                    await latest(cancellation);
                }
                catch
                {
                    // What failed still waits, for whoever waits with it.
                    lock (_gate) lane.Waiting ??= latest;
                    throw;
                }
                (lane.Done, lane.NextAt) = (running, time.GetUtcNow() + apart);
            }
            finally
            {
                lane.Turn.Release();
            }
        }
        finally
        {
            lock (_gate) lane.Users--;
        }
    }

    private Lane LaneOf(string key)
    {
        if (_lanes.TryGetValue(key, out var known)) return known;
        if (_lanes.Count >= MostIdle)
        {
            var now = time.GetUtcNow();
            foreach (var (idle, _) in _lanes.Where(pair => pair.Value.Users == 0 && pair.Value.NextAt <= now).ToArray()) _lanes.Remove(idle);
        }
        return _lanes[key] = new Lane();
    }

    private sealed class Lane
    {
        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>The latest work that nobody began; where somebody's turn comes who is not done, there is one.</summary>
        public Func<CancellationToken, Task>? Waiting { get; set; }

        public long Asked { get; set; }

        public long Done { get; set; }

        public DateTimeOffset NextAt { get; set; }

        public int Users { get; set; }
    }
}
