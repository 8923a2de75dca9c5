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
    /// <param name="read">Where the record ended when reading began of what the answer rests on.</param>
    /// <returns>false, and nothing is stored, where the bot changed the subject since then.</returns>
    public async Task<bool> RunAsync(ReviewRecord answered, ChainHead read, CancellationToken cancellation)
    {
        var answer = answered.Answer!;
        string holder;
        await using (await turns.TakeAsync(Turn.Answers, cancellation))
        {
            if ((await reviews.StandingAsync(answer.Subject, answer.Window, answered.Asked.Question, cancellation)).FirstOrDefault(one => one.Id != answered.Id) is { } standing)
            {
                var renewed = standing with { Answer = answer, UsedBy = answered.UsedBy, Actions = answered.Actions };
                if (!await reconcile.StoreAsync(renewed, read, await followUps.OfAsync(standing, answer, cancellation), answered.By, cancellation)) return false;
                await JoinAsync(answered, standing, cancellation);
                holder = standing.Id;
            }
            else
            {
                if (!await reconcile.StoreAsync(answered, read, [], answered.By, cancellation)) return false;
                holder = answered.Id;
            }
        }
        await show.RenewAsync(holder, cancellation);
        await reviews.ShownAsync(holder, cancellation);
        return true;
    }

    /// <summary>
    /// Stores what the bot looked into of its own accord, for subscribers. It holds what people decided: what they dismissed comes back when one of
    /// them asks. What is open stands for as long as something new, since it rests on today's evidence.
    /// </summary>
    /// <param name="known">The review that held it so far, where none has anything to decide.</param>
    /// <param name="anew">The first one, with its answer.</param>
    /// <param name="read">As in <see cref="RunAsync"/>.</param>
    /// <returns>The id of the review that holds it; null, and nothing is stored, where the bot changed the subject since it was read.</returns>
    public async Task<string?> RenewAsync(AccessReview answer, ChainHead read, string? known, Func<ReviewRecord> anew, CancellationToken cancellation)
    {
        ReviewRecord? holder;
        await using (await turns.TakeAsync(Turn.Answers, cancellation))
        {
            holder = (await reviews.StandingAsync(answer.Subject, answer.Window, Question.Unused, cancellation)).FirstOrDefault() ?? (known is null ? null : await reviews.FindAsync(known, cancellation));
            if (holder is null)
            {
                holder = anew();
                // Before it is added: else it would be added once more with the next reading.
                if (await reconcile.IsOvertakenAsync(holder.Id, answer.Subject, read, cancellation)) return null;
                await reviews.AddAsync(holder, new AuditEntry(holder.AskedAt, holder.By, "asked", holder.Id, null, answer.Subject.Words, "for a digest"), cancellation);
            }
            if (!await reconcile.StoreAsync(holder with { Answer = answer }, read, await followUps.OfAsync(holder, answer, cancellation), null, cancellation, stands: true)) return null;
        }
        await show.RenewAsync(holder.Id, cancellation);
        await reviews.ShownAsync(holder.Id, cancellation);
        return holder.Id;
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
