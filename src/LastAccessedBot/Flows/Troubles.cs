using System.Collections.Immutable;

namespace LastAccessedBot.Flows;

/// <summary>An operation that was refused as one too many.</summary>
/// <param name="By"><see cref="Troubles.Aws"/>, or the chat platform as in <see cref="Conversation.Surface"/>.</param>
/// <param name="Times">Since this host started.</param>
public sealed record Throttle(string By, string Operation, int Times, DateTimeOffset LastAt);

/// <summary>An operation that AWS does not let the bot do, and has not let since.</summary>
public sealed record Denial(AwsRefusedException Refused, DateTimeOffset At);

/// <summary>AWS's clock when it was heard of last.</summary>
/// <param name="Ahead">How far the bot's own clock is behind AWS's; negative where it is ahead. Exact to a second, and to the time that an answer takes.</param>
public sealed record ClockReading(TimeSpan Ahead, DateTimeOffset At);

/// <summary>
/// What this host met: throttles, what AWS refused it, how AWS's clock stands to its own. In memory, by operation: a restart forgets it, and another
/// host has met other things.
/// </summary>
public sealed class Troubles(TimeProvider time)
{
    public const string Aws = "aws";

    private readonly Lock _gate = new();
    private readonly Dictionary<(string By, string Operation), Throttle> _throttles = [];
    private readonly Dictionary<string, Denial> _denials = new(StringComparer.Ordinal);
    private ClockReading? _clock;

    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>null before AWS's first answer.</summary>
    public ClockReading? Clock
    {
        get
        {
            lock (_gate) return _clock;
        }
    }

    /// <summary>By operation.</summary>
    public ImmutableArray<Denial> Denials
    {
        get
        {
            lock (_gate) return [.. _denials.Values.OrderBy(denial => denial.Refused.Operation, StringComparer.Ordinal)];
        }
    }

    /// <summary>The latest first.</summary>
    public ImmutableArray<Throttle> ThrottlesBy(string by)
    {
        lock (_gate) return [.. _throttles.Values.Where(throttle => throttle.By == by).OrderByDescending(throttle => throttle.LastAt)];
    }

    /// <param name="operation">As in <see cref="Measures"/>.</param>
    public void Throttled(string by, string operation)
    {
        var now = time.GetUtcNow();
        lock (_gate) _throttles[(by, operation)] = new Throttle(by, operation, _throttles.GetValueOrDefault((by, operation))?.Times + 1 ?? 1, now);
    }

    /// <summary>AWS did what it was asked: what it may have denied before, it allows now.</summary>
    public void Allowed(string operation)
    {
        lock (_gate) _denials.Remove(operation);
    }

    public void Denied(AwsRefusedException refused)
    {
        var now = time.GetUtcNow();
        lock (_gate) _denials[refused.Operation] = new Denial(refused, now);
    }

    /// <summary>AWS dated an answer that came just now.</summary>
    public void Dated(DateTimeOffset date)
    {
        var now = time.GetUtcNow();
        lock (_gate) _clock = new ClockReading(date - now, now);
    }

    /// <summary>The diagnosis of the throttles of somebody.</summary>
    /// <param name="name">For showing.</param>
    public Diagnosis OfThrottles(CheckupArea area, string by, string name)
    {
        const string What = "Throttles";
        var (all, now) = (ThrottlesBy(by), time.GetUtcNow());
        if (all is not [var last, ..]) return Diagnosis.Good(area, What, $"{name} throttled nothing since this host started at {Since:yyyy-MM-dd HH:mm} UTC.");
        var operations = string.Join(", ", all.Take(5).Select(one => $"`{one.Operation}` {(one.Times == 1 ? "once" : $"{one.Times} times")}, last at {one.LastAt:yyyy-MM-dd HH:mm:ss} UTC"));
        // Throttled calls are made again: they cost time, and are no fault of themselves.
        return new Diagnosis(area, What, now - last.LastAt < TimeSpan.FromHours(1) ? Core.Cards.Tone.Caution : Core.Cards.Tone.Good,
            $"Since this host started, {name} throttled {operations}{(all.Length > 5 ? $", and {all.Length - 5} operations more" : "")}. Such calls are made again, slower.");
    }
}
