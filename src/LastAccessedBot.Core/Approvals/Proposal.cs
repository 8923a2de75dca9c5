using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Core.Watching;

namespace LastAccessedBot.Core.Approvals;

/// <summary>Where a proposal is in its life.</summary>
public enum ProposalState
{
    /// <summary>On a card, waiting for a decision.</summary>
    Proposed,

    /// <summary>Somebody decided against it.</summary>
    Dismissed,

    /// <summary>Somebody said why it is needed: not suggested until a day that they named, or until somebody suggests it again.</summary>
    Kept,

    /// <summary>Its time ran out: nobody decided, or the day came until which it was kept.</summary>
    Expired,

    /// <summary>A newer review of the same subject took its place.</summary>
    Superseded,

    /// <summary>Approved, and not begun.</summary>
    Approved,

    /// <summary>Its edits are under way; the journal knows how far.</summary>
    Applying,

    /// <summary>All its edits were made and read back.</summary>
    Applied,

    /// <summary>Approved, but the account or the evidence had moved; nothing was changed.</summary>
    Drifted,

    /// <summary>Given up on; what was done is rolled back, or the outcome says what is not.</summary>
    Failed,

    /// <summary>Its edits are being taken back.</summary>
    Undoing,

    /// <summary>The account is as it was before.</summary>
    Undone,
}

/// <summary>A trim in front of people, with all that happened to it.</summary>
/// <param name="Id">Short enough to type: <c>/unused undo ID</c>.</param>
/// <param name="ReviewId">The review that it stands in.</param>
/// <param name="RequestedBy">The person who asked for the review, as <c>surface:id</c>.</param>
/// <param name="Revision">Rises with every write; a write names the revision that it saw.</param>
/// <param name="ApprovedBefore">Who approved the trim that this one follows from.</param>
/// <param name="ExpiresAt">When its time runs out, while it is proposed or kept.</param>
/// <param name="Outcome">How it ended, as a sentence, where the state alone does not say it.</param>
/// <param name="Keeping">Why it is kept, or was until its time ran out; null for every other.</param>
/// <param name="Opinion">What a second opinion said of it before it was applied, as sentences; null where none was asked for.</param>
/// <param name="Aftermath">What was seen since it was applied; null before anybody looked.</param>
public sealed record Proposal(
    string Id,
    string ReviewId,
    ReviewSubject Subject,
    Trim Trim,
    ProposalState State,
    int Revision,
    string RequestedBy,
    DateTimeOffset ProposedAt,
    DateTimeOffset ExpiresAt,
    string? DecidedBy = null,
    DateTimeOffset? DecidedAt = null,
    string? UndoneBy = null,
    DateTimeOffset? EndedAt = null,
    string? ApprovedBefore = null,
    string? Outcome = null,
    Keeping? Keeping = null,
    string? Opinion = null,
    Aftermath? Aftermath = null)
{
    /// <summary>What asks for it anew.</summary>
    [JsonIgnore]
    public string Command => $"/unused {Trim.Answers.Verb()}{Subject.Words}";

    public bool IsUnderWay => State is ProposalState.Approved or ProposalState.Applying or ProposalState.Undoing;

    /// <summary>Its time has run out, whether or not anybody wrote that down.</summary>
    public bool IsOver(DateTimeOffset now) => State is ProposalState.Proposed or ProposalState.Kept && now >= ExpiresAt;
}

/// <summary>The moves that a proposal's life allows; every other is a bug.</summary>
public static class ProposalLife
{
    public static ImmutableArray<ProposalState> From(ProposalState state) => state switch
    {
        ProposalState.Proposed => [ProposalState.Approved, ProposalState.Kept, ProposalState.Dismissed, ProposalState.Expired, ProposalState.Superseded],
        ProposalState.Kept => [ProposalState.Proposed, ProposalState.Expired],
        ProposalState.Approved => [ProposalState.Applying, ProposalState.Drifted, ProposalState.Failed],
        ProposalState.Applying => [ProposalState.Applied, ProposalState.Failed],
        ProposalState.Applied => [ProposalState.Undoing],
        ProposalState.Undoing => [ProposalState.Undone, ProposalState.Applied, ProposalState.Failed],
        _ => [],
    };
}
