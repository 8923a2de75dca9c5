using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Edits;

/// <content>What users sign in with. Secrets are seen once, by whoever made them: of what is deleted here, nothing comes back.</content>
public abstract partial record AccountEdit
{
    /// <summary>Switches an access key off or on; it stays the same key.</summary>
    public sealed record SetAccessKeyStatus(string User, string AccessKeyId, bool IsActive) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Credential(User, CredentialKind.AccessKey, AccessKeyId);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Switch {(IsActive ? "on" : "off"):w} access key {AccessKeyId} of user {User}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Credential)before with { IsActive = IsActive };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) =>
            before == after ? [] : [new SetAccessKeyStatus(User, AccessKeyId, !IsActive)];
    }

    public sealed record DeleteCredential(string User, CredentialKind CredentialKind, string Id) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.Credential(User, CredentialKind, Id);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Delete {Credential.Word(CredentialKind):w} {Id} of user {User}");

        [JsonIgnore]
        public override Prose? Loss => Prose.Of($"{Credential.Word(CredentialKind):w} {Id}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.Credential)before with { IsActive = null };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => [];
    }

    public sealed record DeleteLoginProfile(string User) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.LoginProfile(User);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Delete the password of user {User}");

        [JsonIgnore]
        public override Prose? Loss => Prose.Of($"the password of user {User}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.LoginProfile)before with { Created = null };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => [];
    }

    /// <summary>A virtual device itself stays in the account, assigned to nobody.</summary>
    public sealed record DeactivateMfaDevice(string User, string SerialNumber) : AccountEdit
    {
        [JsonIgnore]
        public override EditSubject Subject => new EditSubject.MfaDevice(User, SerialNumber);

        [JsonIgnore]
        public override Prose Sentence => Prose.Of($"Deactivate MFA device {SerialNumber} of user {User}");

        [JsonIgnore]
        public override Prose? Loss => Prose.Of($"the pairing with MFA device {SerialNumber}");

        public override bool IsReached(SubjectState before, SubjectState now) => now == (SubjectState.MfaDevice)before with { IsEnabled = false };

        public override ImmutableArray<AccountEdit> Inverse(SubjectState before, SubjectState after) => [];
    }
}
