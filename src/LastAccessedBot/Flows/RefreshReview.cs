using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Renews a review after something of it was applied, undone or refused: today's facts, and what an approval made possible.</summary>
public sealed partial class RefreshReview(
    IReviews reviews, IProposals proposals, GatherFacts gather, Reconcile reconcile, ShowReview show, IOptionsMonitor<GuardOptions> guards, ILogger<RefreshReview> log)
{
    public async Task RunAsync(string reviewId, CancellationToken cancellation)
    {
        await show.RenewAsync(reviewId, cancellation);
        try
        {
            if (await reviews.FindAsync(reviewId, cancellation) is { Answer: { } answer } review)
            {
                // A subject that is gone, such as a deleted policy, has nothing left to suggest; the card keeps what was found.
                var fresh = await gather.AboutAsync(answer.Subject, review.Asked.Window, null, cancellation) is { } facts && facts.Reports.Values.All(report => report is AccessReport.Complete)
                    ? TrimPlanner.Plan(facts, guards.CurrentValue.ToGuards())
                    : answer with { Trims = [], Withheld = [], Remarks = [] };
                await reconcile.StoreAsync(review with { Answer = fresh }, await FollowUpsAsync(review, fresh, cancellation), cancellation);
            }
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

    // A policy that an approved trim detached from its last identity may be deleted: a second approval, by somebody else.
    private async Task<List<FollowUp>> FollowUpsAsync(ReviewRecord review, AccessReview fresh, CancellationToken cancellation)
    {
        var followUps = new List<FollowUp>();
        foreach (var applied in (await proposals.OfReviewAsync(review.Id, cancellation)).Where(proposal => proposal is { State: ProposalState.Applied, Trim.Kind: TrimKind.DetachPolicy }))
        {
            foreach (var arn in applied.Trim.Edits.OfType<AccountEdit.DetachPolicy>().Select(edit => edit.PolicyArn).Where(arn => !arn.Contains(":iam::aws:policy/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
            {
                var subject = new ReviewSubject.OfPolicy(arn);
                if (await gather.AboutAsync(subject, review.Asked.Window, null, cancellation) is not { } facts || !facts.State.Policies[arn].AttachedTo.IsEmpty) continue;
                followUps.AddRange(TrimPlanner.Plan(facts, guards.CurrentValue.ToGuards()).Trims
                    .Where(trim => trim.Kind == TrimKind.DeletePolicy && fresh.Trims.All(own => own.Key != trim.Key))
                    .Select(trim => new FollowUp(trim, subject, applied.DecidedBy)));
            }
        }
        return followUps;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The card of review {ReviewId} could not be renewed with fresh facts")]
    private partial void LogNotRefreshed(Exception failure, string reviewId);
}
