using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Edits;

/// <content>Service control policies (SCPs), by name: a chain that makes one and attaches it is written before AWS gives it an id.</content>
public abstract partial record AccountEdit
{
    private static SubjectState.Scp AsScp(SubjectState state) => (SubjectState.Scp)state;

    /// <summary>Overwrites the text of an SCP. AWS keeps no versions: the inverse has the old text from the journal.</summary>
    public sealed record UpdateScp(string Name, string Content) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Scp(Name);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Write the text of SCP {Name}");

        public override bool IsReached(SubjectState before, SubjectState now) =>
            AsScp(before).Stored is { } old && AsScp(now).Stored is { } stored && stored == old with { Content = Content };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) =>
            before == after ? [] : [new UpdateScp(Name, AsScp(before).Stored!.Content)];
    }

    /// <summary>An SCP that is attached to nothing yet.</summary>
    public sealed record CreateScp(string Name, string Description, string Content) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Scp(Name);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Create SCP {Name}");

        public override bool IsReached(SubjectState before, SubjectState now) =>
            AsScp(before).Stored is null && AsScp(now).Stored is { } stored && stored == new StoredScp(stored.Id, Name, Description, Content);

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new DeleteScp(Name)];
    }

    /// <summary>Possible once nothing is attached to it. Only what <see cref="CreateScp"/> made is deleted, and that has no tags.</summary>
    public sealed record DeleteScp(string Name) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Scp(Name);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Delete SCP {Name}");

        public override bool IsReached(SubjectState before, SubjectState now) => AsScp(now).Stored is null;

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => AsScp(before).Stored is { } old && before != after
            ? [new CreateScp(Name, old.Description, old.Content)]
            : [];
    }

    public sealed record AttachScp(string Name, EntityRef To) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.ScpAttachment(Name, To.Id);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Attach SCP {Name} to {To.Prose}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.ScpAttachment)before with { IsAttached = true };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new DetachScp(Name, To)];
    }

    public sealed record DetachScp(string Name, EntityRef From) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.ScpAttachment(Name, From.Id);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Detach SCP {Name} from {From.Prose}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.ScpAttachment)before with { IsAttached = false };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => before == after ? [] : [new AttachScp(Name, From)];
    }
}
