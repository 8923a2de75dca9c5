using LastAccessedBot.Core.Approvals;

namespace LastAccessedBot.Flows;

/// <summary>Closes proposals that nobody decided in time and those that were kept long enough, and takes up work that a process left behind.</summary>
public sealed class Upkeep(IProposals proposals, IReviews reviews, ISweeps sweeps, IBackgroundWork work, IDeliveries deliveries, IOpenHomes homes, ShowReview show, TimeProvider time)
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

    /// <summary>Takes up what a host that is gone had acknowledged. What this one has in hand, and tries again with growing patience, is left to it; what nobody could obey in a day is left to the next start.</summary>
    public async Task TakeUpAbandonedAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var (surface, key) in await deliveries.AbandonedAsync(now - Deliver.Remembered, now, cancellation)) work.Deliver(surface, key);
        foreach (var sweep in await sweeps.FreeAsync(now, cancellation)) work.Sweep(sweep);
    }

    /// <summary>Every job is safe to repeat, so that what may be under way is simply asked for again.</summary>
    public async Task TakeUpAsync(CancellationToken cancellation)
    {
        foreach (var (surface, key) in await deliveries.OpenAsync(time.GetUtcNow(), cancellation)) work.Deliver(surface, key);
        foreach (var review in await reviews.WaitingAsync(cancellation)) work.Review(review);
        foreach (var review in await reviews.NotShownAsync(cancellation)) work.Refresh(review);
        foreach (var sweep in (await sweeps.FreeAsync(time.GetUtcNow(), cancellation)).Concat(await sweeps.NotShownAsync(cancellation))) work.Sweep(sweep);
        foreach (var proposal in await proposals.InAsync([ProposalState.Approved, ProposalState.Applying, ProposalState.Undoing], cancellation))
        {
            if (proposal.State == ProposalState.Undoing) work.Undo(proposal.Id);
            else work.Apply(proposal.Id);
        }
    }
}
