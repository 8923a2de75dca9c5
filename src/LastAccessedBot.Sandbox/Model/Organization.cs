using System.Text.Json.Serialization;

namespace LastAccessedBot.Sandbox.Model;

public sealed class Organization
{
    public string Id { get; init; } = "";

    public string ManagementAccountId { get; init; } = "";

    /// <summary>The root is the one unit without a parent.</summary>
    public OrganizationalUnit Root { get; init; } = new();

    /// <summary>Service control policies by id.</summary>
    public SortedDictionary<string, ServiceControlPolicy> Policies { get; } = new(StringComparer.Ordinal);

    [JsonIgnore]
    public IEnumerable<OrganizationNode> Nodes => Descend(Root);

    [JsonIgnore]
    public IEnumerable<OrganizationAccount> Accounts => Nodes.OfType<OrganizationAccount>();

    public OrganizationNode? Find(string id) => Nodes.FirstOrDefault(node => node.Id == id);

    public OrganizationalUnit? ParentOf(string id) => Nodes.OfType<OrganizationalUnit>()
        .FirstOrDefault(unit => unit.Units.Concat<OrganizationNode>(unit.Accounts).Any(child => child.Id == id));

    /// <summary>From the root down to the node itself.</summary>
    public IReadOnlyList<OrganizationNode> PathTo(OrganizationNode node)
    {
        List<OrganizationNode> path = [node];
        while (ParentOf(path[0].Id) is { } parent)
            path.Insert(0, parent);
        return path;
    }

    public string EntityPathOf(OrganizationNode node) => string.Join('/', PathTo(node).Select(step => step.Id).Prepend(Id));

    public string ArnOf(OrganizationNode node) =>
        $"arn:aws:organizations::{ManagementAccountId}:{node.Kind}/{Id}/{node.Id}";

    public string ArnOf(ServiceControlPolicy policy) => policy.AwsManaged
        ? $"arn:aws:organizations::aws:policy/service_control_policy/{policy.Id}"
        : $"arn:aws:organizations::{ManagementAccountId}:policy/{Id}/service_control_policy/{policy.Id}";

    public IEnumerable<ServiceControlPolicy> AttachedTo(string targetId) => Policies.Values.Where(policy => policy.Targets.Contains(targetId));

    public static IEnumerable<OrganizationNode> Descend(OrganizationNode node) => node is OrganizationalUnit unit
        ? unit.Accounts.Concat<OrganizationNode>(unit.Units.SelectMany(Descend)).Prepend(unit)
        : [node];

    internal void Complete()
    {
        Root.IsRoot = true;
        foreach (var (id, policy) in Policies)
            policy.Id = id;
        foreach (var target in Policies.Values.SelectMany(policy => policy.Targets).Where(target => Find(target) is null))
            throw new InvalidDataException($"A service control policy is attached to '{target}', which is not in the organization.");
    }
}

/// <summary>A root, an organizational unit or an account.</summary>
public abstract class OrganizationNode
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>The word that ARNs use.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>The word that lists of targets and parents use.</summary>
    [JsonIgnore]
    public abstract string Type { get; }
}

public sealed class OrganizationalUnit : OrganizationNode
{
    public List<OrganizationalUnit> Units { get; } = [];

    public List<OrganizationAccount> Accounts { get; } = [];

    [JsonIgnore]
    public bool IsRoot { get; internal set; }

    [JsonIgnore]
    public override string Kind => IsRoot ? "root" : "ou";

    [JsonIgnore]
    public override string Type => IsRoot ? "ROOT" : "ORGANIZATIONAL_UNIT";
}

public sealed class OrganizationAccount : OrganizationNode
{
    public string Email { get; init; } = "";

    public When Joined { get; init; } = When.DaysAgo(420);

    /// <summary>Last attempts of anyone in the account, by service.</summary>
    public SortedDictionary<string, When> Used { get; } = new(StringComparer.OrdinalIgnoreCase);

    [JsonIgnore]
    public override string Kind => "account";

    [JsonIgnore]
    public override string Type => "ACCOUNT";
}

public sealed class ServiceControlPolicy
{
    /// <summary>The key under which the organization holds it.</summary>
    [JsonIgnore]
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public bool AwsManaged { get; init; }

    public PolicyText Content { get; set; } = new("{}");

    /// <summary>Ids of roots, organizational units and accounts.</summary>
    public SortedSet<string> Targets { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
}
