using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>What an entry of the record rests on, as the JSON object that it carries.</summary>
internal static class AuditFacts
{
    /// <summary>Of a suggestion: how risky it was called and why, what spoke for it, what it would do.</summary>
    public static string Of(Trim trim) => Json(new
    {
        risk = trim.Risk.Grade,
        because = trim.Risk.Reasons.Select(reason => reason.ToString()),
        evidence = trim.Evidence.Select(sentence => sentence.ToString()),
        edits = trim.Edits.Select(edit => edit.Sentence.ToString()),
        removed = trim.Removed,
        document = trim.Change,
    });

    /// <summary>Of a step: the edit, what was there before, and, once it is done, what is there after and AWS's ids of the requests.</summary>
    public static string Of(JournalStep step, ImmutableArray<string> requests) => Json(new
    {
        edit = step.Edit,
        before = step.Before,
        after = step.After,
        requestIds = step.State == StepState.Done ? requests : (ImmutableArray<string>?)null,
    });

    private static string Json<T>(T facts) => JsonSerializer.Serialize(facts, CardJson.Options);
}
