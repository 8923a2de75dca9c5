using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;

namespace LastAccessedBot.Flows;

/// <summary>An applied trim that is watched. What was seen stands in the proposal.</summary>
/// <param name="Next">When to look again.</param>
/// <param name="Revision">Rises with every write; a write names the revision that it saw.</param>
/// <param name="Alerts">Where somebody was asked whether to restore; nothing before anybody was denied.</param>
public sealed record Watch(string ProposalId, string ReviewId, DateTimeOffset Next, int Revision, ImmutableArray<PostedMessage> Alerts);

/// <summary>The watch after trims.</summary>
public interface IWatches
{
    Task<Watch?> FindAsync(string proposalId, CancellationToken cancellation);

    /// <summary>Those of a review's trims in whose name somebody was asked.</summary>
    Task<ImmutableArray<Watch>> AlertedAsync(string reviewId, CancellationToken cancellation);

    /// <summary>Applied trims that are to be looked after now, the longest overdue first; those that nobody looked after yet are without a watch.</summary>
    /// <param name="since">Trims from before are not watched any more.</param>
    /// <param name="first">Trims from later are not looked after for the first time yet.</param>
    Task<ImmutableArray<(Proposal Proposal, Watch? Watch)>> DueAsync(DateTimeOffset since, DateTimeOffset first, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Writes a watch where the stored revision is still that of <paramref name="from"/>, or where there is none; false when another host was faster.</summary>
    Task<bool> WriteAsync(Watch? from, Watch to, CancellationToken cancellation);
}
