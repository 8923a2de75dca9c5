using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Core.Edits;

/// <summary>The one thing that an edit changes, and that is read before and after it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Attachment), "attachment")]
[JsonDerivedType(typeof(Membership), "membership")]
[JsonDerivedType(typeof(Inline), "inline")]
[JsonDerivedType(typeof(Policy), "policy")]
public abstract record EditSubject
{
    private EditSubject() { }

    /// <summary>Whether a managed policy is attached to an identity.</summary>
    public sealed record Attachment(IdentityRef Identity, string PolicyArn) : EditSubject;

    /// <summary>Whether a user is in a group.</summary>
    public sealed record Membership(string Group, string User) : EditSubject;

    /// <summary>The text of an inline policy.</summary>
    public sealed record Inline(IdentityRef Identity, string Name) : EditSubject;

    /// <summary>A managed policy with its versions; not whom it is attached to.</summary>
    public sealed record Policy(string Arn) : EditSubject;
}

/// <summary>What a subject looked like at one moment. It carries AWS's unique ids: the same name after a recreate is not the same thing.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Attachment), "attachment")]
[JsonDerivedType(typeof(Membership), "membership")]
[JsonDerivedType(typeof(Inline), "inline")]
[JsonDerivedType(typeof(Policy), "policy")]
public abstract record SubjectState
{
    private SubjectState() { }

    /// <param name="IdentityId">null: no such identity.</param>
    public sealed record Attachment(string? IdentityId, bool IsAttached) : SubjectState;

    /// <param name="GroupId">null: no such group.</param>
    /// <param name="UserId">null: no such user.</param>
    public sealed record Membership(string? GroupId, string? UserId, bool IsMember) : SubjectState;

    /// <param name="IdentityId">null: no such identity.</param>
    /// <param name="Document">null: no such inline policy.</param>
    public sealed record Inline(string? IdentityId, string? Document) : SubjectState;

    /// <param name="Stored">null: no such policy.</param>
    public sealed record Policy(StoredPolicy? Stored) : SubjectState;
}

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
