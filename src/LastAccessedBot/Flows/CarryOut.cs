using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Flows;

/// <summary>How a run of edits ended.</summary>
public abstract record RunEnd
{
    private RunEnd() { }

    /// <summary>Every edit was made and read back.</summary>
    public sealed record Done : RunEnd;

    /// <summary>A step can not be made; the steps before it are.</summary>
    public sealed record Stopped(JournalStep At, Refusal Why) : RunEnd;
}

/// <summary>
/// Carries out a journalled run of edits, from wherever it stands: what is done is not done again, and what was begun is read before it is
/// decided. Killing the process between any two lines leaves a run that the same call completes.
/// </summary>
public sealed class CarryOut(IJournal journal, IAccounts accounts, TimeProvider time)
{
    /// <summary>IAM answers reads after writes from the past for a while; this long an edit may take to be seen.</summary>
    private static readonly TimeSpan s_settles = TimeSpan.FromSeconds(20), s_firstWait = TimeSpan.FromMilliseconds(50);

    public async Task<RunEnd> RunAsync(Proposal proposal, string run, CancellationToken cancellation)
    {
        var (editor, made) = (accounts.Of(proposal.Subject.In).Editor, false);
        foreach (var step in await journal.ReadAsync(proposal.Id, run, cancellation))
        {
            if (step.State != StepState.Done && await StepAsync(editor, proposal, step, made, cancellation) is { } why) return new RunEnd.Stopped(step, why);
            made |= step.Edit is AccountEdit.CreatePolicy or AccountEdit.CreateIdentity or AccountEdit.CreateScp;
        }
        return new RunEnd.Done();
    }

    /// <param name="afterMaking">An earlier step of the run made something that this one may be about.</param>
    private async Task<Refusal?> StepAsync(IAccountEditor editor, Proposal proposal, JournalStep step, bool afterMaking, CancellationToken cancellation)
    {
        var now = await editor.ReadAsync(step.Edit.Subject, cancellation);
        if (step.State == StepState.Planned)
        {
            // Already so, and not by this run: somebody else was at work.
            if (step.Edit.IsReached(now, now)) return new Refusal($"it was done already, by somebody else: {step.Edit.Sentence.InBackticks()}");
            step = step with { State = StepState.Started, Before = now };
            await journal.WriteAsync(step, Entry(proposal, step, AuditEntry.OfStep + "started", []), cancellation);
        }
        else if (step.Edit.IsReached(step.Before!, now)) return await DoneAsync(proposal, step, now, [], cancellation);
        else if (now != step.Before) return new Refusal($"somebody changed it meanwhile: {step.Edit.Sentence.InBackticks()}");
        // Of a request whose answer was lost there is none: CloudTrail has it under the time.
        ImmutableArray<string> requests = [];
        try
        {
            requests = await MakeAsync(editor, step, afterMaking, cancellation);
        }
        catch (AwsRefusedException refused)
        {
            return AwsWords.Of(refused);
        }
        catch (OutcomeUnknownException)
        {
            // Whether it happened is read below, as after every call.
        }
        return await ReadBackAsync(editor, proposal, step, requests, cancellation);
    }

    // What was made a moment ago and read back by one of IAM's servers is unknown to another for a while; and an organization takes one change at a
    // time. A refusal changed nothing, and can be repeated, once what is to be changed was read to be as it was.
    private async Task<ImmutableArray<string>> MakeAsync(IAccountEditor editor, JournalStep step, bool afterMaking, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        for (var wait = s_firstWait; ; wait = Longer(wait))
        {
            try
            {
                return await editor.MakeAsync(step.Edit, cancellation);
            }
            catch (AwsRefusedException refused) when ((refused.IsOfTheMoment || (afterMaking && refused.IsNoSuchEntity)) && time.GetElapsedTime(begun) < s_settles)
            {
                await Task.Delay(wait, time, cancellation);
                // What there is instead is told by whoever reads it back.
                if (refused.IsOfTheMoment && await editor.ReadAsync(step.Edit.Subject, cancellation) != step.Before) return [];
            }
        }
    }

    private static TimeSpan Longer(TimeSpan wait) => wait < TimeSpan.FromSeconds(2) ? wait * 2 : wait;

    private async Task<Refusal?> ReadBackAsync(IAccountEditor editor, Proposal proposal, JournalStep step, ImmutableArray<string> requests, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        for (var wait = s_firstWait; ; wait = Longer(wait))
        {
            var now = await editor.ReadAsync(step.Edit.Subject, cancellation);
            if (step.Edit.IsReached(step.Before!, now)) return await DoneAsync(proposal, step, now, requests, cancellation);
            if (now != step.Before) return new Refusal($"somebody changed it meanwhile: {step.Edit.Sentence.InBackticks()}");
            // The outcome stays unknown: the step stays begun, and the next try reads before it sends.
            if (time.GetElapsedTime(begun) > s_settles) throw new AwsUnreachableException(step.Edit.GetType().Name, $"AWS does not show the change yet: {step.Edit.Sentence.InBackticks()}");
            await Task.Delay(wait, time, cancellation);
        }
    }

    private async Task<Refusal?> DoneAsync(Proposal proposal, JournalStep step, SubjectState now, ImmutableArray<string> requests, CancellationToken cancellation)
    {
        step = step with { State = StepState.Done, After = now };
        await journal.WriteAsync(step, Entry(proposal, step, AuditEntry.OfStep + "done", requests), cancellation);
        return null;
    }

    private AuditEntry Entry(Proposal proposal, JournalStep step, string what, ImmutableArray<string> requests) =>
        new(time.GetUtcNow(), "bot", what, proposal.ReviewId, proposal.Id, proposal.Subject.Words, $"{step.Run} {step.Index + 1}: {step.Edit.Sentence.InBackticks()}")
        {
            Facts = AuditFacts.Of(step, requests),
        };
}
