using System.Collections.Immutable;

namespace LastAccessedBot.Core.Account;

/// <summary>What it takes to make a role again, besides what every identity has.</summary>
/// <param name="TrustPolicy">The document that says who may assume it, URL-decoded.</param>
/// <param name="MaxSessionDuration">In seconds, 3,600 to 43,200.</param>
public sealed record RoleSettings(string TrustPolicy, string? Description, int MaxSessionDuration);

/// <summary>What a role is and who last used it: read only where somebody wants to delete the role.</summary>
/// <param name="LastUsed">The latest request of any session of the role; null for none within AWS's memory of 400 days.</param>
/// <param name="InstanceProfiles">The instance profiles that hold the role, by name.</param>
public sealed record RoleDetails(RoleSettings Settings, DateTimeOffset? LastUsed, ImmutableSortedSet<string> InstanceProfiles);
