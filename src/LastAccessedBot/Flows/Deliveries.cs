using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace LastAccessedBot.Flows;

/// <summary>What a chat platform delivered, known to come from it, and not yet obeyed.</summary>
/// <param name="Surface">The platform, as in <see cref="Conversation.Surface"/>.</param>
/// <param name="Key">What the platform's repetitions of the same delivery keep the same; at most 200 characters.</param>
/// <param name="Kind">The platform's own word for the sort of payload.</param>
public sealed record Delivery(string Surface, string Key, string Kind, string Payload, DateTimeOffset At);

/// <summary>
/// Deliveries, stored before they are acknowledged: what was acknowledged is obeyed even if the process dies, and what comes again is
/// obeyed once. Payloads are forgotten with the work, keys only when no platform repeats any more.
/// </summary>
public interface IDeliveries
{
    /// <summary>How long a delivery waits for the host that acknowledged it, before another may obey it.</summary>
    static TimeSpan Waits { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Stores a new delivery, for this host to obey for as long as <see cref="Waits"/>; false when its key is known.</summary>
    Task<bool> TakeAsync(Delivery delivery, CancellationToken cancellation);

    /// <summary>A delivery that is not done, for this host alone to obey until then; null for a done or unknown one, and for one that is another host's.</summary>
    Task<Delivery?> ClaimAsync(string surface, string key, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation);

    Task DoneAsync(string surface, string key, CancellationToken cancellation);

    /// <summary>Those that are not done, and no other host's: what a host that starts has to obey.</summary>
    Task<ImmutableArray<(string Surface, string Key)>> OpenAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Those that came since the moment, are not done, and that no host has in hand, this one neither.</summary>
    Task<ImmutableArray<(string Surface, string Key)>> AbandonedAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Forgets done deliveries from before the moment.</summary>
    Task ForgetAsync(DateTimeOffset before, CancellationToken cancellation);
}

/// <summary>Obeys the deliveries of one platform.</summary>
public interface IHandleDeliveries
{
    string Surface { get; }

    /// <summary>May be called again for a delivery that a dying process had begun.</summary>
    Task HandleAsync(Delivery delivery, CancellationToken cancellation);
}

/// <summary>The job behind an acknowledged delivery.</summary>
public sealed class Deliver(IDeliveries deliveries, IEnumerable<IHandleDeliveries> handlers, TimeProvider time)
{
    /// <summary>Longer than a platform makes anybody wait: who takes longer may find another host at the same work.</summary>
    public static readonly TimeSpan Takes = TimeSpan.FromMinutes(2);

    /// <summary>Longer than any platform repeats.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    // What waits long is taken up again, and may come twice to the host that has it already.
    private readonly ConcurrentDictionary<(string Surface, string Key), bool> _inHand = new();

    public async Task RunAsync(string surface, string key, CancellationToken cancellation)
    {
        if (!_inHand.TryAdd((surface, key), true)) return;
        try
        {
            await ObeyAsync(surface, key, cancellation);
        }
        finally
        {
            _inHand.TryRemove((surface, key), out _);
        }
    }

    private async Task ObeyAsync(string surface, string key, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await deliveries.ClaimAsync(surface, key, now, now + Takes, cancellation) is not { } delivery) return;
        // A surface whose settings were taken away has nobody left to answer to.
        if (handlers.FirstOrDefault(one => one.Surface == surface) is { } handler) await handler.HandleAsync(delivery, cancellation);
        await deliveries.DoneAsync(surface, key, cancellation);
    }
}
