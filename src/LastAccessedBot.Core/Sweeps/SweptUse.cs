using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Sweeps;

/// <summary>Judges a target of a sweep as its review would, in numbers, and plans nothing.</summary>
public static class SweptUse
{
    /// <param name="facts">About a user, group or role, which must be in their state.</param>
    public static UsePoint OfIdentity(ReviewFacts facts)
    {
        var identity = facts.State.Identities[((ReviewSubject.OfIdentity)facts.Subject).Ref];
        return Point([.. ServiceLines.OfIdentity(new Plan(facts, Guards.None), identity).Select(line => line.Verdict)], facts.Now, facts.Window);
    }

    /// <param name="judgement">On the policy's report, since the youngest of all that it is attached to.</param>
    public static UsePoint OfPolicy(PolicyDocument document, Judgement judgement) => Point([.. DocumentUse.Of(document, judgement).Verdicts.Values], judgement.Now, judgement.Window);

    private static UsePoint Point(ImmutableArray<Verdict> verdicts, DateTimeOffset at, ReviewWindow window) => new(
        at, window, verdicts.Length, verdicts.Count(verdict => verdict is Verdict.Used), verdicts.Count(verdict => verdict is Verdict.Unused), verdicts.Count(verdict => verdict is Verdict.Unknown));
}
