using System.Collections.Immutable;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Digests;
using LastAccessedBot.Core.Schedules;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>A conversation that wants to hear of a target. One that was ended is kept: begun again on the same day, it tells nothing twice.</summary>
/// <param name="IsQuiet">Silent where there is nothing new, in the place of one line.</param>
/// <param name="By">Who subscribed, or changed it last, as <c>surface:id</c>; also who asked for the proposals that its digests make.</param>
/// <param name="Message">Where it was asked for.</param>
/// <param name="Since">When it began; what was due before is nobody's.</param>
/// <param name="Revision">Rises with every write; a write names the revision that it saw.</param>
/// <param name="LastFor">The local day of the last occurrence that somebody took on; null before the first.</param>
/// <param name="Memory">From the last digest that came; null before the first.</param>
/// <param name="ReviewId">The review that holds its proposals, from the first digest on.</param>
/// <param name="DigestId">The last digest that came.</param>
public sealed record Subscription(
    string Id, Conversation In, ReviewSubject Subject, DigestRule Rule, bool IsQuiet, string By, PostedMessage Message, DateTimeOffset Since, bool IsActive, int Revision,
    DateOnly? LastFor = null, TargetMemory? Memory = null, string? ReviewId = null, string? DigestId = null);

/// <summary>Subscriptions: one for each conversation and target.</summary>
public interface ISubscriptions
{
    Task<Subscription?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Those of one conversation, ended ones too, by their targets' words.</summary>
    Task<ImmutableArray<Subscription>> InAsync(Conversation conversation, CancellationToken cancellation);

    /// <summary>All that are not ended.</summary>
    Task<ImmutableArray<Subscription>> ActiveAsync(CancellationToken cancellation);

    /// <summary>Writes a subscription where the stored revision is still that of <paramref name="from"/>, or where there is none; false when somebody was faster.</summary>
    Task<bool> WriteAsync(Subscription? from, Subscription to, AuditEntry entry, CancellationToken cancellation);
}

/// <summary>How far a digest is.</summary>
public enum DigestState
{
    /// <summary>A host looks into its targets, or will, or tries again to post it.</summary>
    Claimed,

    /// <summary>It is being posted. Where the host dies now, nobody knows whether it came, and it is not posted again.</summary>
    Posting,

    Sent,

    /// <summary>There was nothing to tell.</summary>
    Silent,

    /// <summary>Nobody knows whether it came.</summary>
    Unsure,

    /// <summary>The platform refused it as often as it was tried.</summary>
    Failed,
}

/// <summary>A digest that a host took on.</summary>
/// <param name="Moment">When it was due.</param>
/// <param name="Subscriptions">The ids of those that were due.</param>
/// <param name="LeaseUntil">Until then the host that wrote it last is at work, and nobody else.</param>
/// <param name="Tries">How often a host began with it.</param>
public sealed record DigestRecord(
    string Id, Conversation In, DateTimeOffset Moment, Every Every, ImmutableArray<string> Subscriptions, DigestState State, int Revision, DateTimeOffset LeaseUntil, int Tries = 1,
    PostedMessage? Message = null, Digest? Content = null);

/// <summary>Digests. A digest is claimed by one write together with its subscriptions, and of two hosts only one finds them as both saw them.</summary>
public interface IDigests
{
    /// <summary>Adds the digest and moves its subscriptions on, in one transaction; false, and nothing written, when somebody was faster with one of them.</summary>
    Task<bool> ClaimAsync(DigestRecord digest, ImmutableArray<(Subscription From, Subscription To)> due, AuditEntry entry, CancellationToken cancellation);

    /// <summary>Writes <paramref name="to"/> where the stored revision is still that of <paramref name="from"/>; false when another host is at it.</summary>
    Task<bool> MoveAsync(DigestRecord from, DigestRecord to, AuditEntry? entry, CancellationToken cancellation);

    /// <summary>The same for one that has come, with what its subscriptions remember of it, in one transaction.</summary>
    Task<bool> EndAsync(DigestRecord from, DigestRecord to, Func<Subscription, Subscription> remember, AuditEntry entry, CancellationToken cancellation);

    Task<DigestRecord?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Claimed or being posted, the oldest first.</summary>
    Task<ImmutableArray<DigestRecord>> UnderWayAsync(CancellationToken cancellation);

    /// <summary>The last one of the conversation that is not under way; null where there is none.</summary>
    Task<DigestRecord?> LastAsync(Conversation conversation, CancellationToken cancellation);

    /// <summary>The digests that are the newest of a target whose proposals stand in the review.</summary>
    Task<ImmutableArray<DigestRecord>> ShowingAsync(string reviewId, CancellationToken cancellation);
}

/// <summary>A failure of a chat platform that tells whether what was asked of it may have been done all the same.</summary>
public interface IChatFailure
{
    bool MayHaveHappened { get; }
}
