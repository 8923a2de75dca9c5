using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Watching;

namespace LastAccessedBot.Flows;

/// <summary>
/// Asks in the conversations that know of a trim whether to restore what somebody misses, once each, and keeps the question up to date. A host that dies
/// between posting and noting it asks again at the next look: a question too many is better than one too few.
/// </summary>
public sealed class ShowAlerts(IWatches watches, IProposals proposals, IReviews reviews, IDigests digests, ChatSurfaces surfaces, IPeople people)
{
    public async Task AskAsync(Proposal proposal, Watch watch, CancellationToken cancellation)
    {
        if (await reviews.FindAsync(proposal.ReviewId, cancellation) is not { } review) return;
        var card = AlertCard.Of(proposal, people.NameOf);
        var asked = ImmutableArray.CreateBuilder<PostedMessage>();
        foreach (var message in await BesideAsync(review, cancellation)) asked.Add(await surfaces.ReplyAsync(message, card, cancellation));
        await watches.WriteAsync(watch, watch with { Alerts = asked.ToImmutable(), Revision = watch.Revision + 1 }, cancellation);
    }

    /// <summary>Something changed in a review.</summary>
    public async Task RenewAsync(string reviewId, CancellationToken cancellation)
    {
        foreach (var watch in await watches.AlertedAsync(reviewId, cancellation))
        {
            if (await proposals.FindAsync(watch.ProposalId, cancellation) is not { Aftermath: not null } proposal) continue;
            var card = AlertCard.Of(proposal, people.NameOf);
            await Task.WhenAll(watch.Alerts.Where(message => surfaces.Reaches(message.Conversation)).Select(message => surfaces.UpdateAsync(message, card, cancellation)));
        }
    }

    /// <summary>Whether a message asks about the proposal.</summary>
    public async Task<bool> StandsOnAsync(PostedMessage message, string proposalId, CancellationToken cancellation) =>
        await watches.FindAsync(proposalId, cancellation) is { } watch && watch.Alerts.Contains(message);

    // One message for each conversation: the review's card, else the digest that shows it; where there is neither, whatever it was asked by.
    private async Task<ImmutableArray<PostedMessage>> BesideAsync(ReviewRecord review, CancellationToken cancellation)
    {
        var showing = (await digests.ShowingAsync(review.Id, cancellation)).Select(digest => digest.Message).OfType<PostedMessage>();
        ImmutableArray<PostedMessage> beside = [.. review.Cards.Concat(showing).DistinctBy(message => message.Conversation).Where(message => surfaces.Reaches(message.Conversation))];
        return beside.IsEmpty && surfaces.Reaches(review.Message.Conversation) ? [review.Message] : beside;
    }
}
