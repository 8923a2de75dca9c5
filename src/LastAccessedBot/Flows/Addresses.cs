namespace LastAccessedBot.Flows;

/// <summary>What a platform's ids alone do not say: how the bot reaches a conversation or a person there.</summary>
/// <param name="Surface">The platform, as in <see cref="Conversation.Surface"/>.</param>
/// <param name="Id">The id of the conversation or the person, as flows write it; at most 600 characters.</param>
/// <param name="Content">The surface's own record, as JSON.</param>
/// <param name="SeenAt">When the platform told of it last.</param>
public sealed record Address(string Surface, string Id, string Content, DateTimeOffset SeenAt);

/// <summary>Addresses survive a restart: without one, the bot could speak to nobody before they spoke to it.</summary>
public interface IAddresses
{
    /// <summary>Stores an address; an older one of the same id goes.</summary>
    Task SaveAsync(Address address, CancellationToken cancellation);

    /// <summary>null for what was never seen.</summary>
    Task<Address?> FindAsync(string surface, string id, CancellationToken cancellation);
}
