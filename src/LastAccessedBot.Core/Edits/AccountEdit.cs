using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Edits;

/// <summary>
/// One call that changes one thing. The family is closed: preview, apply, resume, audit and undo are written once for it, and every kind
/// of trim is a list of these. The JSON names are stored in journals and never change.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AttachPolicy), "attachPolicy")]
[JsonDerivedType(typeof(DetachPolicy), "detachPolicy")]
[JsonDerivedType(typeof(AddUserToGroup), "addUserToGroup")]
[JsonDerivedType(typeof(RemoveUserFromGroup), "removeUserFromGroup")]
[JsonDerivedType(typeof(CreatePolicyVersion), "createPolicyVersion")]
[JsonDerivedType(typeof(SetDefaultPolicyVersion), "setDefaultPolicyVersion")]
[JsonDerivedType(typeof(DeletePolicyVersion), "deletePolicyVersion")]
[JsonDerivedType(typeof(PutInlinePolicy), "putInlinePolicy")]
[JsonDerivedType(typeof(DeleteInlinePolicy), "deleteInlinePolicy")]
[JsonDerivedType(typeof(CreatePolicy), "createPolicy")]
[JsonDerivedType(typeof(DeletePolicy), "deletePolicy")]
[JsonDerivedType(typeof(PutBoundary), "putBoundary")]
[JsonDerivedType(typeof(DeleteBoundary), "deleteBoundary")]
[JsonDerivedType(typeof(CreateIdentity), "createIdentity")]
[JsonDerivedType(typeof(DeleteIdentity), "deleteIdentity")]
[JsonDerivedType(typeof(AddRoleToInstanceProfile), "addRoleToInstanceProfile")]
[JsonDerivedType(typeof(RemoveRoleFromInstanceProfile), "removeRoleFromInstanceProfile")]
[JsonDerivedType(typeof(SetAccessKeyStatus), "setAccessKeyStatus")]
[JsonDerivedType(typeof(DeleteCredential), "deleteCredential")]
[JsonDerivedType(typeof(DeleteLoginProfile), "deleteLoginProfile")]
[JsonDerivedType(typeof(DeactivateMfaDevice), "deactivateMfaDevice")]
[JsonDerivedType(typeof(UpdateScp), "updateScp")]
[JsonDerivedType(typeof(CreateScp), "createScp")]
[JsonDerivedType(typeof(DeleteScp), "deleteScp")]
[JsonDerivedType(typeof(AttachScp), "attachScp")]
[JsonDerivedType(typeof(DetachScp), "detachScp")]
public abstract partial record AccountEdit
{
    private AccountEdit() { }

    /// <summary>What has to be read before and after.</summary>
    [JsonIgnore]
    public abstract EditSubject Subject { get; }

    /// <summary>What it does, as a sentence without a full stop, for cards and for the record.</summary>
    [JsonIgnore]
    public abstract Prose Sentence { get; }

    /// <summary>Whether the edit, begun at <paramref name="before"/>, has taken effect in <paramref name="now"/>, and nothing else has.</summary>
    public abstract bool IsReached(SubjectState before, SubjectState now);

    /// <summary>What is gone for good once it is made, as a clause that follows "nothing brings back:"; null where its inverse brings everything back that counts.</summary>
    [JsonIgnore]
    public virtual Prose? Loss => null;

    /// <summary>The edits that lead from <paramref name="after"/> back to <paramref name="before"/>, in order.</summary>
    public abstract ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after);

    private static string NameIn(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    private static SubjectState.Policy AsPolicy(SubjectState state) => (SubjectState.Policy)state;

    public sealed record AttachPolicy(IdentityRef To, string PolicyArn) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Attachment(To, PolicyArn);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Attach {NameIn(PolicyArn)} to {To.KindWord:w} {To.Name}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Attachment)before with { IsAttached = true };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new DetachPolicy(To, PolicyArn)];
    }

    public sealed record DetachPolicy(IdentityRef From, string PolicyArn) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Attachment(From, PolicyArn);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Detach {NameIn(PolicyArn)} from {From.KindWord:w} {From.Name}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Attachment)before with { IsAttached = false };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new AttachPolicy(From, PolicyArn)];
    }

    public sealed record AddUserToGroup(string Group, string User) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Membership(Group, User);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Add user {User} to group {Group}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Membership)before with { IsMember = true };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new RemoveUserFromGroup(Group, User)];
    }

    public sealed record RemoveUserFromGroup(string Group, string User) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Membership(Group, User);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Remove user {User} from group {Group}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Membership)before with { IsMember = false };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new AddUserToGroup(Group, User)];
    }

    /// <summary>A version of a policy with the document; AWS gives it the next number.</summary>
    public sealed record CreatePolicyVersion(string PolicyArn, string Document, bool SetAsDefault) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Policy(PolicyArn);

        [JsonIgnore]
        public override Prose Sentence => SetAsDefault
            ? Prose.Of($"Create a new default version of {NameIn(PolicyArn)}")
            : Prose.Of($"Create a version of {NameIn(PolicyArn)} that is not the default");

        public override bool IsReached(SubjectState before, SubjectState now)
        {
            if (AsPolicy(before).Stored is not { } old || AsPolicy(now).Stored is not { } stored || Created(old, stored) is not { } created) return false;
            return created.Document == Document && created.IsDefault == SetAsDefault
                && stored with { Versions = [] } == old with { Versions = [] }
                && stored.Versions.Remove(created).SequenceEqual(SetAsDefault ? old.Versions.Select(version => version with { IsDefault = false }) : old.Versions);
        }

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after)
        {
            if (AsPolicy(before).Stored is not { } old || AsPolicy(after).Stored is not { } stored || Created(old, stored) is not { } created) return [];
            var delete = new DeletePolicyVersion(PolicyArn, created.Id);
            return SetAsDefault ? [new SetDefaultPolicyVersion(PolicyArn, old.Default.Id), delete] : [delete];
        }

        private static PolicyVersion? Created(StoredPolicy old, StoredPolicy now)
        {
            var created = now.Versions.Where(version => old.Versions.All(known => known.Id != version.Id)).ToArray();
            return created.Length == 1 ? created[0] : null;
        }
    }

    public sealed record SetDefaultPolicyVersion(string PolicyArn, string VersionId) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Policy(PolicyArn);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Make {VersionId} the default version of {NameIn(PolicyArn)}");

        public override bool IsReached(SubjectState before, SubjectState now) =>
            AsPolicy(before).Stored is { } old && AsPolicy(now).Stored is { } stored
            && stored == old with { Versions = [.. old.Versions.Select(version => version with { IsDefault = version.Id == VersionId })] };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) =>
            before == after ? [] : [new SetDefaultPolicyVersion(PolicyArn, AsPolicy(before).Stored!.Default.Id)];
    }

    public sealed record DeletePolicyVersion(string PolicyArn, string VersionId) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Policy(PolicyArn);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Archive version {VersionId} of {NameIn(PolicyArn)} in the record and delete it");

        public override bool IsReached(SubjectState before, SubjectState now) =>
            AsPolicy(before).Stored is { } old && AsPolicy(now).Stored is { } stored
            && old.Versions.Any(version => version.Id == VersionId)
            && stored == old with { Versions = old.Versions.RemoveAll(version => version.Id == VersionId) };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after
            ? []
            : [new CreatePolicyVersion(PolicyArn, AsPolicy(before).Stored!.Versions.Single(version => version.Id == VersionId).Document, SetAsDefault: false)];
    }

    public sealed record PutInlinePolicy(IdentityRef On, string Name, string Document) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Inline(On, Name);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Write the inline policy {Name} of {On.KindWord:w} {On.Name}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Inline)before with { Document = Document };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? []
            : ((SubjectState.Inline)before).Document is { } old ? [new PutInlinePolicy(On, Name, old)]
            : [new DeleteInlinePolicy(On, Name)];
    }

    public sealed record DeleteInlinePolicy(IdentityRef On, string Name) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Inline(On, Name);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Delete the inline policy {Name} of {On.KindWord:w} {On.Name}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Inline)before with { Document = null };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) =>
            before == after ? [] : [new PutInlinePolicy(On, Name, ((SubjectState.Inline)before).Document!)];
    }

    /// <summary>A customer managed policy, new or made again: a unique id of its own, versions counted from v1.</summary>
    public sealed record CreatePolicy(string PolicyArn, string Name, string Path, string? Description, ImmutableSortedDictionary<string, string> Tags, string Document) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Policy(PolicyArn);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Create the policy {Name}");

        public override bool IsReached(SubjectState before, SubjectState now) =>
            AsPolicy(before).Stored is null && AsPolicy(now).Stored is { Versions: [var only] } stored
            && only.Document == Document && stored.Path == Path && stored.Description == Description && stored.Tags.SequenceEqual(Tags);

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new DeletePolicy(PolicyArn)];
    }

    /// <summary>Possible once nothing is attached and the default version is the only one.</summary>
    public sealed record DeletePolicy(string PolicyArn) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Policy(PolicyArn);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Delete the policy {NameIn(PolicyArn)}");

        public override bool IsReached(SubjectState before, SubjectState now) => AsPolicy(now).Stored is null;

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => AsPolicy(before).Stored is { } old && before != after
            ? [new CreatePolicy(PolicyArn, old.Name, old.Path, old.Description, old.Tags, old.Default.Document)]
            : [];
    }
}
