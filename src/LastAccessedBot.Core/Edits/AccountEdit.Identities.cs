using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Edits;

/// <content>Users, groups and roles themselves, and the instance profiles that hold roles.</content>
public abstract partial record AccountEdit
{
    /// <summary>
    /// A user, group or role made again: same name and path, new unique id. Its permissions boundary comes with it in the same call: nothing
    /// that is attached later is ever without its cap.
    /// </summary>
    /// <param name="Role">null for a user or a group.</param>
    public sealed record CreateIdentity(
        IdentityRef Identity, string Path, ImmutableSortedDictionary<string, string> Tags, string? BoundaryArn, RoleSettings? Role) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.IdentityItself(Identity);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Create {Identity.KindWord:w} {Identity.Name} again");

        public override bool IsReached(SubjectState before, SubjectState now) =>
            ((SubjectState.IdentityItself)before).Stored is null && ((SubjectState.IdentityItself)now).Stored is { } stored
            && stored == new StoredIdentity(stored.Id, Path, Tags, BoundaryArn, Role);

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new DeleteIdentity(Identity)];
    }

    /// <summary>Possible once nothing hangs on the identity any more, but for its permissions boundary and its tags, which go with it.</summary>
    public sealed record DeleteIdentity(IdentityRef Identity) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.IdentityItself(Identity);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Delete {Identity.KindWord:w} {Identity.Name}");

        [JsonIgnore]
        public override Prose? Loss => Prose.Of($"the unique id and the creation date of {Identity.KindWord:w} {Identity.Name}");

        public override bool IsReached(SubjectState before, SubjectState now) => ((SubjectState.IdentityItself)now).Stored is null;

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => ((SubjectState.IdentityItself)before).Stored is { } old && before != after
            ? [new CreateIdentity(Identity, old.Path, old.Tags, old.BoundaryArn, old.Role)]
            : [];
    }

    public sealed record AddRoleToInstanceProfile(string InstanceProfile, string Role) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.InstanceProfileRole(InstanceProfile, Role);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Add role {Role} to instance profile {InstanceProfile}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.InstanceProfileRole)before with { IsIn = true };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new RemoveRoleFromInstanceProfile(InstanceProfile, Role)];
    }

    /// <summary>The instance profile itself stays.</summary>
    public sealed record RemoveRoleFromInstanceProfile(string InstanceProfile, string Role) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.InstanceProfileRole(InstanceProfile, Role);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Remove role {Role} from instance profile {InstanceProfile}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.InstanceProfileRole)before with { IsIn = false };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new AddRoleToInstanceProfile(InstanceProfile, Role)];
    }
}
