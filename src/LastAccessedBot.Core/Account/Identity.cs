using System.Collections.Immutable;

namespace LastAccessedBot.Core.Account;

/// <summary>A user, a group or a role with what hangs on it.</summary>
public sealed record Identity
{
    public required IdentityRef Ref { get; init; }
    public required string Arn { get; init; }
    public required string Path { get; init; }

    /// <summary>AWS's unique id: another one after a delete and a recreate under the same name.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Always empty for a group: IAM groups have no tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The policy that caps the identity; none for a group.</summary>
    public string? BoundaryArn { get; init; }

    /// <summary>The ARNs of the managed policies attached to the identity itself.</summary>
    public ImmutableSortedSet<string> Attached { get; init; } = [];

    /// <summary>The inline policies: name → document.</summary>
    public ImmutableSortedDictionary<string, string> Inline { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The users in a group; empty for users and roles.</summary>
    public ImmutableSortedSet<string> Members { get; init; } = [];

    /// <summary>The groups that a user is in; empty for groups and roles.</summary>
    public ImmutableSortedSet<string> Groups { get; init; } = [];

    /// <summary>What a user signs in with; null for groups and roles, and where nobody asked for it.</summary>
    public UserDetails? User { get; init; }

    /// <summary>What a role is besides its policies; null for users and groups, and where nobody asked for it.</summary>
    public RoleDetails? Role { get; init; }

    /// <summary>A role that belongs to an AWS service; only that service changes it.</summary>
    public bool IsServiceLinked => Ref.Kind == IdentityKind.Role && Path.StartsWith("/aws-service-role/", StringComparison.Ordinal);
}
