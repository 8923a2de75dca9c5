using System.Collections.Concurrent;
using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// Ranks every attached customer managed policy by what nobody uses of it. Documents come by the page with the account's details, so that
/// a policy costs one report job and no call of its own; one policy's failure is that policy's alone and is shown.
/// </summary>
public sealed class RankPolicies(
    IAccountReader account, IAccessReports reports, IReviews reviews, ChatSurfaces surfaces, IOptionsMonitor<SweepOptions> options, TimeProvider time)
{
    private const int MostAttempts = 4;

    public async Task AnswerAsync(ReviewRecord review, CancellationToken cancellation)
    {
        var ranking = await RankAsync(review.Asked.Window, (done, of) => surfaces.UpdateAsync(
            review.Message, ReviewCards.UnderWay(review.Asked, $"{done:N0} of {of:N0} policies", (double)done / of), cancellation), cancellation);
        var answered = review with { State = ReviewState.Answered, Ranking = ranking };
        await reviews.AnswerAsync(answered, [], new AuditEntry(time.GetUtcNow(), review.By, "ranked", review.Id, null, "policies", $"{ranking.Policies.Length} policies looked at"), cancellation);
        await surfaces.UpdateAsync(review.Message, RankingCard.Page(answered, 1), cancellation);
        await reviews.ShownAsync(review.Id, cancellation);
    }

    /// <param name="progress">Called now and then, never at the same time twice.</param>
    public async Task<PolicyRanking> RankAsync(ReviewWindow window, Func<int, int, Task> progress, CancellationToken cancellation)
    {
        var policies = await account.AttachedCustomerPoliciesAsync(cancellation);
        var ranked = new ConcurrentBag<RankedPolicy>();
        using var showing = new SemaphoreSlim(1);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.CurrentValue.ParallelReports, CancellationToken = cancellation };
        await Parallel.ForEachAsync(policies, parallel, async (policy, token) =>
        {
            ranked.Add(await OneAsync(policy, window, token));
            if (!await showing.WaitAsync(TimeSpan.Zero, token)) return;
            try
            {
                await progress(ranked.Count, policies.Length);
            }
            finally
            {
                showing.Release();
            }
        });
        return new PolicyRanking([.. ranked
            .OrderByDescending(policy => policy.Problem is null)
            .ThenByDescending(policy => policy.Granted > 0 && policy.Unused == policy.Granted)
            .ThenByDescending(policy => policy.Unused).ThenByDescending(policy => policy.Attachments).ThenBy(policy => policy.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    private async Task<RankedPolicy> OneAsync(PolicySummary policy, ReviewWindow window, CancellationToken cancellation)
    {
        if (PolicyDocument.Read(policy.Document) is not Parsed<PolicyDocument>.Ok { Value: var document }) return Problem(policy, "its document could not be understood");
        AccessReport report;
        try
        {
            report = await ReportAsync(policy, cancellation);
        }
        catch (AwsRefusedException refused)
        {
            return Problem(policy, $"{refused.Code}: {refused.AwsMessage}");
        }
        catch (AwsUnreachableException unreachable)
        {
            return Problem(policy, unreachable.Message);
        }
        if (report is AccessReport.Failed failed) return Problem(policy, $"{failed.Code}: {failed.Message}");
        var use = DocumentUse.Of(document, new Judgement(report, policy.DefaultSince, window, time.GetUtcNow()));
        return new RankedPolicy(
            policy.Name, policy.Arn, policy.AttachmentCount, use.Verdicts.Count, use.Unused.Count(), use.Verdicts.Values.Count(verdict => verdict is Verdict.Unknown), document.GrantsEveryOther, null);
    }

    // A long sweep outlives a spell of throttling that a single question would not.
    private async Task<AccessReport> ReportAsync(PolicySummary policy, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await reports.ServiceReportAsync(policy.Arn, null, cancellation);
            }
            catch (AwsUnreachableException) when (attempt < MostAttempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(5 * attempt), time, cancellation);
            }
        }
    }

    private static RankedPolicy Problem(PolicySummary policy, string why) => new(policy.Name, policy.Arn, policy.AttachmentCount, 0, 0, 0, false, why);
}
