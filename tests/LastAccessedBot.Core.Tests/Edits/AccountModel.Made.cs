using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.Tests.Edits;

/// <content>The way from nothing to the account and back from a reading of one, for holding it against another imitation of IAM.</content>
internal sealed partial class AccountModel
{
    /// <summary>Who may be in the account.</summary>
    public static ImmutableArray<IdentityRef> Everyone => [.. s_identities];

    /// <summary>The instance profile that stands in every account.</summary>
    public static string InstanceProfile => Profile;

    /// <summary>A policy that stands in every account, caps some, and is no part of the picture.</summary>
    public static AccountEdit.CreatePolicy Cap { get; } = new(OldCap, "old-cap", "/", null, ImmutableSortedDictionary<string, string>.Empty, Document("Old", new Random(0)));

    /// <summary>The account as a reading of it says.</summary>
    /// <param name="inProfile">The roles in the instance profile.</param>
    public static AccountModel Of(IEnumerable<Identity> identities, IEnumerable<ManagedPolicy> policies, Func<Identity, RoleSettings?> settings, IEnumerable<string> inProfile)
    {
        var model = new AccountModel();
        foreach (var identity in identities)
        {
            model._identities[identity.Ref] = new StoredIdentity(identity.Id, identity.Path, identity.Tags, identity.BoundaryArn, settings(identity));
            foreach (var arn in identity.Attached) model._attached.Add((identity.Ref, arn));
            foreach (var member in identity.Members) model._members.Add((identity.Ref.Name, member));
            foreach (var (name, document) in identity.Inline) model._inline[(identity.Ref, name)] = document;
        }
        foreach (var policy in policies.Where(policy => policy.Arn != OldCap)) model._policies[policy.Arn] = StoredPolicy.Of(policy);
        foreach (var role in inProfile) model._inProfile.Add(role);
        return model;
    }

    /// <summary>The edits that make the account, to the numbers of its versions. Users have no credentials.</summary>
    public IEnumerable<AccountEdit> Making() =>
    [
        .. _identities.OrderBy(pair => pair.Key).Select(pair => new AccountEdit.CreateIdentity(pair.Key, pair.Value.Path, pair.Value.Tags, pair.Value.BoundaryArn, pair.Value.Role)),
        .. _policies.Values.SelectMany(Making),
        .. _attached.Select(pair => new AccountEdit.AttachPolicy(pair.Item1, pair.Item2)),
        .. _members.Select(pair => new AccountEdit.AddUserToGroup(pair.Group, pair.User)),
        .. _inline.Select(pair => new AccountEdit.PutInlinePolicy(pair.Key.Item1, pair.Key.Item2, pair.Value)),
        .. _inProfile.Select(role => new AccountEdit.AddRoleToInstanceProfile(Profile, role)),
    ];

    // Every number up to the last one is made, each the default for a moment, so that those that are not stored can go again.
    private IEnumerable<AccountEdit> Making(StoredPolicy policy)
    {
        string Text(int number) => policy.Versions.FirstOrDefault(version => version.Number == number)?.Document ?? policy.Versions[0].Document;
        bool IsStored(int number) => policy.Versions.Any(version => version.Number == number);
        yield return new AccountEdit.CreatePolicy(policy.Arn, policy.Name, policy.Path, policy.Description, policy.Tags, Text(1));
        for (var number = 2; number <= _lastNumber[policy.Arn]; number++)
        {
            yield return new AccountEdit.CreatePolicyVersion(policy.Arn, Text(number), SetAsDefault: true);
            if (!IsStored(number - 1)) yield return new AccountEdit.DeletePolicyVersion(policy.Arn, $"v{number - 1}");
        }
        if (policy.Default.Number != _lastNumber[policy.Arn]) yield return new AccountEdit.SetDefaultPolicyVersion(policy.Arn, policy.Default.Id);
    }
}
