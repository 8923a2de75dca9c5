namespace LastAccessedBot.Aws;

/// <summary>
/// When a report job is worth asking for. AWS says of each job when it began and when it was done, so that the last ones tell how long the next
/// will take, however late they were asked for. Slower than most: asking once too early costs a call, and a little too late costs nothing.
/// </summary>
internal sealed class ReportPace
{
    private const int Remembered = 100;
    private const double Share = 0.95;

    /// <summary>Before the first one is done; jobs normally take seconds.</summary>
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<TimeSpan> took = new(Remembered);

    public TimeSpan FirstWait
    {
        get
        {
            lock (gate)
            {
                if (took.Count == 0) return s_usual;
                var known = took.Order().ElementAt((int)(Share * (took.Count - 1)));
                var wait = (known * 1.1) + TimeSpan.FromMilliseconds(50);
                return wait < JobPolling.FirstWait ? JobPolling.FirstWait : wait > s_longest ? s_longest : wait;
            }
        }
    }

    public void Took(TimeSpan time)
    {
        lock (gate)
        {
            if (took.Count == Remembered) took.Dequeue();
            took.Enqueue(time);
        }
    }
}
