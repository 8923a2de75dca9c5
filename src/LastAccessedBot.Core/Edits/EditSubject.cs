using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;

namespace LastAccessedBot.Core.Edits;

/// <summary>The one thing that an edit changes, and that is read before and after it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Attachment), "attachment")]
[JsonDerivedType(typeof(Membership), "membership")]
[JsonDerivedType(typeof(Inline), "inline")]
[JsonDerivedType(typeof(Boundary), "boundary")]
[JsonDerivedType(typeof(Policy), "policy")]
[JsonDerivedType(typeof(IdentityItself), "identity")]
[JsonDerivedType(typeof(InstanceProfileRole), "instanceProfileRole")]
[JsonDerivedType(typeof(Credential), "credential")]
[JsonDerivedType(typeof(LoginProfile), "loginProfile")]
[JsonDerivedType(typeof(MfaDevice), "mfaDevice")]
[JsonDerivedType(typeof(Scp), "scp")]
[JsonDerivedType(typeof(ScpAttachment), "scpAttachment")]
public abstract partial record EditSubject
{
    private EditSubject() { }

    /// <summary>What <paramref name="state"/> of the subject comes to look like when the identities go: what hung on them is gone with them.</summary>
    public virtual SubjectState Without(IReadOnlySet<IdentityRef> gone, SubjectState state) => state;

    private static IdentityRef UserRef(string name) => new(IdentityKind.User, name);

    /// <summary>Whether a managed policy is attached to an identity.</summary>
    public sealed record Attachment(IdentityRef Identity, string PolicyArn) : EditSubject
    {
        public override SubjectState Without(IReadOnlySet<IdentityRef> gone, SubjectState state) => gone.Contains(Identity) ? new SubjectState.Attachment(null, false) : state;
    }

    /// <summary>Whether a user is in a group.</summary>
    public sealed record Membership(string Group, string User) : EditSubject
    {
        // Of the two, whichever stays must still be the same one.
        public override SubjectState Without(IReadOnlySet<IdentityRef> gone, SubjectState state)
        {
            var (group, user) = (gone.Contains(new IdentityRef(IdentityKind.Group, Group)), gone.Contains(UserRef(User)));
            var membership = (SubjectState.Membership)state;
            return new SubjectState.Membership(group ? null : membership.GroupId, user ? null : membership.UserId, membership.IsMember && !group && !user);
        }
    }

    /// <summary>The text of an inline policy.</summary>
    public sealed record Inline(IdentityRef Identity, string Name) : EditSubject
    {
        public override SubjectState Without(IReadOnlySet<IdentityRef> gone, SubjectState state) => gone.Contains(Identity) ? new SubjectState.Inline(null, null) : state;
    }

    /// <summary>Which policy caps a user or role.</summary>
    public sealed record Boundary(IdentityRef Identity) : EditSubject
    {
        public override SubjectState Without(IReadOnlySet<IdentityRef> gone, SubjectState state) => gone.Contains(Identity) ? new SubjectState.Boundary(null, null) : state;
    }

    /// <summary>A managed policy with its versions; not whom it is attached to.</summary>
    public sealed record Policy(string Arn) : EditSubject;

    /// <summary>A user, group or role itself; not what hangs on it.</summary>
    public sealed record IdentityItself(IdentityRef Identity) : EditSubject;

    /// <summary>Whether a role is in an instance profile.</summary>
    public sealed record InstanceProfileRole(string InstanceProfile, string Role) : EditSubject
    {
        public override SubjectState Without(IReadOnlySet<IdentityRef> gone, SubjectState state) =>
            gone.Contains(new IdentityRef(IdentityKind.Role, Role)) ? (SubjectState.InstanceProfileRole)state with { RoleId = null, IsIn = false } : state;
    }

    /// <summary>One credential of a user.</summary>
    public sealed record Credential(string User, CredentialKind CredentialKind, string Id) : EditSubject
    {
        public override SubjectState Without(IReadOnlySet<IdentityRef> gone, SubjectState state) => gone.Contains(UserRef(User)) ? new SubjectState.Credential(null, null) : state;
    }

    /// <summary>A user's password.</summary>
    public sealed record LoginProfile(string User) : EditSubject
    {
        public override SubjectState Without(IReadOnlySet<IdentityRef> gone, SubjectState state) => gone.Contains(UserRef(User)) ? new SubjectState.LoginProfile(null, null) : state;
    }

    /// <summary>Whether an MFA device is enabled for a user.</summary>
    public sealed record MfaDevice(string User, string SerialNumber) : EditSubject
    {
        public override SubjectState Without(IReadOnlySet<IdentityRef> gone, SubjectState state) => gone.Contains(UserRef(User)) ? new SubjectState.MfaDevice(null, false) : state;
    }
}

/// <summary>What a subject looked like at one moment. It carries AWS's unique ids: the same name after a recreate is not the same thing.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Attachment), "attachment")]
[JsonDerivedType(typeof(Membership), "membership")]
[JsonDerivedType(typeof(Inline), "inline")]
[JsonDerivedType(typeof(Boundary), "boundary")]
[JsonDerivedType(typeof(Policy), "policy")]
[JsonDerivedType(typeof(IdentityItself), "identity")]
[JsonDerivedType(typeof(InstanceProfileRole), "instanceProfileRole")]
[JsonDerivedType(typeof(Credential), "credential")]
[JsonDerivedType(typeof(LoginProfile), "loginProfile")]
[JsonDerivedType(typeof(MfaDevice), "mfaDevice")]
[JsonDerivedType(typeof(Scp), "scp")]
[JsonDerivedType(typeof(ScpAttachment), "scpAttachment")]
public abstract partial record SubjectState
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

    /// <param name="IdentityId">null: no such identity.</param>
    /// <param name="PolicyArn">null: nothing caps it.</param>
    public sealed record Boundary(string? IdentityId, string? PolicyArn) : SubjectState;

    /// <param name="Stored">null: no such policy.</param>
    public sealed record Policy(StoredPolicy? Stored) : SubjectState;

    /// <param name="Stored">null: no such identity.</param>
    public sealed record IdentityItself(StoredIdentity? Stored) : SubjectState;

    /// <param name="ProfileId">null: no such instance profile.</param>
    /// <param name="RoleId">null: no such role.</param>
    public sealed record InstanceProfileRole(string? ProfileId, string? RoleId, bool IsIn) : SubjectState;

    /// <param name="UserId">null: no such user.</param>
    /// <param name="IsActive">null: no such credential.</param>
    public sealed record Credential(string? UserId, bool? IsActive) : SubjectState;

    /// <param name="UserId">null: no such user.</param>
    /// <param name="Created">When the password came to be; null: there is none.</param>
    public sealed record LoginProfile(string? UserId, DateTimeOffset? Created) : SubjectState;

    /// <param name="UserId">null: no such user.</param>
    public sealed record MfaDevice(string? UserId, bool IsEnabled) : SubjectState;
}
