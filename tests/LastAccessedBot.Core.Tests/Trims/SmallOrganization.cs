using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Tests.Trims;

/// <summary>An organization in a few words, and the plan for one of its entities. Everything is old unless told otherwise.</summary>
internal sealed class SmallOrganization
{
    public const string All = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
    public const string Management = "900000000000";

    private readonly List<OrganizationEntity> _entities = [];
    private readonly List<ServiceControlPolicy> _policies = [];
    private ImmutableSortedDictionary<string, AccessReport> _reports = ImmutableSortedDictionary<string, AccessReport>.Empty;

    /// <summary>A root, OU <c>dev</c> with the accounts 1 and 2 and the unit <c>lab</c> with account 3, OU <c>prod</c> with account 4; FullAWSAccess everywhere.</summary>
    public static SmallOrganization Usual()
    {
        var organization = new SmallOrganization()
            .With(EntityKind.Root, "r", null).With(EntityKind.Account, Management, "r")
            .With(EntityKind.Unit, "dev", "r").With(EntityKind.Account, "1", "dev").With(EntityKind.Account, "2", "dev")
            .With(EntityKind.Unit, "lab", "dev").With(EntityKind.Account, "3", "lab")
            .With(EntityKind.Unit, "prod", "r").With(EntityKind.Account, "4", "prod");
        return organization.Scp("FullAWSAccess", All, [.. organization._entities.Select(entity => entity.Ref.Id)], isAws: true);
    }

    public Guards Guards { get; set; } = Guards.None;

    public ReviewWindow Window { get; set; } = ((Parsed<ReviewWindow>.Ok)ReviewWindow.Of(180)).Value;

    public ScpLimits Limits { get; set; } = new(10_240, 10);

    public SmallOrganization With(EntityKind kind, string id, string? parent, int? joined = 500, params (string Key, string Value)[] tags)
    {
        _entities.RemoveAll(entity => entity.Ref.Id == id);
        _entities.Add(new OrganizationEntity(
            new EntityRef(kind, id, $"name of {id}"), parent, kind == EntityKind.Account && joined is { } days ? SmallAccount.Now.AddDays(-days) : null,
            tags.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value)));
        return this;
    }

    public SmallOrganization Scp(string name, string content, string[] targets, bool isAws = false, params (string Key, string Value)[] tags)
    {
        _policies.RemoveAll(policy => policy.Name == name);
        _policies.Add(new ServiceControlPolicy(
            $"p-{name}", name, "", isAws, content, [.. targets.Order(StringComparer.Ordinal).Select(target => Entity(target).Ref)],
            tags.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value)));
        return this;
    }

    public SmallOrganization Without(string scp, string target)
    {
        var policy = _policies.Single(one => one.Name == scp);
        return Scp(scp, policy.Content, [.. policy.Targets.Select(one => one.Id).Where(id => id != target)], policy.IsAwsManaged);
    }

    /// <summary>The report about an entity: service → days since the last attempt, or null for none in the tracking period.</summary>
    public SmallOrganization Used(string entity, params (string Service, int? Days)[] services)
    {
        var path = StateOf(entity).EntityPath;
        _reports = _reports.SetItem(path, new AccessReport.Complete(path, SmallAccount.Now, services.ToImmutableSortedDictionary(
            one => Policy.Service(one.Service),
            one => new ServiceUse(Policy.Service(one.Service), one.Service.ToUpperInvariant(), one.Days is { } days ? SmallAccount.Now.AddDays(-days) : null, one.Days is null ? null : $"{path}/1", one.Days is null ? 0 : 1))));
        return this;
    }

    public OrganizationState StateOf(string entity)
    {
        var path = new List<OrganizationEntity>();
        for (string? at = entity; at is not null; at = path[0].ParentId) path.Insert(0, Entity(at));
        ImmutableArray<OrganizationEntity> below = [.. Below(entity).OrderBy(one => one.Ref.Id, StringComparer.Ordinal)];
        var here = path.Concat(below).Select(one => one.Ref.Id).ToHashSet();
        return new OrganizationState
        {
            Id = "o",
            ManagementAccountId = Management,
            Path = [.. path],
            Below = below,
            Policies = [.. _policies.Where(policy => policy.Targets.Any(target => here.Contains(target.Id))).OrderBy(policy => policy.Id, StringComparer.Ordinal)],
            Limits = Limits,
            TakenNames = [.. _policies.Select(policy => policy.Name)],
        };
    }

    public AccessReview Review(string entity)
    {
        var state = AccountState.Empty with { Organization = StateOf(entity) };
        return TrimPlanner.Plan(new ReviewFacts(new ReviewSubject.OfEntity(Entity(entity).Ref), state, _reports, Window, SmallAccount.Now), Guards);
    }

    private OrganizationEntity Entity(string id) => _entities.Single(entity => entity.Ref.Id == id);

    private IEnumerable<OrganizationEntity> Below(string id) => _entities.Where(entity => entity.ParentId == id).SelectMany(entity => Below(entity.Ref.Id).Prepend(entity));
}
