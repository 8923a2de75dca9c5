using System.Collections.Immutable;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.Faults;

/// <summary>The faults in force. Counted faults count themselves down.</summary>
public sealed class SandboxFaults(TimeProvider time)
{
    // Seeded, so that a failing run fails again.
    private readonly Random random = new(20101108);
    private readonly Lock gate = new();
    private FaultSettings settings = FaultSettings.None;
    private double tokens;
    private DateTimeOffset refilled;

    /// <summary>
    /// Awaited when a call arrives and once more when it was carried out, outside of the account's lock: a test can hold a call, look
    /// around, change the faults, or throw <see cref="CallDroppedException"/>.
    /// </summary>
    public Func<WatchedCall, Task>? Watcher { get; set; }

    public FaultSettings Settings
    {
        get
        {
            lock (gate)
                return settings;
        }
    }

    public void Change(Func<FaultSettings, FaultSettings> change)
    {
        lock (gate)
        {
            settings = change(settings);
            tokens = Math.Max(1, settings.CallsPerSecond ?? 0);
            refilled = time.GetUtcNow();
        }
    }

    public void Clear() => Change(_ => FaultSettings.None);

    /// <summary>Throws the fault that stands in the call's way, before anything is done.</summary>
    internal void Strike(WireCall call, Caller caller)
    {
        var operation = call.Action;
        lock (gate)
        {
            if (settings.AccessDenied.Contains(operation))
            {
                throw AwsException.AccessDenied(
                    $"User: {caller.Arn} is not authorized to perform: {operation} on resource: {call.ResourceIn(caller.AccountId)} because no identity-based policy allows the {operation} action");
            }

            if (Take(settings.ThrottleNext, operation, (all, rest) => all with { ThrottleNext = rest }) || !TakeToken())
                throw new AwsException("Throttling", 400, "Rate exceeded");
            if (Take(settings.NotFoundNext, operation, (all, rest) => all with { NotFoundNext = rest })) throw AwsException.NoSuchEntity("What the request names does not exist (yet).");
            if (Take(settings.FailNext, operation, (all, rest) => all with { FailNext = rest })
                || (settings.ServiceFailureProbability > 0 && random.NextDouble() < settings.ServiceFailureProbability))
                throw new AwsException("ServiceFailure", 500, "The request processing has failed because of an unknown error, exception or failure.");
        }
    }

    /// <summary>Whether this call's answer gets lost on the way back.</summary>
    internal bool LosesResponse(string operation)
    {
        lock (gate)
            return Take(settings.LoseNextResponse, operation, (all, rest) => all with { LoseNextResponse = rest });
    }

    private bool Take(
        ImmutableDictionary<string, int> counts,
        string operation,
        Func<FaultSettings, ImmutableDictionary<string, int>, FaultSettings> keep)
    {
        if (counts.GetValueOrDefault(operation) <= 0)
            return false;
        settings = keep(settings, counts.SetItem(operation, counts[operation] - 1));
        return true;
    }

    private bool TakeToken()
    {
        if (settings.CallsPerSecond is not { } rate)
            return true;
        var now = time.GetUtcNow();
        tokens = Math.Min(Math.Max(1, rate), tokens + ((now - refilled).TotalSeconds * rate));
        refilled = now;
        if (tokens < 1)
            return false;
        tokens--;
        return true;
    }
}
