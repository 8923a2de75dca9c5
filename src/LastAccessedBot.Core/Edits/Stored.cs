using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Core.Edits;

/// <summary>A managed policy as it is stored, attachments left out: what it takes to make it again.</summary>
public sealed record StoredPolicy(
    string Id, string Name, string Arn, string Path, string? Description, ImmutableSortedDictionary<string, string> Tags, ImmutableArray<PolicyVersion> Versions)
{
    public static StoredPolicy Of(ManagedPolicy policy) =>
        new(policy.Id, policy.Name, policy.Arn, policy.Path, policy.Description, policy.Tags, [.. policy.Versions.OrderBy(version => version.Number)]);

    [JsonIgnore]
    public PolicyVersion Default => Versions.First(version => version.IsDefault);

    public bool Equals(StoredPolicy? other) =>
        other is not null && Id == other.Id && Name == other.Name && Arn == other.Arn && Path == other.Path && Description == other.Description
        && Tags.SequenceEqual(other.Tags) && Versions.SequenceEqual(other.Versions);

    public override int GetHashCode() => HashCode.Combine(Id, Arn, Versions.Length);
}

/// <summary>A user, group or role as it is stored, what hangs on it left out: what it takes to make it again.</summary>
/// <param name="Id">AWS's unique id.</param>
/// <param name="Role">null for a user or a group.</param>
public sealed record StoredIdentity(string Id, string Path, ImmutableSortedDictionary<string, string> Tags, string? BoundaryArn, RoleSettings? Role)
{
    public bool Equals(StoredIdentity? other) =>
        other is not null && Id == other.Id && Path == other.Path && BoundaryArn == other.BoundaryArn && Role == other.Role && Tags.SequenceEqual(other.Tags);

    public override int GetHashCode() => HashCode.Combine(Id, Path, BoundaryArn, Role);
}
