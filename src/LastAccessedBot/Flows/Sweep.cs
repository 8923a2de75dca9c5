using LastAccessedBot.Core.Approvals;

namespace LastAccessedBot.Flows;

/// <summary>Closes proposals that nobody decided in time, and takes up work that a process left behind.</summary>
public sealed class Sweep(IProposals proposals, IReviews reviews, IBackgroundWork work, IDeliveries deliveries, IOpenHomes homes, ShowReview show, TimeProvider time)
{
    public async Task ExpireAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await deliveries.ForgetAsync(now - Deliver.Remembered, cancellation);
        await homes.ForgetAsync(now - Homes.StaysOpen, cancellation);
        foreach (var proposal in (await proposals.InAsync([ProposalState.Proposed], cancellation)).Where(proposal => now >= proposal.ExpiresAt))
        {
            var expired = proposal with { State = ProposalState.Expired, Revision = proposal.Revision + 1, EndedAt = now };
            var entry = new AuditEntry(now, "bot", "expired", proposal.ReviewId, proposal.Id, proposal.Subject.Words, proposal.Trim.Title.InBackticks());
            if (!await proposals.MoveAsync(proposal, expired, entry, cancellation)) continue;
            await show.RenewAsync(proposal.ReviewId, cancellation);
            await reviews.ShownAsync(proposal.ReviewId, cancellation);
        }
    }

    /// <summary>Every job is safe to repeat, so that what may be under way is simply asked for again.</summary>
    public async Task TakeUpAsync(CancellationToken cancellation)
    {
        foreach (var (surface, key) in await deliveries.OpenAsync(cancellation)) work.Deliver(surface, key);
        foreach (var review in await reviews.WaitingAsync(cancellation)) work.Review(review);
        foreach (var review in await reviews.NotShownAsync(cancellation)) work.Refresh(review);
        foreach (var proposal in await proposals.InAsync([ProposalState.Approved, ProposalState.Applying, ProposalState.Undoing], cancellation))
        {
            if (proposal.State == ProposalState.Undoing) work.Undo(proposal.Id);
            else work.Apply(proposal.Id);
        }
    }
}
