using System.Collections.Immutable;
using LastAccessedBot.Core.Audit;

namespace LastAccessedBot.Flows;

/// <summary>The bot's place in one tenant of a chat platform, with the secrets that it speaks there with.</summary>
/// <param name="Surface">The platform, as in <see cref="Conversation.Surface"/>.</param>
/// <param name="Tenant">The platform's own id of the workspace; at most 100 characters.</param>
/// <param name="Version">Another one after every write, and never one that was: who saw the same saw the same secrets.</param>
/// <param name="Sealed">The secrets, encrypted by the surface: the store never sees them open.</param>
/// <param name="InstalledAt">When a person consented last; a renewal of the secrets leaves it.</param>
public sealed record Installation(string Surface, string Tenant, string Version, string Sealed, DateTimeOffset InstalledAt)
{
    public static string NewVersion() => Guid.NewGuid().ToString("N");
}

/// <summary>Where the bot was installed by consent. Coming and going carry their audit entries; the secrets of what is gone are gone.</summary>
public interface IInstallations
{
    /// <summary>null where the bot is not installed.</summary>
    Task<Installation?> FindAsync(string surface, string tenant, CancellationToken cancellation);

    /// <summary>Those of one platform, by their tenants.</summary>
    Task<ImmutableArray<Installation>> AllAsync(string surface, CancellationToken cancellation);

    /// <summary>Stores an installation; it takes the place of the tenant's former one, for a person's consent is newer than all that is known.</summary>
    Task AddAsync(Installation installation, AuditEntry entry, CancellationToken cancellation);

    /// <summary>Takes the turn to renew the secrets that were seen; false when somebody has it, or renewed or removed them.</summary>
    /// <param name="until">When the turn ends by itself, should its holder have died.</param>
    Task<bool> LeaseAsync(Installation seen, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Gives back the turn that was taken until then.</summary>
    Task ReleaseAsync(Installation seen, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Writes renewed secrets, and ends the turn, where the stored ones are still those that were seen; false where they are not.</summary>
    Task<bool> RenewAsync(Installation seen, Installation renewed, CancellationToken cancellation);

    /// <summary>Removes what was seen; false when somebody renewed, replaced or removed it.</summary>
    Task<bool> RemoveAsync(Installation seen, AuditEntry entry, CancellationToken cancellation);
}

/// <summary>Secrets that go out once and come back once, within their time. Only their hashes are kept.</summary>
public interface IOneTimeSecrets
{
    Task GiveAsync(string purpose, string secret, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Uses a secret up; false for one that was never given, was used, or is too old.</summary>
    Task<bool> TakeAsync(string purpose, string secret, DateTimeOffset now, CancellationToken cancellation);
}
