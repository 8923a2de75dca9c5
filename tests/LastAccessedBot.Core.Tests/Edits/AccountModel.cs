using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.Tests.Edits;

/// <summary>An account small enough to see through, that obeys edits as IAM does: numbers only rise, five versions, deletes have preconditions.</summary>
internal sealed partial class AccountModel
{
    private const string Policies = "arn:aws:iam::123456789012:policy";

    private readonly Dictionary<string, StoredPolicy> _policies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lastNumber = new(StringComparer.Ordinal);
    private readonly HashSet<(IdentityRef, string)> _attached = [];
    private readonly HashSet<(string Group, string User)> _members = [];
    private readonly Dictionary<(IdentityRef, string), string> _inline = [];
    private int _ids;

    /// <param name="isBare">Users have no credentials and no boundaries.</param>
    public static AccountModel From(Random random, bool isBare = false)
    {
        var model = new AccountModel();
        foreach (var name in new[] { "P0", "P1", "P2" })
        {
            var versions = random.Next(1, 6);
            var numbers = Enumerable.Range(1, versions + random.Next(3)).OrderBy(_ => random.Next()).Take(versions).Order().ToArray();
            var defaultAt = random.Next(versions);
            var path = random.Next(2) == 0 ? "/" : "/team/";
            var arn = $"{Policies}{path}{name}";
            model._policies[arn] = new StoredPolicy($"ID{model._ids++}", name, arn, path, random.Next(2) == 0 ? null : "text",
                random.Next(2) == 0 ? ImmutableSortedDictionary<string, string>.Empty : ImmutableSortedDictionary<string, string>.Empty.Add("team", "a"),
                [.. numbers.Select((number, index) => new PolicyVersion($"v{number}", index == defaultAt, DateTimeOffset.UnixEpoch, Document("Get", random)))]);
            model._lastNumber[arn] = numbers[^1];
            foreach (var identity in s_identities.Where(_ => random.Next(3) == 0)) model._attached.Add((identity, arn));
        }
        foreach (var group in new[] { "g0", "g1" })
            foreach (var user in new[] { "u0", "u1" })
                if (random.Next(2) == 0) model._members.Add((group, user));
        foreach (var identity in s_identities.Where(_ => random.Next(2) == 0)) model._inline[(identity, "in")] = Document("Put", random);
        model.Populate(random, isBare);
        return model;
    }

    private static readonly IdentityRef[] s_identities = [new(IdentityKind.User, "u0"), new(IdentityKind.User, "u1"), new(IdentityKind.Group, "g0"), new(IdentityKind.Group, "g1"), new(IdentityKind.Role, "r0")];

    /// <summary>A trim's edits as the planner makes them, possible in the present state.</summary>
    public ImmutableArray<AccountEdit> SomeTrim(Random random)
    {
        var policy = _policies.Values.OrderBy(one => one.Arn, StringComparer.Ordinal).ElementAt(random.Next(_policies.Count));
        var holders = _attached.Where(pair => pair.Item2 == policy.Arn).Select(pair => pair.Item1).Order().ToArray();
        return random.Next(11) switch
        {
            0 when holders.Length > 0 => [new AccountEdit.DetachPolicy(holders[random.Next(holders.Length)], policy.Arn)],
            1 => [.. holders.Select(holder => new AccountEdit.DetachPolicy(holder, policy.Arn))],
            2 when _members.Count > 0 => [new AccountEdit.RemoveUserFromGroup(_members.OrderBy(one => one.Group + one.User, StringComparer.Ordinal).First().Group, _members.OrderBy(one => one.Group + one.User, StringComparer.Ordinal).First().User)],
            3 => [.. policy.Versions.Length == 5 ? [new AccountEdit.DeletePolicyVersion(policy.Arn, policy.Versions.First(version => !version.IsDefault).Id)] : ImmutableArray<AccountEdit>.Empty,
                new AccountEdit.CreatePolicyVersion(policy.Arn, Document("Narrow", random), SetAsDefault: true)],
            4 when _inline.Count > 0 => random.Next(2) == 0
                ? [new AccountEdit.PutInlinePolicy(_inline.Keys.OrderBy(one => one.Item1).First().Item1, "in", Document("Narrow", random))]
                : [new AccountEdit.DeleteInlinePolicy(_inline.Keys.OrderBy(one => one.Item1).First().Item1, "in")],
            5 when holders.Length == 0 => [.. policy.Versions.Where(version => !version.IsDefault).Select(version => new AccountEdit.DeletePolicyVersion(policy.Arn, version.Id)), new AccountEdit.DeletePolicy(policy.Arn)],
            6 => SomeDeletion(random),
            8 when _inline.Count > 0 && _inline.OrderBy(pair => pair.Key.Item1).First() is var one =>
                [Created("made", one.Value), new AccountEdit.AttachPolicy(one.Key.Item1, NewArn("made")), new AccountEdit.DeleteInlinePolicy(one.Key.Item1, "in")],
            9 => [Created("cap", Document("Cap", random)), new AccountEdit.PutBoundary(s_identities[random.Next(2) == 0 ? 0 : ^1], NewArn("cap"))],
            // Several trims at once.
            10 => [.. _members.Order().Take(2).Select(pair => new AccountEdit.RemoveUserFromGroup(pair.Group, pair.User)), .. holders.Select(holder => new AccountEdit.DetachPolicy(holder, policy.Arn)),
                .. _inline.Keys.OrderBy(key => key.Item1).Take(2).Select(key => new AccountEdit.DeleteInlinePolicy(key.Item1, "in"))],
            7 when _credentials.FirstOrDefault(pair => pair.Key.Kind == CredentialKind.AccessKey && pair.Value) is { Key: { User: { } user, Id: var id } } =>
                [new AccountEdit.SetAccessKeyStatus(user, id, IsActive: false)],
            _ => [],
        };
    }

    private static string NewArn(string name) => $"{Policies}/{name}";

    private static string Document(string verb, Random random) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:{{verb}}{{random.Next(1000)}}","Resource":"*"}]}""";

    private static AccountEdit.CreatePolicy Created(string name, string document) => new(NewArn(name), name, "/", "new", ImmutableSortedDictionary<string, string>.Empty, document);

    public SubjectState Read(EditSubject subject) => subject switch
    {
        EditSubject.Attachment { Identity: var identity, PolicyArn: var arn } => new SubjectState.Attachment(IdOf(identity), _attached.Contains((identity, arn))),
        EditSubject.Membership { Group: var group, User: var user } => new SubjectState.Membership(IdOf(new(IdentityKind.Group, group)), IdOf(new(IdentityKind.User, user)), _members.Contains((group, user))),
        EditSubject.Inline { Identity: var identity, Name: var name } => new SubjectState.Inline(IdOf(identity), _inline.GetValueOrDefault((identity, name))),
        EditSubject.Policy { Arn: var arn } => new SubjectState.Policy(_policies.GetValueOrDefault(arn)),
        EditSubject.Scp or EditSubject.ScpAttachment => ReadScp(subject),
        _ => ReadIdentity(subject),
    };

    public void Make(AccountEdit edit)
    {
        switch (edit)
        {
            case AccountEdit.AttachPolicy attach: Require(_policies.ContainsKey(attach.PolicyArn) && _attached.Add((attach.To, attach.PolicyArn))); break;
            case AccountEdit.DetachPolicy detach: Require(_attached.Remove((detach.From, detach.PolicyArn))); break;
            case AccountEdit.AddUserToGroup add: Require(_members.Add((add.Group, add.User))); break;
            case AccountEdit.RemoveUserFromGroup remove: Require(_members.Remove((remove.Group, remove.User))); break;
            case AccountEdit.PutInlinePolicy put: _inline[(put.On, put.Name)] = put.Document; break;
            case AccountEdit.DeleteInlinePolicy delete: Require(_inline.Remove((delete.On, delete.Name))); break;
            case AccountEdit.CreatePolicyVersion create: CreateVersion(_policies[create.PolicyArn], create); break;
            case AccountEdit.SetDefaultPolicyVersion set: SetDefault(_policies[set.PolicyArn], set.VersionId); break;
            case AccountEdit.DeletePolicyVersion delete: DeleteVersion(_policies[delete.PolicyArn], delete.VersionId); break;
            case AccountEdit.DeletePolicy delete:
                Require(_policies[delete.PolicyArn].Versions.Length == 1 && _attached.All(pair => pair.Item2 != delete.PolicyArn));
                _policies.Remove(delete.PolicyArn);
                break;
            case AccountEdit.CreatePolicy create:
                Require(!_policies.ContainsKey(create.PolicyArn));
                _policies[create.PolicyArn] = new StoredPolicy($"ID{_ids++}", create.Name, create.PolicyArn, create.Path, create.Description, create.Tags, [new PolicyVersion("v1", true, DateTimeOffset.UnixEpoch, create.Document)]);
                _lastNumber[create.PolicyArn] = 1;
                break;
            case AccountEdit.UpdateScp or AccountEdit.CreateScp or AccountEdit.DeleteScp or AccountEdit.AttachScp or AccountEdit.DetachScp: MakeScp(edit); break;
            default: MakeIdentity(edit); break;
        }
    }

    /// <summary>All that an undo restores: everything but unique ids and version numbers.</summary>
    /// <param name="lost">A user whose credentials are left out.</param>
    public string Picture(string? lost = null) => string.Join('\n',
    [
        .. Identities(lost),
        .. Scps(),
        .. _attached.Select(pair => $"attached {pair}").Order(StringComparer.Ordinal),
        .. _members.Select(pair => $"member {pair}").Order(StringComparer.Ordinal),
        .. _inline.Select(pair => $"inline {pair}").Order(StringComparer.Ordinal),
        .. _policies.Values.OrderBy(policy => policy.Arn, StringComparer.Ordinal).Select(policy =>
            $"{policy.Arn} {policy.Path} {policy.Description} {string.Join(',', policy.Tags)} default {policy.Default.Document} others {string.Join(',', policy.Versions.Where(version => !version.IsDefault).Select(version => version.Document).Order(StringComparer.Ordinal))}"),
    ]);

    private void CreateVersion(StoredPolicy policy, AccountEdit.CreatePolicyVersion create)
    {
        Require(policy.Versions.Length < ManagedPolicy.MostVersions);
        var created = new PolicyVersion($"v{++_lastNumber[policy.Arn]}", create.SetAsDefault, DateTimeOffset.UnixEpoch, create.Document);
        _policies[policy.Arn] = policy with { Versions = [.. policy.Versions.Select(version => create.SetAsDefault ? version with { IsDefault = false } : version), created] };
    }

    private void SetDefault(StoredPolicy policy, string id)
    {
        Require(policy.Versions.Any(version => version.Id == id));
        _policies[policy.Arn] = policy with { Versions = [.. policy.Versions.Select(version => version with { IsDefault = version.Id == id })] };
    }

    private void DeleteVersion(StoredPolicy policy, string id)
    {
        Require(policy.Versions.Any(version => version.Id == id && !version.IsDefault));
        _policies[policy.Arn] = policy with { Versions = policy.Versions.RemoveAll(version => version.Id == id) };
    }

    private static void Require(bool condition)
    {
        if (!condition) throw new InvalidOperationException("IAM would refuse this edit.");
    }
}
