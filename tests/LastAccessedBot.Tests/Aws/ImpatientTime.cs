namespace LastAccessedBot.Tests.Aws;

/// <summary>A clock on which every wait is over at once, and has passed.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    private TimeSpan passed;

    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => passed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        passed += dueTime;
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
