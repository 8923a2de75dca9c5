using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>Draws a review's card anew from the store, for everyone who sees it, with the digests that show it and the questions about it, and lets the open Homes follow. An older reading never covers a newer one.</summary>
public sealed class ShowReview(IReviews reviews, IProposals proposals, ChatSurfaces surfaces, Homes homes, ShowDigest digests, ShowAlerts alerts, ITurns turns, IPeople people, TimeProvider time)
{
    private readonly LatestOnly _latest = new(TimeSpan.Zero, time);

    public Task RenewAsync(string reviewId, CancellationToken cancellation)
    {
        // Before the cards: they may have to wait for their platforms.
        homes.Renew();
        return Task.WhenAll(CardsAsync(reviewId, cancellation), digests.RenewAsync(reviewId, cancellation), alerts.RenewAsync(reviewId, cancellation));
    }

    /// <summary>The same for somebody who need not wait for it where it is about to be done anyway: hundreds may press a button that is gone.</summary>
    public Task RenewUnlessAwaitedAsync(string reviewId, CancellationToken cancellation) => _latest.IsAwaited(reviewId) ? Task.CompletedTask : RenewAsync(reviewId, cancellation);

    private Task CardsAsync(string reviewId, CancellationToken cancellation) => _latest.RunAsync(reviewId, async token =>
    {
        await using var turn = await turns.TakeAsync(Turn.Card(reviewId), token);
        if (await reviews.FindAsync(reviewId, token) is not { } review) return;
        var card = review.Answer is not null ? await CardAsync(review, token) : AnswerPages.Of(review, 1);
        if (card is not null) await Task.WhenAll(review.Cards.Where(message => surfaces.Reaches(message.Conversation)).Select(message => surfaces.UpdateAsync(message, card, token)));
    }, cancellation);

    private async Task<Card> CardAsync(ReviewRecord review, CancellationToken cancellation) => new ReviewCard(
        review.Answer!,
        await proposals.OfReviewAsync(review.Id, cancellation),
        (review.UsedBy ?? []).ToImmutableSortedDictionary(users => users.Service, users => users.Uses),
        review.Actions ?? [],
        people.NameOf).Build();
}
