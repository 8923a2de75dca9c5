using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Renews a review after something of it was applied, undone or refused: today's facts, and what an approval made possible.</summary>
public sealed partial class RefreshReview(
    IReviews reviews, GatherFacts gather, FollowUps followUps, Reconcile reconcile, ShowReview show, ITurns turns, IAuditTrail audit, IOptionsMonitor<GuardOptions> guards, ILogger<RefreshReview> log)
{
    public async Task RunAsync(string reviewId, CancellationToken cancellation)
    {
        await show.RenewAsync(reviewId, cancellation);
        try
        {
            // What was changed while it was read is read anew.
            while (!await StoreAsync(reviewId, cancellation)) { }
        }
        catch (AwsFailureException failure)
        {
            // The change itself is done and on the card; only the facts around it stay as old as they are.
            LogNotRefreshed(failure, reviewId);
            return;
        }
        await show.RenewAsync(reviewId, cancellation);
        await reviews.ShownAsync(reviewId, cancellation);
    }

    private async Task<bool> StoreAsync(string reviewId, CancellationToken cancellation)
    {
        if (await reviews.FindAsync(reviewId, cancellation) is not { Answer: { } answer } review) return true;
        var read = await audit.HeadAsync(cancellation);
        // A subject that is gone, such as a deleted policy, has nothing left to suggest; the card keeps what was found.
        var fresh = await gather.AboutAsync(answer.Subject, review.Asked, null, cancellation) is { } facts && facts.Report is null or AccessReport.Complete
            ? TrimPlanner.Plan(facts, guards.CurrentValue.ToGuards())
            : answer with { Trims = [], Withheld = [], Remarks = [] };
        await using var turn = await turns.TakeAsync(Turn.Answers, cancellation);
        return await reconcile.StoreAsync(review with { Answer = fresh }, read, await followUps.OfAsync(review, fresh, cancellation), null, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The card of review {ReviewId} could not be renewed with fresh facts")]
    private partial void LogNotRefreshed(Exception failure, string reviewId);
}
