using System.Collections.Immutable;

namespace LastAccessedBot.Flows;

/// <summary>One policy of the sweep.</summary>
/// <param name="Problem">Why nothing is known about it, as a clause; null when its report was read.</param>
public sealed record RankedPolicy(string Name, string Arn, int Attachments, int Granted, int Unused, int Unknown, bool GrantsEveryOther, string? Problem);

/// <summary>Every attached customer managed policy, worst first: the most unused services, then the most attachments.</summary>
public sealed record PolicyRanking(ImmutableArray<RankedPolicy> Policies);
