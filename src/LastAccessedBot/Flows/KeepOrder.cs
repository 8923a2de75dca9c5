using LastAccessedBot.Core.Keeps;

namespace LastAccessedBot.Flows;

/// <summary>What somebody wants of what is kept.</summary>
public abstract record KeepOrder
{
    private KeepOrder() { }

    /// <param name="Kind">As in <see cref="Inquiry.Kind"/>.</param>
    /// <param name="Reason">Empty for a snooze.</param>
    public sealed record Keep(string? Kind, string Name, KeepScope Scope, int Days, string Reason) : KeepOrder;

    /// <summary>Tells what is kept.</summary>
    public sealed record List : KeepOrder;

    /// <summary>Lets it be suggested again.</summary>
    public sealed record Revoke(string Id) : KeepOrder;
}
