using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Core.Sweeps;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>How far a sweep is.</summary>
public enum SweepState
{
    /// <summary>Its targets are being listed; a host that dies lists them anew.</summary>
    Listing,

    /// <summary>Its targets are looked at, one report each.</summary>
    Working,

    Ended,

    /// <summary>The account could not be listed.</summary>
    Failed,
}

/// <summary>One look at the whole account.</summary>
/// <param name="By">As <c>surface:id</c>; <c>bot</c> where the settings' time had come.</param>
/// <param name="Total">How many targets were listed so far, or in all.</param>
/// <param name="Done">How many of them were judged.</param>
/// <param name="Failed">How many of them nothing could be said of.</param>
/// <param name="LeftOut">How many service-linked roles were left out: only their AWS service changes them.</param>
public sealed record SweepRecord(string Id, string By, DateTimeOffset StartedAt, ReviewWindow Window, SweepState State, int Total = 0, int Done = 0, int Failed = 0, int LeftOut = 0)
{
    /// <summary>How often a host began with it or went on with it.</summary>
    public int Runs { get; init; }

    /// <summary>When the present run began to look at targets, and how many were looked at before: what the time that is left is worked out from.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <inheritdoc cref="RunAt"/>
    public int RunFrom { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Once it is ended.</summary>
    public SweepFindings? Findings { get; init; }

    /// <summary>The one before; null for a first one.</summary>
    public SweepBefore? Before { get; init; }

    /// <summary>Why it failed, with names in backticks.</summary>
    public string? Problem { get; init; }

    [JsonIgnore]
    public bool IsOver => State is SweepState.Ended or SweepState.Failed;

    [JsonIgnore]
    public int Looked => Done + Failed;

    /// <summary>Where its card stands: one message for each conversation that asked. The store keeps them apart from the rest.</summary>
    [JsonIgnore]
    public ImmutableArray<PostedMessage> Cards { get; init; } = [];
}

/// <summary>One thing that a sweep looks at.</summary>
/// <param name="Words">As typed after <c>/unused</c>; in lower case its key within the sweep.</param>
public sealed record SweepTarget(SweptKind Kind, string Words, string Arn)
{
    [JsonIgnore]
    public string Key => Words.ToLowerInvariant();
}

/// <summary>What the judgement of targets needs besides their reports, as it was listed: a JSON text under its key.</summary>
public sealed record SweepPart(string Key, string Json);

/// <summary>What became of one target.</summary>
public abstract record SweepResult(SweepTarget Target)
{
    public sealed record Judged(SweepTarget Target, ReviewSubject Subject, UsePoint Found) : SweepResult(Target);

    /// <param name="Reason">A clause, the same for all that failed alike; at most 200 characters.</param>
    /// <param name="Problem">What was said, with names in backticks.</param>
    public sealed record Failed(SweepTarget Target, string Reason, string Problem) : SweepResult(Target);
}

/// <summary>When the settings' time came last.</summary>
/// <param name="Since">When the state began to know of it: what was due before that is nobody's.</param>
/// <param name="LastFor">The local day of the last one that was due.</param>
public sealed record SweepDue(DateTimeOffset Since, DateOnly? LastFor);

/// <summary>
/// Sweeps. One runs at a time, over all hosts that share the state, and one host at a time works at it: it holds it for a while, and what it
/// writes is written only while it does.
/// </summary>
public interface ISweeps
{
    /// <summary>Adds a sweep; false, and nothing written, while another one runs.</summary>
    Task<bool> StartAsync(SweepRecord sweep, AuditEntry entry, CancellationToken cancellation);

    /// <summary>The same for one that is due, in one transaction with the note that it was. One that was due while another ran was had.</summary>
    Task<bool> StartDueAsync(SweepRecord sweep, SweepDue seen, DateOnly day, AuditEntry entry, CancellationToken cancellation);

    /// <summary>What is noted of the settings' time; the first who asks begins the note.</summary>
    Task<SweepDue> DueAsync(DateTimeOffset now, CancellationToken cancellation);

    Task<SweepRecord?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>The one that was started last.</summary>
    Task<SweepRecord?> LatestAsync(CancellationToken cancellation);

    /// <summary>The last one that ended before this one was started.</summary>
    Task<SweepRecord?> BeforeAsync(SweepRecord sweep, CancellationToken cancellation);

    /// <summary>Takes a sweep that runs and that no other host holds; null where there is none such.</summary>
    Task<SweepRecord?> HoldAsync(string id, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Holds it for longer; false when it is held no more.</summary>
    Task<bool> StillAsync(string id, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>The ids of those that run and that no other host holds.</summary>
    Task<ImmutableArray<string>> FreeAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Writes how far it is, with its end; false, and nothing written, when it is held no more.</summary>
    Task<bool> WriteAsync(SweepRecord to, AuditEntry? entry, CancellationToken cancellation);

    /// <summary>Makes the message its card in that conversation; the one that stood there before.</summary>
    Task<PostedMessage?> ShowInAsync(string id, PostedMessage message, CancellationToken cancellation);

    /// <summary>Notes that its cards show its end.</summary>
    Task ShownAsync(string id, CancellationToken cancellation);

    /// <summary>The ids of those that are over and whose cards may not say so.</summary>
    Task<ImmutableArray<string>> NotShownAsync(CancellationToken cancellation);
}

/// <summary>The targets of sweeps, by rows: however many there are, a host holds a few.</summary>
public interface ISweepTargets
{
    /// <summary>Removes all that was listed; false when the sweep is held no more.</summary>
    Task<bool> ClearAsync(string sweepId, CancellationToken cancellation);

    /// <summary>Adds what was listed in one transaction; what is there already stays. false when the sweep is held no more.</summary>
    Task<bool> AddAsync(string sweepId, IReadOnlyCollection<SweepTarget> targets, IReadOnlyCollection<SweepPart> parts, CancellationToken cancellation);

    Task<int> CountAsync(string sweepId, CancellationToken cancellation);

    /// <summary>Those that wait, in the order of their keys.</summary>
    /// <param name="after">A key; those up to it are left out.</param>
    Task<ImmutableArray<SweepTarget>> WaitingAsync(string sweepId, string after, int most, CancellationToken cancellation);

    /// <summary>Those of the parts that are there, by key.</summary>
    Task<ImmutableDictionary<string, string>> PartsAsync(string sweepId, IReadOnlyCollection<string> keys, CancellationToken cancellation);

    /// <summary>
    /// Writes what became of targets that waited, how far the sweep is with them, and what was found of each for its history, in one transaction;
    /// false, and nothing written, when the sweep is held no more.
    /// </summary>
    Task<bool> DoneAsync(SweepRecord to, IReadOnlyCollection<SweepResult> results, CancellationToken cancellation);

    /// <summary>Those with unused services, the most first.</summary>
    Task<ImmutableArray<IdlestTarget>> IdlestAsync(string sweepId, int most, CancellationToken cancellation);

    /// <summary>Adds all of it up.</summary>
    /// <param name="mostIdlest">How many of the targets with unused services are named.</param>
    /// <param name="mostFailures">How many reasons of failures are named.</param>
    Task<SweepFindings> FindingsAsync(string sweepId, int mostIdlest, int mostFailures, CancellationToken cancellation);

    /// <summary>Removes the parts of a sweep that is over, and the targets of those before it.</summary>
    Task TidyAsync(string sweepId, CancellationToken cancellation);
}
