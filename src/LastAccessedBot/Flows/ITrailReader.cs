using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Flows;

/// <summary>Asks CloudTrail what it recorded of an identity. Throws <see cref="AwsUnreachableException"/>; a refusal is within the answer, which is a second evidence.</summary>
public interface ITrailReader
{
    /// <summary>
    /// Everything since <paramref name="from"/>, but no further back than CloudTrail looks. <c>null</c> where the settings ask for no second evidence,
    /// and for whom CloudTrail cannot be asked: a role's events bear the names of its sessions.
    /// </summary>
    Task<Trail?> OfAsync(Identity identity, DateTimeOffset from, IProgress<ReportProgress>? progress, CancellationToken ct);
}
