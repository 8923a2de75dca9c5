using LastAccessedBot.Core.Approvals;

namespace LastAccessedBot.Flows;

/// <summary>Closes proposals that nobody decided in time and those that were kept long enough, and takes up work that a process left behind.</summary>
public sealed class Sweep(IProposals proposals, IReviews reviews, IBackgroundWork work, IDeliveries deliveries, IOpenHomes homes, ShowReview show, TimeProvider time)
{
    public async Task ExpireAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await deliveries.ForgetAsync(now - Deliver.Remembered, cancellation);
        await homes.ForgetAsync(now - Homes.StaysOpen, cancellation);
        foreach (var proposal in (await proposals.InAsync([ProposalState.Proposed, ProposalState.Kept], cancellation)).Where(proposal => proposal.IsOver(now)))
        {
            if (!await proposals.ExpireAsync(proposal, now, cancellation)) continue;
            await show.RenewAsync(proposal.ReviewId, cancellation);
            await reviews.ShownAsync(proposal.ReviewId, cancellation);
        }
    }

    /// <summary>Takes up what was acknowledged and not obeyed: by this host before it was started anew, or by one that is gone.</summary>
    public async Task TakeUpDeliveriesAsync(CancellationToken cancellation)
    {
        foreach (var (surface, key) in await deliveries.OpenAsync(time.GetUtcNow(), cancellation)) work.Deliver(surface, key);
    }

    /// <summary>Every job is safe to repeat, so that what may be under way is simply asked for again.</summary>
    public async Task TakeUpAsync(CancellationToken cancellation)
    {
        await TakeUpDeliveriesAsync(cancellation);
        foreach (var review in await reviews.WaitingAsync(cancellation)) work.Review(review);
        foreach (var review in await reviews.NotShownAsync(cancellation)) work.Refresh(review);
        foreach (var proposal in await proposals.InAsync([ProposalState.Approved, ProposalState.Applying, ProposalState.Undoing], cancellation))
        {
            if (proposal.State == ProposalState.Undoing) work.Undo(proposal.Id);
            else work.Apply(proposal.Id);
        }
    }
}
