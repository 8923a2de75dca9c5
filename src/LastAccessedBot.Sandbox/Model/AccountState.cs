using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Sandbox.Model;

/// <summary>
/// Everything that the sandbox knows: the member account, and the organization around it. The scenario that a person
/// writes and the state that the sandbox saves are both this, as JSON.
/// </summary>
public sealed class AccountState
{
    public string Id { get; init; } = "";

    /// <summary>Who may act in the console: the people of the story, by IAM user name.</summary>
    public List<Person> People { get; } = [];

    /// <summary>Long-term keys by access key id.</summary>
    public SortedDictionary<string, Credential> Credentials { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, User> Users { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SortedDictionary<string, Group> Groups { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SortedDictionary<string, Role> Roles { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Instance profiles by name; the roles tell which of them holds a role.</summary>
    public SortedSet<string> InstanceProfiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Customer managed policies by name.</summary>
    public SortedDictionary<string, ManagedPolicy> Policies { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>AWS managed policies by name.</summary>
    public SortedDictionary<string, ManagedPolicy> AwsManagedPolicies { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Organization Organization { get; init; } = new();

    /// <summary>Further accounts, whose roles may be assumed; what is signed with such a role's keys is theirs.</summary>
    public List<AccountState> Accounts { get; } = [];

    [JsonIgnore]
    public IEnumerable<Identity> Identities => Users.Values.Concat<Identity>(Groups.Values).Concat(Roles.Values);

    [JsonIgnore]
    public IEnumerable<Actor> Actors => Users.Values.Concat<Actor>(Roles.Values);

    /// <summary>A further account by its id; this one for every other id, for it speaks for the management account too.</summary>
    public AccountState Of(string accountId) => Accounts.FirstOrDefault(account => account.Id == accountId) ?? this;

    public Identity? Find(EntityKind kind, string name) => kind switch
    {
        EntityKind.User => Users.GetValueOrDefault(name),
        EntityKind.Group => Groups.GetValueOrDefault(name),
        _ => Roles.GetValueOrDefault(name),
    };

    public Identity? FindIdentity(string arn)
    {
        var resource = arn[(arn.LastIndexOf(':') + 1)..];
        var name = resource[(resource.LastIndexOf('/') + 1)..];
        return Enum.TryParse<EntityKind>(resource.Split('/')[0], ignoreCase: true, out var kind)
            && Find(kind, name) is { } identity && identity.ArnIn(Id) == arn ? identity : null;
    }

    public ManagedPolicy? FindPolicy(string arn)
    {
        var held = arn.StartsWith("arn:aws:iam::aws:", StringComparison.Ordinal) ? AwsManagedPolicies : Policies;
        return held.TryGetValue(arn[(arn.LastIndexOf('/') + 1)..], out var policy) && policy.Arn == arn ? policy : null;
    }

    public IEnumerable<Group> GroupsOf(User user) => Groups.Values.Where(group => group.Members.Contains(user.Name));

    /// <summary>Own policies; for a user also those of the user's groups.</summary>
    public IEnumerable<PolicyText> PoliciesOf(Identity identity) => (identity is User user ? GroupsOf(user).Prepend<Identity>(user) : [identity])
        .SelectMany(holder => holder.Inline.Values.Concat(holder.Attached.Select(FindPolicy).OfType<ManagedPolicy>().Select(policy => policy.Default.Document)));

    public IEnumerable<Identity> AttachedTo(ManagedPolicy policy) => Identities.Where(identity => identity.Attached.Contains(policy.Arn));

    public IEnumerable<Actor> BoundedBy(ManagedPolicy policy) => Actors.Where(actor => actor.Boundary == policy.Arn);

    /// <summary>Fills in what a scenario leaves out: names from keys, ids, ARNs, version numbers.</summary>
    internal void Complete()
    {
        foreach (var (name, policy) in Policies)
            Complete(policy, name, $"arn:aws:iam::{Id}:policy");
        foreach (var (name, policy) in AwsManagedPolicies)
            Complete(policy, name, "arn:aws:iam::aws:policy");
        Name(Users);
        Name(Groups);
        Name(Roles);
        foreach (var identity in Identities)
        {
            if (identity.Id.Length == 0)
                identity.Id = UniqueId.Of(identity.Kind, identity.Name);
            var attached = identity.Attached.Select(ToArn).ToList();
            identity.Attached.Clear();
            identity.Attached.UnionWith(attached);
        }

        foreach (var account in Accounts) account.Complete();
        InstanceProfiles.UnionWith(Roles.Values.SelectMany(role => role.InstanceProfiles));
        foreach (var actor in Actors.Where(actor => actor.Boundary is not null))
            actor.Boundary = ToArn(actor.Boundary!);
        foreach (var member in Groups.Values.SelectMany(group => group.Members).Where(member => !Users.ContainsKey(member)))
            throw new InvalidDataException($"A group has the member '{member}', who is no user of the scenario.");
    }

    private static void Complete(ManagedPolicy policy, string name, string arnPrefix)
    {
        policy.Name = name;
        policy.Arn = arnPrefix + policy.Path + name;
        if (policy.Id.Length == 0)
            policy.Id = UniqueId.Of("ANPA", policy.Arn);
        policy.NumberVersions();
    }

    private static void Name<T>(SortedDictionary<string, T> identities)
        where T : Identity
    {
        foreach (var (name, identity) in identities)
            identity.Name = name;
    }

    private string ToArn(string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn
        : Policies.TryGetValue(nameOrArn, out var policy) || AwsManagedPolicies.TryGetValue(nameOrArn, out policy) ? policy.Arn
        : throw new InvalidDataException($"The scenario attaches the policy '{nameOrArn}', but doesn't have it.");
}

/// <summary>Someone in the story: their IAM user name, how they are called, and what they do.</summary>
public sealed record Person
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Title { get; init; } = "";
}

/// <summary>A secret, and the principal that signs with it.</summary>
public sealed record Credential
{
    public string Secret { get; init; } = "";

    public string Arn { get; init; } = "";
}

/// <summary>IAM's unique ids: a prefix that tells the kind, then capitals and digits.</summary>
internal static class UniqueId
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The same id for the same name, for what a scenario contains.</summary>
    public static string Of(EntityKind kind, string name) => Of(Prefix(kind), kind + name);

    public static string Of(string prefix, string name) =>
        prefix + string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(name)).Take(17).Select(value => Alphabet[value & 31]));

    /// <summary>A fresh id: what is recreated under an old name is another thing to IAM.</summary>
    public static string New(EntityKind kind) => New(Prefix(kind));

    public static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, 17);

    private static string Prefix(EntityKind kind) => kind switch
    {
        EntityKind.User => "AIDA",
        EntityKind.Group => "AGPA",
        _ => "AROA",
    };
}
