using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>What somebody asked the bot to look into.</summary>
/// <param name="Name">A name or an id as typed; null for the sweep over all policies.</param>
/// <param name="Kind">
/// The kind that was typed with it: <c>group</c>, <c>user</c>, <c>role</c>, <c>policy</c>, <c>ou</c>, <c>account</c>, <c>root</c>; null when left
/// to the bot.
/// </param>
/// <param name="Service">What is asked about one service of it, in the place of all of them; the window is of no account then.</param>
/// <param name="In">Which account it is asked about; null for the home account where it has no name, and for the organization.</param>
public sealed record Inquiry(string? Kind, string? Name, ReviewWindow Window, Question Question = Question.Unused, ServiceAsked? Service = null, AccountRef? In = null)
{
    /// <summary>The name of the organization's root where nobody typed one.</summary>
    public const string TheRoot = "root";
}

/// <summary>How far a review is.</summary>
public enum ReviewState
{
    Waiting,
    Answered,
    Failed,

    /// <summary>An earlier review of the same subject holds the answer, and its cards.</summary>
    Joined,
}

/// <summary>A review that was asked for, and its answer once there is one.</summary>
/// <param name="By">As <c>surface:id</c>.</param>
/// <param name="Message">Where it was asked, and shows how far it is; of a digest's, where it was subscribed to.</param>
public sealed record ReviewRecord(
    string Id, Inquiry Asked, string By, PostedMessage Message, ReviewState State, DateTimeOffset AskedAt, AccessReview? Answer = null,
    ImmutableArray<ServiceUsers>? UsedBy = null, ImmutableArray<ActionSeen>? Actions = null, PolicyRanking? Ranking = null,
    WhyAnswer? Why = null, WhoAnswer? Who = null)
{
    /// <summary>Where its card stands: one message for each conversation that asked. The store keeps them apart from the rest.</summary>
    [JsonIgnore]
    public ImmutableArray<PostedMessage> Cards { get; init; } = [Message];
}

/// <summary>Who used one service, newest first.</summary>
public sealed record ServiceUsers(ServiceNamespace Service, ImmutableArray<EntityUse> Uses);

/// <summary>Reviews, kept so that no question is lost with the process.</summary>
public interface IReviews
{
    Task AddAsync(ReviewRecord review, AuditEntry entry, CancellationToken cancellation);

    Task<ReviewRecord?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>
    /// Stores the answer with what it means for the review's proposals, and its numbers for the subject's history, in one transaction. A
    /// proposal that somebody decided about meanwhile stays as they decided, and its change leaves no entry.
    /// </summary>
    Task AnswerAsync(ReviewRecord review, IReadOnlyList<ProposalChange> changes, AuditEntry? entry, CancellationToken cancellation);

    /// <summary>Answered reviews that asked the same of the same subject, and have a proposal which is open or under way, newest first.</summary>
    Task<ImmutableArray<ReviewRecord>> StandingAsync(ReviewSubject subject, ReviewWindow window, Question question, CancellationToken cancellation);

    /// <summary>The newest answer to <c>/unused NAME</c> about the subject; null where there is none.</summary>
    /// <param name="subject">Its words.</param>
    /// <param name="window">Of the last few answers, only one that looked at as many days; null for whichever is newest.</param>
    Task<ReviewRecord?> NewestAsync(string subject, ReviewWindow? window, CancellationToken cancellation);

    /// <summary>Makes the review's message a card of another review, in the place of the one in the same conversation, in one transaction with the entry.</summary>
    Task JoinAsync(ReviewRecord review, string into, AuditEntry entry, CancellationToken cancellation);

    Task<ImmutableArray<string>> WaitingAsync(CancellationToken cancellation);

    /// <summary>Notes that the card shows all that the store holds about the review; an answer, and every move of its proposals, takes that back.</summary>
    Task ShownAsync(string id, CancellationToken cancellation);

    /// <summary>Answered reviews whose card may be behind the store.</summary>
    Task<ImmutableArray<string>> NotShownAsync(CancellationToken cancellation);
}

/// <summary>A subject that was reviewed or swept.</summary>
/// <param name="Words">As typed after <c>/unused</c>.</param>
/// <param name="Name">As people know it.</param>
/// <param name="HasReview">There is an answer to <c>/unused NAME</c> about it; sweeps alone leave none.</param>
public sealed record ReviewedSubject(string Words, string Name, bool HasReview = true);

/// <summary>What the answers to <c>/unused NAME</c> and the sweeps found over time: of every subject and day (UTC) the first one and the last.</summary>
public interface IReviewHistory
{
    /// <summary>The last ones of a subject, the oldest first.</summary>
    Task<ImmutableArray<UsePoint>> OfAsync(string subject, int most, CancellationToken cancellation);

    /// <summary>Those among the subjects that were ever reviewed.</summary>
    /// <param name="names">A kind and a name each, in any case; of units and accounts the name or the id.</param>
    Task<ImmutableArray<ReviewedSubject>> NamedAsync(IReadOnlyCollection<string> names, CancellationToken cancellation);

    /// <summary>The subjects with the most unused services at the last look, these first, each with its points since a moment, and with its last one whenever that was; the oldest point first.</summary>
    Task<ImmutableArray<(ReviewedSubject Subject, ImmutableArray<UsePoint> Points)>> LatestAsync(DateTimeOffset since, int most, CancellationToken cancellation);
}

/// <summary>A proposal that comes, or moves from one revision to the next.</summary>
/// <param name="From">null: it comes.</param>
public sealed record ProposalChange(Proposal? From, Proposal To, AuditEntry? Entry);

/// <summary>Whose proposals: those about the subjects, and those that the person asked for.</summary>
/// <param name="Subjects">As typed, in any case, with a <c>*</c> as in <see cref="SubjectPattern"/>; null for every subject.</param>
/// <param name="RequestedBy">As <c>surface:id</c>.</param>
public sealed record Concern(ImmutableArray<string>? Subjects, string RequestedBy);

/// <summary>Proposals. Every change names the revision that it saw and carries its audit entry.</summary>
public interface IProposals
{
    Task<Proposal?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>In the order in which they were proposed.</summary>
    Task<ImmutableArray<Proposal>> OfReviewAsync(string reviewId, CancellationToken cancellation);

    Task<ImmutableArray<Proposal>> InAsync(ImmutableArray<ProposalState> states, CancellationToken cancellation);

    /// <summary>Proposed or under way, the oldest first.</summary>
    Task<ImmutableArray<Proposal>> OpenAsync(Concern concern, int most, CancellationToken cancellation);

    /// <summary>Those that somebody decided about and that are not under way, the last to change first.</summary>
    Task<ImmutableArray<Proposal>> DecidedAsync(Concern concern, int most, CancellationToken cancellation);

    /// <summary>All about a subject, whatever became of them, but those that a newer one took the place of; the last proposed first.</summary>
    Task<ImmutableArray<Proposal>> AboutAsync(string subject, int most, CancellationToken cancellation);

    /// <summary>A subject's words, in lower case → how many proposals are open or under way, and how many services the applied ones took.</summary>
    Task<ImmutableDictionary<string, (int Open, int Removed)>> TalliesAsync(CancellationToken cancellation);

    /// <summary>Writes <paramref name="to"/> where the stored revision is still that of <paramref name="from"/>; false when somebody was faster.</summary>
    Task<bool> MoveAsync(Proposal from, Proposal to, AuditEntry entry, CancellationToken cancellation);

    /// <summary>Writes one proposal in the place of several, all in one transaction; false, and nothing written, when somebody was faster with one of them.</summary>
    Task<bool> JoinAsync(ImmutableArray<ProposalChange> parts, Proposal joined, AuditEntry entry, CancellationToken cancellation);
}

/// <summary>The record.</summary>
public interface IAuditTrail
{
    /// <summary>Newest first.</summary>
    /// <param name="subject">Words that a subject's words contain; null for everything.</param>
    Task<ImmutableArray<AuditEntry>> ReadAsync(string? subject, int most, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<ImmutableArray<AuditEntry>> OfProposalAsync(string proposalId, CancellationToken cancellation);

    /// <summary>Every entry with its place in the chain, as stored, from the first.</summary>
    IAsyncEnumerable<ChainedEntry> AllAsync(CancellationToken cancellation);

    /// <summary>Where the store says that the record ends.</summary>
    Task<ChainHead> HeadAsync(CancellationToken cancellation);

    /// <summary>Whether the bot began or made an edit after the record ended there: for a trim of the review, or of the subject in whichever review, its undo and its rollback too.</summary>
    /// <param name="subject">Its words.</param>
    Task<bool> HasEditSinceAsync(ChainHead head, string reviewId, string subject, CancellationToken cancellation);

    /// <summary>Removes the entries from before the moment, and tells of it with an entry that names the last one that went, in one transaction.</summary>
    Task ShortenAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation);
}

/// <summary>How far one edit of a run is.</summary>
public enum StepState
{
    Planned,

    /// <summary>What was there before is captured; the call may have been made.</summary>
    Started,

    /// <summary>Made, and read back.</summary>
    Done,
}

/// <summary>One edit of a run.</summary>
/// <param name="Run">Which run of the proposal: <c>apply</c>, <c>rollback</c>, <c>undo</c>, <c>redo</c>.</param>
public sealed record JournalStep(string ProposalId, string Run, int Index, AccountEdit Edit, StepState State, SubjectState? Before, SubjectState? After);

/// <summary>The journal of edits: written before and after each one.</summary>
public interface IJournal
{
    /// <summary>The steps of a run, in order; empty when it never began.</summary>
    Task<ImmutableArray<JournalStep>> ReadAsync(string proposalId, string run, CancellationToken cancellation);

    /// <summary>Writes the plan of a run; a plan that is there stays.</summary>
    Task PlanAsync(string proposalId, string run, IReadOnlyList<AccountEdit> edits, CancellationToken cancellation);

    Task WriteAsync(JournalStep step, AuditEntry entry, CancellationToken cancellation);
}

/// <summary>Work that goes on after a surface was answered. It carries an id only; all else is in the store.</summary>
public interface IBackgroundWork
{
    void Review(string reviewId);

    void Apply(string proposalId);

    void Undo(string proposalId);

    /// <summary>Obeys a stored delivery.</summary>
    void Deliver(string surface, string key);

    /// <summary>Brings a review's card up to date.</summary>
    void Refresh(string reviewId);

    /// <summary>Sweeps the account, or goes on with that, or shows what a sweep found.</summary>
    void Sweep(string sweepId);
}
