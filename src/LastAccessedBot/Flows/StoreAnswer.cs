using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>
/// Stores what a review found. Where an earlier review of the same subject and window still has something to decide, the two become one:
/// one set of proposals, and a card in every conversation that asked, so that a decision shows on all of them. In a conversation that has
/// the card already, it moves down to where it was asked for again.
/// </summary>
public sealed class StoreAnswer(IReviews reviews, FollowUps followUps, Reconcile reconcile, ShowReview show, ChatSurfaces surfaces, ITurns turns, TimeProvider time)
{
    /// <param name="answered">Not stored yet.</param>
    public async Task RunAsync(ReviewRecord answered, CancellationToken cancellation)
    {
        var answer = answered.Answer!;
        string holder;
        await using (await turns.TakeAsync(Turn.Answers, cancellation))
        {
            if ((await reviews.StandingAsync(answer.Subject, answer.Window, answered.Asked.Question, cancellation)).FirstOrDefault(one => one.Id != answered.Id) is { } standing)
            {
                var renewed = standing with { Answer = answer, UsedBy = answered.UsedBy, Actions = answered.Actions };
                await reconcile.StoreAsync(renewed, await followUps.OfAsync(standing, answer, cancellation), answered.By, cancellation);
                await JoinAsync(answered, standing, cancellation);
                holder = standing.Id;
            }
            else
            {
                await reconcile.StoreAsync(answered, [], answered.By, cancellation);
                holder = answered.Id;
            }
        }
        await show.RenewAsync(holder, cancellation);
        await reviews.ShownAsync(holder, cancellation);
    }

    private async Task JoinAsync(ReviewRecord answered, ReviewRecord standing, CancellationToken cancellation)
    {
        var entry = new AuditEntry(time.GetUtcNow(), answered.By, "joined", answered.Id, null, answered.Answer!.Subject.Words, $"shares the proposals of review `{standing.Id}`");
        // Before the store: a kill in between answers again, and no card is left with buttons that the store does not know.
        foreach (var moved in standing.Cards.Where(card => card.Conversation == answered.Message.Conversation && card != answered.Message))
            await surfaces.UpdateAsync(moved, ReviewCards.Moved(answered.Answer!.Subject), cancellation);
        await reviews.JoinAsync(answered with { State = ReviewState.Joined, Answer = null, UsedBy = null, Actions = null }, standing.Id, entry, cancellation);
    }
}
