using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Digests;

namespace LastAccessedBot.Flows;

/// <summary>Draws digests anew from the store, as their proposals are decided. Of each target only the newest digest of a conversation has buttons.</summary>
public sealed class ShowDigest(IDigests digests, ISubscriptions subscriptions, IProposals proposals, ChatSurfaces surfaces, ITurns turns, IPeople people, TimeProvider time)
{
    private readonly LatestOnly _latest = new(TimeSpan.Zero, time);

    public async Task<Card> DrawAsync(DigestRecord digest, CancellationToken cancellation)
    {
        var content = digest.Content!;
        var newest = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in content.Targets)
            // While it is on its way, nothing newer is.
            if (digest.State != DigestState.Sent || (await subscriptions.FindAsync(target.SubscriptionId, cancellation))?.DigestId == digest.Id) newest.Add(target.SubscriptionId);
        var ofReview = new Dictionary<string, System.Collections.Immutable.ImmutableArray<Proposal>>(StringComparer.Ordinal);
        foreach (var review in content.Targets.Select(target => target.ReviewId).OfType<string>().Distinct()) ofReview[review] = await proposals.OfReviewAsync(review, cancellation);
        var known = ofReview.Values.SelectMany(all => all).ToDictionary(proposal => proposal.Id, StringComparer.Ordinal);
        foreach (var id in content.Targets.SelectMany(target => target.Decided).Where(id => !known.ContainsKey(id)).Distinct().ToArray())
            if (await proposals.FindAsync(id, cancellation) is { } proposal) known[id] = proposal;
        return new DigestCard(content, review => ofReview[review], id => known.GetValueOrDefault(id), target => newest.Contains(target.SubscriptionId), people.NameOf).Build();
    }

    /// <summary>Something changed in a review.</summary>
    public async Task RenewAsync(string reviewId, CancellationToken cancellation) =>
        await Task.WhenAll((await digests.ShowingAsync(reviewId, cancellation)).Select(digest => RenewOneAsync(digest.Id, cancellation)));

    public Task RenewOneAsync(string digestId, CancellationToken cancellation) => _latest.RunAsync(digestId, async token =>
    {
        await using var turn = await turns.TakeAsync(Turn.Digest(digestId), token);
        if (await digests.FindAsync(digestId, token) is { State: DigestState.Sent, Message: { } message } digest && surfaces.Reaches(message.Conversation))
            await surfaces.UpdateAsync(message, await DrawAsync(digest, token), token);
    }, cancellation);

    /// <summary>Whether a message is a digest whose proposals of the review may be decided on it.</summary>
    public async Task<bool> StandsOnAsync(PostedMessage message, string reviewId, CancellationToken cancellation) => (await digests.ShowingAsync(reviewId, cancellation)).Any(digest => digest.Message == message);
}
