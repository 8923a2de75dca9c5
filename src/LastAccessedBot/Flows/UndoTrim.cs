using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Flows;

/// <summary>
/// Takes an applied trim back by the inverses that the journal captured. First everything that it changed is read: if anything of that
/// is not as the trim left it, nothing is done. An undo that stopped half-way goes on from there when it is asked for again.
/// </summary>
public sealed class UndoTrim(
    IProposals proposals, IJournal journal, IAccounts accounts, CarryOut carryOut, ITurns turns, RefreshReview refresh, TimeProvider time)
{
    private const string Apply = "apply", Undo = "undo";

    public async Task RunAsync(string proposalId, CancellationToken cancellation)
    {
        await using var turn = await turns.TakeAsync(Turn.Account, cancellation);
        if (await proposals.FindAsync(proposalId, cancellation) is not { State: ProposalState.Undoing } proposal) return;
        if ((await journal.ReadAsync(proposal.Id, Undo, cancellation)).IsEmpty)
        {
            var steps = await journal.ReadAsync(proposal.Id, Apply, cancellation);
            if (await ChangedAsync(accounts.Of(proposal.Subject.In).Editor, steps, cancellation) is { } changed)
            {
                await EndAsync(proposal, ProposalState.Applied, $"Undo refused, nothing was changed: somebody changed this since it was applied: {changed}.", cancellation);
                return;
            }
            await journal.PlanAsync(proposal.Id, Undo, [.. steps.Reverse().SelectMany(step => step.Edit.Inverse(step.Before!, step.After!))], cancellation);
        }
        if (await carryOut.RunAsync(proposal, Undo, cancellation) is RunEnd.Stopped stopped)
            await EndAsync(proposal, ProposalState.Applied, $"Undo stopped at step {stopped.At.Index + 1}: {stopped.Why}. Undo goes on from there when it is pressed again.", cancellation);
        else await EndAsync(proposal, ProposalState.Undone, proposal.Trim.Loss is { } lost ? $"Not brought back: {lost.InBackticks()}." : null, cancellation);
    }

    // The last word on each subject is what the trim left behind, but for what hung on an identity that it deleted afterwards.
    private static async Task<string?> ChangedAsync(IAccountEditor editor, ImmutableArray<JournalStep> steps, CancellationToken cancellation)
    {
        var gone = steps.Select(step => step.Edit).OfType<AccountEdit.DeleteIdentity>().Select(edit => edit.Identity).ToHashSet();
        foreach (var last in steps.GroupBy(step => step.Edit.Subject).Select(group => group.Last()))
            if (await editor.ReadAsync(last.Edit.Subject, cancellation) != last.Edit.Subject.Without(gone, last.After!)) return last.Edit.Sentence.InBackticks();
        return null;
    }

    private async Task EndAsync(Proposal proposal, ProposalState to, string? outcome, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var ended = proposal with { State = to, Revision = proposal.Revision + 1, EndedAt = to == ProposalState.Undone ? now : proposal.EndedAt, UndoneBy = to == ProposalState.Undone ? proposal.UndoneBy : null, Outcome = outcome };
        var entry = new AuditEntry(now, "bot", to == ProposalState.Undone ? "undone" : "undo-refused", proposal.ReviewId, proposal.Id, proposal.Subject.Words, to == ProposalState.Undone ? $"{proposal.Trim.Title.InBackticks()}{(outcome is null ? "" : $". {outcome}")}" : outcome ?? proposal.Trim.Title.InBackticks());
        if (await proposals.MoveAsync(proposal, ended, entry, cancellation)) await refresh.RunAsync(proposal.ReviewId, cancellation);
    }
}
