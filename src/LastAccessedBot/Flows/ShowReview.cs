using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>Draws a review's card anew from the store, for everyone who sees it. One at a time: an older reading never covers a newer one.</summary>
public sealed class ShowReview(IReviews reviews, IProposals proposals, ChatSurfaces surfaces, IPeople people) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task RenewAsync(string reviewId, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (await reviews.FindAsync(reviewId, cancellation) is not { } review) return;
            if (review.Answer is not null) await surfaces.UpdateAsync(review.Message, await CardAsync(review, cancellation), cancellation);
            else if (review.Ranking is not null) await surfaces.UpdateAsync(review.Message, RankingCard.Page(review, 1), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Card> CardAsync(ReviewRecord review, CancellationToken cancellation) => new ReviewCard(
        review.Answer!,
        await proposals.OfReviewAsync(review.Id, cancellation),
        (review.UsedBy ?? []).ToImmutableSortedDictionary(users => users.Service, users => users.Uses),
        review.Actions ?? [],
        people.NameOf).Build();
}
