using System.Collections.Immutable;

namespace LastAccessedBot.Core.Account;

/// <summary>One stored version of a managed policy. Ids only rise (<c>v1</c>, <c>v2</c> …) and are never given twice.</summary>
/// <param name="Document">The policy document as AWS stores it, URL-decoded.</param>
public sealed record PolicyVersion(string Id, bool IsDefault, DateTimeOffset Created, string Document)
{
    /// <summary>The number in <see cref="Id"/>, for telling the oldest version; 0 when the id has another shape.</summary>
    public int Number => Id.StartsWith('v') && int.TryParse(Id.AsSpan(1), out var number) ? number : 0;
}

/// <summary>A managed policy with all that decides whether it may be changed: its versions and whom it is attached to.</summary>
public sealed record ManagedPolicy
{
    /// <summary>AWS stores at most five versions of a policy; the limit is hard.</summary>
    public const int MostVersions = 5;

    public required string Name { get; init; }
    public required string Arn { get; init; }
    public required string Path { get; init; }

    /// <summary>AWS's unique id: another one after a delete and a recreate under the same name.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }
    public string? Description { get; init; }
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>INVARIANT: exactly one version is the default.</summary>
    public required ImmutableArray<PolicyVersion> Versions { get; init; }

    /// <summary>The identities that it is attached to as a permissions policy, in order.</summary>
    public ImmutableSortedSet<IdentityRef> AttachedTo { get; init; } = [];

    /// <summary>The identities whose permissions boundary it is. Such use never shows in last-accessed data.</summary>
    public ImmutableSortedSet<IdentityRef> BoundaryOf { get; init; } = [];

    public PolicyVersion Default => Versions.First(version => version.IsDefault);

    /// <summary>Policies that AWS keeps can be attached and detached, but not edited or deleted.</summary>
    public bool IsAwsManaged => Arn.Contains(":iam::aws:policy/", StringComparison.Ordinal);
}
