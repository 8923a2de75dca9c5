using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Flows;

/// <summary>Asks CloudTrail what it recorded of an identity. Throws <see cref="AwsUnreachableException"/>; a refusal is within the answer, which is a second evidence.</summary>
public interface ITrailReader
{
    /// <summary>
    /// Everything since <paramref name="from"/>, but no further back than CloudTrail looks. <c>null</c> where the settings ask for no second evidence,
    /// and for whom CloudTrail cannot be asked: a role's events bear the names of its sessions.
    /// </summary>
    Task<Trail?> OfAsync(Identity identity, DateTimeOffset from, IProgress<ReportProgress>? progress, CancellationToken ct);

    /// <summary>
    /// What the users and roles were denied of the services since a moment, whatever the settings say of second evidence. Of users it is looked up by
    /// their names, or by the services where those are fewer; of roles always by the services, for their events bear the names of their sessions.
    /// </summary>
    /// <param name="accountId">Of the users and roles: others of the same name may have acted here, too.</param>
    Task<DeniedAttempts> DeniedAsync(string accountId, IReadOnlyCollection<IdentityRef> who, IReadOnlyCollection<ServiceNamespace> services, DateTimeOffset since, CancellationToken ct);
}

/// <param name="Problem">Why there may be more, as a clause with names in backticks; null where this is all.</param>
public sealed record DeniedAttempts(ImmutableArray<(IdentityRef Who, TrailEvent Event)> Attempts, string? Problem);
