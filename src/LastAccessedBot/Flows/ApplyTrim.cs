using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// Applies an approved trim: fresh evidence and a fresh plan first, and where either differs from what was approved, nothing is done; then a
/// second opinion, where the settings ask for one. Then the journalled edits; where one fails for good, those before it are taken back. Repeating the call, or killing it, does nothing twice.
/// </summary>
public sealed class ApplyTrim(
    IProposals proposals, IReviews reviews, IJournal journal, IAuditTrail audit, GatherFacts gather, CarryOut carryOut, ITurns turns,
    SecondOpinions opinions, ShowReview show, RefreshReview refresh, IOptionsMonitor<GuardOptions> guards, TimeProvider time)
{
    private const string Apply = "apply", Rollback = "rollback", Stopped = "stopped";

    public async Task RunAsync(string proposalId, CancellationToken cancellation)
    {
        await using var turn = await turns.TakeAsync(Turn.Account, cancellation);
        if (await proposals.FindAsync(proposalId, cancellation) is not { } proposal) return;
        if (proposal.State == ProposalState.Approved)
        {
            if (await DriftAsync(proposal, cancellation) is { } drift)
            {
                await EndAsync(proposal, ProposalState.Drifted, drift, cancellation);
                return;
            }
            var opinion = await opinions.OnAsync(proposal.Subject.In, proposal.Trim.Edits, cancellation);
            if (opinion.Against is { } against)
            {
                await EndAsync(proposal, ProposalState.Failed, against, cancellation);
                return;
            }
            // It may have taken its time: what was fresh before it is looked at again.
            if (opinion.Noted is not null && await DriftAsync(proposal, cancellation) is { } late)
            {
                await EndAsync(proposal, ProposalState.Drifted, late, cancellation);
                return;
            }
            await journal.PlanAsync(proposal.Id, Apply, proposal.Trim.Edits, cancellation);
            var applying = proposal with { State = ProposalState.Applying, Revision = proposal.Revision + 1, Opinion = opinion.Noted };
            var title = proposal.Trim.Title.InBackticks();
            if (!await proposals.MoveAsync(proposal, applying, Entry(proposal, "applying", opinion.Noted is { } noted ? $"{title}. {noted}" : title), cancellation)) return;
            proposal = applying;
            await show.RenewAsync(proposal.ReviewId, cancellation);
        }
        if (proposal.State == ProposalState.Applying) await CarryOnAsync(proposal, cancellation);
    }

    /// <summary>Why what was approved no longer stands; null while it does.</summary>
    private async Task<Refusal?> DriftAsync(Proposal proposal, CancellationToken cancellation)
    {
        if (await reviews.FindAsync(proposal.ReviewId, cancellation) is not { } review) return new Refusal("its review is gone");
        ReviewFacts? facts;
        try
        {
            facts = await gather.AboutAsync(proposal.Subject, review.Asked, null, cancellation);
        }
        catch (AwsRefusedException refused)
        {
            return AwsWords.Of(refused);
        }
        if (facts is null) return new Refusal($"`{proposal.Subject.Words}` does not exist any more");
        if (!proposal.Trim.Basis.HoldsIn(facts.State)) return new Refusal("Somebody changed the account since the card was made", "the card shows today's facts");
        if (facts.Report is AccessReport.Failed failed)
            return new Refusal($"AWS could not write a fresh report (`{failed.Code}`: {failed.Message}), and without evidence nothing is trimmed");
        var today = Today(proposal.Trim, TrimPlanner.Plan(facts, guards.CurrentValue.ToGuards()));
        return today is not null && today.Edits.SequenceEqual(proposal.Trim.Edits) ? null : new Refusal("Today's evidence no longer suggests it as it was approved", "the card shows today's facts");
    }

    private static Trim? Today(Trim approved, AccessReview fresh)
    {
        if (approved.Parts is not { } parts) return fresh.Trims.FirstOrDefault(trim => trim.Key == approved.Key);
        var together = Together.Of(fresh.Trims.Where(trim => parts.Contains(trim.Key)));
        return together.Length == parts.Length ? Together.Joined(fresh.Subject, together) : null;
    }

    private async Task CarryOnAsync(Proposal proposal, CancellationToken cancellation)
    {
        if ((await journal.ReadAsync(proposal.Id, Rollback, cancellation)).IsEmpty)
        {
            var end = await carryOut.RunAsync(proposal, Apply, cancellation);
            if (end is RunEnd.Done)
            {
                await EndAsync(proposal, ProposalState.Applied, null, cancellation);
                return;
            }
            var stopped = (RunEnd.Stopped)end;
            if (!await StopAsync(proposal, stopped, cancellation)) return;
        }
        await RollBackAsync(proposal, cancellation);
    }

    // The rollback is planned before the proposal says why it stopped: a kill in between finds a stopped step again, or the plan.
    private async Task<bool> StopAsync(Proposal proposal, RunEnd.Stopped stopped, CancellationToken cancellation)
    {
        var why = $"Step {stopped.At.Index + 1} of {proposal.Trim.Edits.Length} failed: {stopped.Why.Message}";
        var noted = proposal with { Revision = proposal.Revision + 1, Outcome = why };
        if (!await proposals.MoveAsync(proposal, noted, Entry(proposal, Stopped, why), cancellation)) return false;
        var done = await DoneAsync(proposal, cancellation);
        var inverse = done.Reverse().SelectMany(step => step.Edit.Inverse(step.Before!, step.After!)).ToImmutableArray();
        if (inverse.IsEmpty)
        {
            await EndAsync(noted, ProposalState.Failed, new Refusal($"{why}. {Lost(done) ?? "Nothing was changed"}"), cancellation);
            return false;
        }
        await journal.PlanAsync(proposal.Id, Rollback, inverse, cancellation);
        return true;
    }

    private async Task RollBackAsync(Proposal proposal, CancellationToken cancellation)
    {
        var why = (await audit.OfProposalAsync(proposal.Id, cancellation)).FirstOrDefault(entry => entry.Event == Stopped)?.Detail ?? "A step failed";
        var current = await proposals.FindAsync(proposal.Id, cancellation) ?? proposal;
        var lost = Lost(await DoneAsync(current, cancellation)) is { } losses ? $". {losses}" : "";
        await EndAsync(current, ProposalState.Failed, await carryOut.RunAsync(current, Rollback, cancellation) is RunEnd.Stopped stuck
            ? new Refusal($"{why}. The steps before it could not all be taken back: {stuck.Why.Message}{lost}", $"put it right by hand: {stuck.At.Edit.Sentence.InBackticks()}")
            : new Refusal($"{why}. The steps before it were taken back{lost}"), cancellation);
    }

    private async Task<ImmutableArray<JournalStep>> DoneAsync(Proposal proposal, CancellationToken cancellation) =>
        [.. (await journal.ReadAsync(proposal.Id, Apply, cancellation)).Where(step => step.State == StepState.Done)];

    /// <summary>What nothing brings back of the steps that were made; null where all of it comes back.</summary>
    private static string? Lost(ImmutableArray<JournalStep> done) => Losses.Of(done.Select(step => step.Edit)) is { } lost ? $"Nothing brings back: {lost.InBackticks()}" : null;

    private async Task EndAsync(Proposal proposal, ProposalState to, Refusal? why, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var ended = proposal with { State = to, Revision = proposal.Revision + 1, EndedAt = now, Outcome = why is null ? null : $"{why.ToString().TrimEnd('.')}." };
        var what = to.ToString().ToLowerInvariant();
        if (!await proposals.MoveAsync(proposal, ended, Entry(proposal, what, why?.ToString() ?? proposal.Trim.Title.InBackticks()), cancellation)) return;
        await refresh.RunAsync(proposal.ReviewId, cancellation);
    }

    private AuditEntry Entry(Proposal proposal, string what, string detail) => new(time.GetUtcNow(), "bot", what, proposal.ReviewId, proposal.Id, proposal.Subject.Words, detail);
}
