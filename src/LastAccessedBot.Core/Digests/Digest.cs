using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Schedules;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Digests;

/// <summary>How many services a target was granted, and how many of them it used, at one moment.</summary>
public sealed record UsePoint(DateTimeOffset At, int Granted, int Used);

/// <summary>A service that an applied trim took away.</summary>
/// <param name="Name">Its display name.</param>
/// <param name="ProposalId">The trim.</param>
public sealed record GoneService(string Name, string ProposalId);

/// <summary>A service without use in the window.</summary>
public sealed record IdleService(string Name, DateTimeOffset? LastSeen);

/// <summary>What the next digest has to know of those before it.</summary>
/// <param name="At">What is told next is what happened after this moment.</param>
/// <param name="Unused">Told to be unused.</param>
/// <param name="Gone">Taken away by trims, and not granted since.</param>
/// <param name="Points">The oldest first; at most <see cref="MostPoints"/>.</param>
public sealed record TargetMemory(DateTimeOffset At, ImmutableArray<ServiceNamespace> Unused, ImmutableArray<GoneService> Gone, ImmutableArray<UsePoint> Points)
{
    public const int MostPoints = 6;
}

/// <summary>One target's part of a digest, as it was found. What became of its proposals since is read where it is drawn.</summary>
/// <param name="Since">The moment of the digest before; null in a first one.</param>
/// <param name="IsQuiet">Nothing is said where nothing is new.</param>
/// <param name="ReviewId">Where its proposals stand; null where nothing could be found out.</param>
/// <param name="Failed">Why nothing could be found out.</param>
/// <param name="Idle">What became unused since; in a first digest, all that is.</param>
/// <param name="Open">The proposals that were open, the riskiest first and of these the largest.</param>
/// <param name="Decided">The proposals that somebody decided about, or that ended, since; the latest first.</param>
/// <param name="Weight">Targets with more of it come first.</param>
/// <param name="Memory">For the next digest, once this one is sent; null leaves the one before.</param>
public sealed record DigestTarget(
    string SubscriptionId,
    ReviewSubject Subject,
    DateTimeOffset? Since,
    bool IsQuiet,
    string? ReviewId,
    Refusal? Failed,
    ImmutableArray<IdleService> Idle,
    ImmutableArray<GoneService> GrownBack,
    int Granted,
    int Used,
    int Unused,
    ImmutableArray<string> Open,
    ImmutableArray<string> Decided,
    ImmutableArray<UsePoint> Points,
    int Weight,
    TargetMemory? Memory)
{
    /// <summary>Something to tell: what is still open is, too.</summary>
    [JsonIgnore]
    public bool HasNews => Failed is not null || !Idle.IsEmpty || !GrownBack.IsEmpty || !Open.IsEmpty || !Decided.IsEmpty;

    [JsonIgnore]
    public bool IsSilent => IsQuiet && !HasNews;

    /// <summary>One about which nothing could be found out.</summary>
    public static DigestTarget Unknown(string subscriptionId, ReviewSubject subject, DateTimeOffset? since, bool isQuiet, Refusal why) =>
        new(subscriptionId, subject, since, isQuiet, null, why, [], [], 0, 0, 0, [], [], [], int.MaxValue, null);
}

/// <summary>What one conversation is told at one moment.</summary>
/// <param name="Every">How often the digests come that it is one of; of several rules, the rarest.</param>
/// <param name="Targets">In the order in which they are told.</param>
/// <param name="NotSeen">The moment of an earlier digest that did not come, or of which nobody knows; null for none.</param>
public sealed record Digest(DateTimeOffset At, Every Every, ImmutableArray<DigestTarget> Targets, DateTimeOffset? NotSeen)
{
    /// <summary>The one that was not seen surely did not come.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NeverCame { get; init; }

    /// <summary>What a sweep that ended since the digest before found besides; it breaks no silence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SweptBeside? Beside { get; init; }

    /// <summary>There is nothing to post.</summary>
    [JsonIgnore]
    public bool IsSilent => NotSeen is null && Targets.All(target => target.IsSilent);
}
