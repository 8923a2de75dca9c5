using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>Draws a review's card anew from the store, for everyone who sees it.</summary>
public sealed class ShowReview(IReviews reviews, IProposals proposals, ChatSurfaces surfaces, IPeople people)
{
    public async Task RenewAsync(string reviewId, CancellationToken cancellation)
    {
        if (await reviews.FindAsync(reviewId, cancellation) is { Answer: not null } review)
            await surfaces.UpdateAsync(review.Message, await CardAsync(review, cancellation), cancellation);
    }

    private async Task<Card> CardAsync(ReviewRecord review, CancellationToken cancellation) => new ReviewCard(
        review.Answer!,
        await proposals.OfReviewAsync(review.Id, cancellation),
        (review.UsedBy ?? []).ToImmutableSortedDictionary(users => users.Service, users => users.Uses),
        review.Actions ?? [],
        people.NameOf).Build();
}
