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
    /// <summary>Stores a new delivery; false when its key is known.</summary>
    Task<bool> TakeAsync(Delivery delivery, CancellationToken cancellation);

    /// <summary>A delivery that is not done; null for a done or unknown one.</summary>
    Task<Delivery?> FindOpenAsync(string surface, string key, CancellationToken cancellation);

    Task DoneAsync(string surface, string key, CancellationToken cancellation);

    Task<ImmutableArray<(string Surface, string Key)>> OpenAsync(CancellationToken cancellation);

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
public sealed class Deliver(IDeliveries deliveries, IEnumerable<IHandleDeliveries> handlers)
{
    /// <summary>Longer than any platform repeats.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public async Task RunAsync(string surface, string key, CancellationToken cancellation)
    {
        if (await deliveries.FindOpenAsync(surface, key, cancellation) is not { } delivery) return;
        // A surface whose settings were taken away has nobody left to answer to.
        if (handlers.FirstOrDefault(one => one.Surface == surface) is { } handler) await handler.HandleAsync(delivery, cancellation);
        await deliveries.DoneAsync(surface, key, cancellation);
    }
}
