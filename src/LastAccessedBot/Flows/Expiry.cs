using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;

namespace LastAccessedBot.Flows;

/// <summary>Writes down that a proposal's time ran out: nobody decided about it, or what kept it is over.</summary>
internal static class Expiry
{
    /// <returns>false when somebody was faster.</returns>
    public static Task<bool> ExpireAsync(this IProposals proposals, Proposal proposal, DateTimeOffset now, CancellationToken cancellation)
    {
        var (what, detail) = proposal.Keeping is { } keeping ? ("keep-ended", keeping.Detail(proposal.Trim.Title)) : ("expired", proposal.Trim.Title.InBackticks());
        return proposals.MoveAsync(
            proposal, proposal with { State = ProposalState.Expired, Revision = proposal.Revision + 1, EndedAt = now },
            new AuditEntry(now, "bot", what, proposal.ReviewId, proposal.Id, proposal.Subject.Words, detail), cancellation);
    }
}
