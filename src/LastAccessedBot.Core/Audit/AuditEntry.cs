namespace LastAccessedBot.Core.Audit;

/// <summary>One line of the record. Lines are written with the change that they tell of, in one transaction, and never changed.</summary>
/// <param name="Actor">As <c>surface:id</c>, or <c>bot</c>.</param>
/// <param name="Event">A word for filtering: <c>proposed</c>, <c>approved</c>, <c>step-started</c> …</param>
/// <param name="Detail">A sentence; names in backticks.</param>
public sealed record AuditEntry(DateTimeOffset At, string Actor, string Event, string? ReviewId, string? ProposalId, string Subject, string Detail)
{
    /// <summary>How the events of a run's steps begin: one before each edit, and one when it is made.</summary>
    public const string OfStep = "step-";

    /// <summary>
    /// What the sentence rests on, as a JSON object: <c>risk</c>, <c>evidence</c> and <c>edits</c> of a suggestion; <c>edit</c>, <c>before</c>,
    /// <c>after</c> and AWS's <c>requestIds</c> of a step. null where the sentence says all.
    /// </summary>
    public string? Facts { get; init; }
}
