using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Edits;

/// <content>Permissions boundaries of users and roles.</content>
public abstract partial record AccountEdit
{
    /// <summary>Caps a user or role by a managed policy, in the place of any that capped it before.</summary>
    public sealed record PutBoundary(IdentityRef On, string PolicyArn) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Boundary(On);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Make {NameIn(PolicyArn)} the permissions boundary of {On.KindWord:w} {On.Name}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Boundary)before with { PolicyArn = PolicyArn };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? []
            : ((SubjectState.Boundary)before).PolicyArn is { } old ? [new PutBoundary(On, old)]
            : [new DeleteBoundary(On)];
    }

    /// <summary>Only ever the way back to an identity that had no boundary: it allows more.</summary>
    public sealed record DeleteBoundary(IdentityRef On) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Boundary(On);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Take the permissions boundary off {On.KindWord:w} {On.Name}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Boundary)before with { PolicyArn = null };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) =>
            before == after ? [] : [new PutBoundary(On, ((SubjectState.Boundary)before).PolicyArn!)];
    }
}
