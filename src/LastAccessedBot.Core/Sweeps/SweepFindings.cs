using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Core.Sweeps;

/// <summary>What a sweep looks at, each by its own report.</summary>
public enum SweptKind { Group, User, Role, Policy }

/// <summary>All that a sweep found of one kind, in numbers; the services are summed over the targets that were judged.</summary>
/// <param name="Targets">Those that were judged and those that failed.</param>
/// <param name="Failed">Those of which nothing is known.</param>
/// <param name="WithUnused">Those that may use a service which they did not use within the window.</param>
/// <param name="Idle">Of these, those that used nothing of all that they may use.</param>
public sealed record KindTally(SweptKind Kind, int Targets, int Failed, int WithUnused, int Idle, int Granted, int Used, int Unused, int Unknown);

/// <summary>One of the targets with the most unused services.</summary>
/// <param name="Words">As typed after <c>/unused</c>.</param>
public sealed record IdlestTarget(string Words, int Granted, int Used, int Unused, int Unknown)
{
    private const int LongestLabel = 24;

    [JsonIgnore]
    public string KindWord => Words[..Words.IndexOf(' ', StringComparison.Ordinal)];

    [JsonIgnore]
    public string Name => Words[(Words.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>Its name as a button has room for it.</summary>
    [JsonIgnore]
    public string Label => Name.Length > LongestLabel ? $"{Name[..(LongestLabel - 1)]}…" : Name;
}

/// <summary>Targets that failed for one reason.</summary>
/// <param name="Reason">A clause, the same for all of them.</param>
/// <param name="Words">One of them.</param>
/// <param name="Problem">What was said of that one, with names in backticks.</param>
public sealed record FailureTally(string Reason, int Targets, string Words, string Problem);

/// <summary>What a whole sweep found.</summary>
/// <param name="Kinds">In the order of <see cref="SweptKind"/>; kinds without a target are left out.</param>
/// <param name="Idlest">The most unused services first; bounded.</param>
/// <param name="Failures">The most frequent first; bounded.</param>
public sealed record SweepFindings(ImmutableArray<KindTally> Kinds, ImmutableArray<IdlestTarget> Idlest, ImmutableArray<FailureTally> Failures)
{
    [JsonIgnore]
    public int Targets => Kinds.Sum(kind => kind.Targets);

    [JsonIgnore]
    public int Failed => Kinds.Sum(kind => kind.Failed);

    [JsonIgnore]
    public int WithUnused => Kinds.Sum(kind => kind.WithUnused);

    [JsonIgnore]
    public int Unused => Kinds.Sum(kind => kind.Unused);
}

/// <summary>What the sweep before found, to compare with.</summary>
public sealed record SweepBefore(DateTimeOffset StartedAt, int Targets, int WithUnused, int Unused);
