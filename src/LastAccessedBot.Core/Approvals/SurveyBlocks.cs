using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Approvals;

/// <summary>What stands on a card before a deletion: when the thing itself was last used, and what hangs on it.</summary>
internal static class SurveyBlocks
{
    /// <param name="ago">How long a moment is past, as a clause.</param>
    public static IEnumerable<CardBlock> Of(DeletionSurvey survey, Func<DateTimeOffset, Prose> ago)
    {
        if (survey.Uses.Length > 0) yield return new CardBlock.Table(["Way in", "Status", "Last used", "For"], [.. survey.Uses.Select(use => Row(use, ago))], Main: 3);
        if (survey.HangsOnIt.Length > 0) yield return new CardBlock.Facts(survey.HangsOnIt);
    }

    /// <summary>The whole in a word or two, before "in 90 days".</summary>
    public static string Verdict(DeletionSurvey survey, ImmutableArray<ServiceLine> services)
    {
        var verdicts = survey.Uses.Select(use => use.Verdict).Concat(services.Select(line => line.Verdict)).ToArray();
        return verdicts.Any(verdict => verdict is Evidence.Verdict.Used) ? "used"
            : verdicts.Any(verdict => verdict is Evidence.Verdict.Unknown) ? "no use seen"
            : "unused";
    }

    private static TableRow Row(SubjectUse use, Func<DateTimeOffset, Prose> ago)
    {
        var (status, last, tone) = use.Verdict switch
        {
            Evidence.Verdict.Used { On: var on } => ((Prose)"used", Prose.Of($"{on} ({ago(on)})"), Tone.Good),
            Evidence.Verdict.Unused { LastSeen: { } seen } => ("unused", Prose.Of($"{seen} ({ago(seen)})"), Tone.Caution),
            Evidence.Verdict.Unused => ("unused", Evidence.UseWords.NotSeen, Tone.Caution),
            Evidence.Verdict.Unknown { Why: var why } => ("unknown", Prose.Backticked(why), Tone.Neutral),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new TableRow([use.What, status, last, use.Of is { } service ? Prose.Of($"{service}") : ""], tone);
    }
}
