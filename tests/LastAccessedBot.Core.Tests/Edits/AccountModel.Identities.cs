using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.Tests.Edits;

/// <content>Users, groups and roles themselves, what users sign in with, and instance profiles.</content>
internal sealed partial class AccountModel
{
    private const string Profile = "machines", OldCap = $"{Policies}/old-cap";

    private readonly Dictionary<IdentityRef, StoredIdentity> _identities = [];
    private readonly SortedDictionary<(string User, CredentialKind Kind, string Id), bool> _credentials = [];
    private readonly Dictionary<string, DateTimeOffset> _passwords = [];
    private readonly HashSet<(string User, string Serial)> _devices = [];
    private readonly HashSet<string> _inProfile = [];

    private void Populate(Random random, bool isBare)
    {
        foreach (var identity in s_identities)
        {
            var isGroup = identity.Kind == IdentityKind.Group;
            _identities[identity] = new StoredIdentity($"ID{_ids++}", random.Next(2) == 0 ? "/" : "/team/",
                isGroup || random.Next(2) == 0 ? ImmutableSortedDictionary<string, string>.Empty : ImmutableSortedDictionary<string, string>.Empty.Add("team", "b"),
                isGroup || (isBare && identity.Kind == IdentityKind.User) || random.Next(2) == 0 ? null : OldCap,
                identity.Kind == IdentityKind.Role ? new RoleSettings(Trust(random), random.Next(2) == 0 ? null : "text", 3600 * random.Next(1, 13)) : null);
        }
        foreach (var user in isBare ? Array.Empty<string>() : ["u0", "u1"])
        {
            foreach (var kind in Enum.GetValues<CredentialKind>().Where(_ => random.Next(2) == 0)) _credentials[(user, kind, $"{kind}-{user}")] = random.Next(2) == 0;
            if (random.Next(2) == 0) _passwords[user] = DateTimeOffset.UnixEpoch.AddDays(random.Next(1000));
            if (random.Next(2) == 0) _devices.Add((user, $"mfa-{user}"));
        }
        if (random.Next(2) == 0) _inProfile.Add("r0");
    }

    private static string Trust(Random random) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Sid":"Trust{{random.Next(1000)}}","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private ImmutableArray<AccountEdit> SomeDeletion(Random random)
    {
        var identity = s_identities[random.Next(s_identities.Length)];
        var (name, isUser, isGroup) = (identity.Name, identity.Kind == IdentityKind.User, identity.Kind == IdentityKind.Group);
        return
        [
            .. _members.Where(pair => isUser ? pair.User == name : isGroup && pair.Group == name).Order().Select(pair => new AccountEdit.RemoveUserFromGroup(pair.Group, pair.User)),
            .. _attached.Where(pair => pair.Item1 == identity).Select(pair => pair.Item2).Order(StringComparer.Ordinal).Select(arn => new AccountEdit.DetachPolicy(identity, arn)),
            .. _inline.ContainsKey((identity, "in")) ? [new AccountEdit.DeleteInlinePolicy(identity, "in")] : ImmutableArray<AccountEdit>.Empty,
            .. _inProfile.Where(role => identity.Kind == IdentityKind.Role && role == name).Select(role => new AccountEdit.RemoveRoleFromInstanceProfile(Profile, role)),
            .. isUser && _passwords.ContainsKey(name) ? [new AccountEdit.DeleteLoginProfile(name)] : ImmutableArray<AccountEdit>.Empty,
            .. _devices.Where(pair => isUser && pair.User == name).Select(pair => new AccountEdit.DeactivateMfaDevice(name, pair.Serial)),
            .. _credentials.Keys.Where(key => isUser && key.User == name).Select(key => new AccountEdit.DeleteCredential(name, key.Kind, key.Id)),
            new AccountEdit.DeleteIdentity(identity),
        ];
    }

    private SubjectState ReadIdentity(EditSubject subject) => subject switch
    {
        EditSubject.Boundary { Identity: var identity } => new SubjectState.Boundary(IdOf(identity), _identities.GetValueOrDefault(identity)?.BoundaryArn),
        EditSubject.IdentityItself { Identity: var identity } => new SubjectState.IdentityItself(_identities.GetValueOrDefault(identity)),
        EditSubject.InstanceProfileRole { Role: var role } => new SubjectState.InstanceProfileRole("ID-profile", IdOf(new(IdentityKind.Role, role)), _inProfile.Contains(role)),
        EditSubject.Credential { User: var user, CredentialKind: var kind, Id: var id } => new SubjectState.Credential(UserId(user), _credentials.TryGetValue((user, kind, id), out var isActive) ? isActive : null),
        EditSubject.LoginProfile { User: var user } => new SubjectState.LoginProfile(UserId(user), _passwords.TryGetValue(user, out var since) ? since : null),
        EditSubject.MfaDevice { User: var user, SerialNumber: var serial } => new SubjectState.MfaDevice(UserId(user), _devices.Contains((user, serial))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private void MakeIdentity(AccountEdit edit)
    {
        switch (edit)
        {
            case AccountEdit.PutBoundary put:
                Require(_policies.ContainsKey(put.PolicyArn) || put.PolicyArn == OldCap);
                _identities[put.On] = _identities[put.On] with { BoundaryArn = put.PolicyArn };
                break;
            case AccountEdit.DeleteBoundary { On: var capped }:
                Require(_identities[capped].BoundaryArn is not null);
                _identities[capped] = _identities[capped] with { BoundaryArn = null };
                break;
            case AccountEdit.CreateIdentity create:
                Require(_identities.TryAdd(create.Identity, new StoredIdentity($"ID{_ids++}", create.Path, create.Tags, create.BoundaryArn, create.Role)));
                break;
            case AccountEdit.DeleteIdentity { Identity: var identity }:
                Require(_attached.All(pair => pair.Item1 != identity) && _inline.Keys.All(key => key.Item1 != identity));
                Require(_members.All(pair => new IdentityRef(IdentityKind.User, pair.User) != identity && new IdentityRef(IdentityKind.Group, pair.Group) != identity));
                if (identity.Kind == IdentityKind.User)
                    Require(!_passwords.ContainsKey(identity.Name) && _devices.All(pair => pair.User != identity.Name) && _credentials.Keys.All(key => key.User != identity.Name));
                Require(identity.Kind != IdentityKind.Role || !_inProfile.Contains(identity.Name));
                Require(_identities.Remove(identity));
                break;
            case AccountEdit.AddRoleToInstanceProfile add: Require(_inProfile.Count == 0 && _inProfile.Add(add.Role)); break;
            case AccountEdit.RemoveRoleFromInstanceProfile remove: Require(_inProfile.Remove(remove.Role)); break;
            case AccountEdit.SetAccessKeyStatus set:
                Require(_credentials.ContainsKey((set.User, CredentialKind.AccessKey, set.AccessKeyId)));
                _credentials[(set.User, CredentialKind.AccessKey, set.AccessKeyId)] = set.IsActive;
                break;
            case AccountEdit.DeleteCredential delete: Require(_credentials.Remove((delete.User, delete.CredentialKind, delete.Id))); break;
            case AccountEdit.DeleteLoginProfile delete: Require(_passwords.Remove(delete.User)); break;
            case AccountEdit.DeactivateMfaDevice deactivate: Require(_devices.Remove((deactivate.User, deactivate.SerialNumber))); break;
        }
    }

    private IEnumerable<string> Identities(string? lost) =>
    [
        .. _identities.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value.Path} {pair.Value.BoundaryArn} {pair.Value.Role} {string.Join(',', pair.Value.Tags)}"),
        .. _inProfile.Select(role => $"in profile {role}"),
        .. _credentials.Where(pair => pair.Key.User != lost).Select(pair => $"credential {pair}"),
        .. _passwords.Where(pair => pair.Key != lost).Select(pair => $"password {pair}").Order(StringComparer.Ordinal),
        .. _devices.Where(pair => pair.User != lost).Select(pair => $"device {pair}").Order(StringComparer.Ordinal),
    ];

    private string? IdOf(IdentityRef identity) => _identities.GetValueOrDefault(identity)?.Id;

    private string? UserId(string user) => IdOf(new IdentityRef(IdentityKind.User, user));
}
