using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>A trim that an earlier approval makes possible.</summary>
/// <param name="ApprovedBefore">Who approved the earlier one; null for a trim of the review itself.</param>
public sealed record FollowUp(Trim Trim, ReviewSubject Subject, string? ApprovedBefore);

/// <summary>Finds what a review's applied trims make possible: a policy that one of them detached from its last identity may be deleted, by somebody else.</summary>
public sealed class FollowUps(IProposals proposals, GatherFacts gather, IOptionsMonitor<GuardOptions> guards)
{
    /// <param name="fresh">Today's answer: where it is about the detached policy itself, nothing is read again.</param>
    public async Task<ImmutableArray<FollowUp>> OfAsync(ReviewRecord review, AccessReview fresh, CancellationToken cancellation)
    {
        var followUps = ImmutableArray.CreateBuilder<FollowUp>();
        foreach (var applied in (await proposals.OfReviewAsync(review.Id, cancellation)).Where(proposal => proposal is { State: ProposalState.Applied, Trim.Kind: TrimKind.DetachPolicy or TrimKind.Together }))
        {
            foreach (var arn in applied.Trim.Edits.OfType<AccountEdit.DetachPolicy>().Select(edit => edit.PolicyArn).Where(arn => !arn.Contains(":iam::aws:policy/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
            {
                var subject = new ReviewSubject.OfPolicy(arn) { In = applied.Subject.In };
                var trims = fresh.Subject == subject ? fresh.Trims : await TrimsOfAsync(subject, new Inquiry("policy", arn, review.Asked.Window), cancellation);
                // A policy that is still attached to somebody has none of this kind.
                followUps.AddRange(trims.Where(trim => trim.Kind == TrimKind.DeletePolicy).Select(trim => new FollowUp(trim, subject, applied.DecidedBy)));
            }
        }
        return followUps.ToImmutable();
    }

    private async Task<ImmutableArray<Trim>> TrimsOfAsync(ReviewSubject subject, Inquiry asked, CancellationToken cancellation) =>
        await gather.AboutAsync(subject, asked, null, cancellation) is { } facts ? TrimPlanner.Plan(facts, guards.CurrentValue.ToGuards()).Trims : [];
}
