using LastAccessedBot.Core.Schedules;

namespace LastAccessedBot.Flows;

/// <summary>What somebody wants of the subscriptions of a conversation.</summary>
public abstract record SubscriptionOrder
{
    private SubscriptionOrder() { }

    /// <summary>Subscribes, or puts another schedule in the place of the one that is there.</summary>
    /// <param name="Kind">As in <see cref="Inquiry.Kind"/>.</param>
    /// <param name="Zone">null for the zone of the settings.</param>
    public sealed record Subscribe(string? Kind, string Name, Every Every, DayOfWeek Day, TimeOnly At, string? Zone, bool IsQuiet) : SubscriptionOrder
    {
        public DigestRule Rule(string usualZone) => new(Every, Day, At, Zone ?? usualZone);
    }

    public sealed record Unsubscribe(string? Kind, string Name) : SubscriptionOrder;

    /// <summary>Lists them.</summary>
    public sealed record List : SubscriptionOrder;
}
