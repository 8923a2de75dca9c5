using System.Collections.Immutable;
using System.Net;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <inheritdoc/>
internal sealed class OrganizationReader(OrganizationsClient organizations, IOptions<AwsOptions> options) : IOrganizationReader
{
    public const string ScpType = "SERVICE_CONTROL_POLICY";

    public IOrganizationReading Begin() => new OrganizationReading(organizations, options.Value.Organization.Limits);
}

/// <inheritdoc/>
internal sealed class OrganizationReading(OrganizationsClient organizations, ScpLimits limits) : IOrganizationReading
{
    private const string ScpType = OrganizationReader.ScpType;

    // What both finding a name and looking around an entity take: the root, and the tree of units.
    private readonly Once<ImmutableArray<OrganizationRoot>> roots = new((_, ct) => organizations.ListRootsAsync(ct));
    private readonly Once<ImmutableArray<OrganizationalUnit>> units = new((parentId, ct) => organizations.ListOrganizationalUnitsForParentAsync(parentId, ct));

    public async Task<ImmutableArray<EntityRef>> EntitiesAsync(EntityKind kind, CancellationToken ct)
    {
        if (kind == EntityKind.Account) return [.. (await organizations.ListAccountsAsync(ct)).Select(Ref)];
        var root = await RootAsync(ct);
        return kind == EntityKind.Root ? [Ref(root)] : [.. (await UnitsBelowAsync(root.Id, ct)).Select(unit => Ref(unit.Unit))];
    }

    public async Task<OrganizationState?> AroundAsync(string entityId, CancellationToken ct)
    {
        var organization = await organizations.DescribeOrganizationAsync(ct);
        if (await PathAsync(await RootAsync(ct), entityId, ct) is not { } path) return null;
        var below = path[^1].Ref.Kind == EntityKind.Account ? [] : await BelowAsync(entityId, ct);
        var here = path.Concat(below).Select(entity => entity.Ref.Id).ToHashSet(StringComparer.Ordinal);
        var all = await organizations.ListPoliciesAsync(ScpType, ct);
        return new OrganizationState
        {
            Id = organization.Id,
            ManagementAccountId = organization.MasterAccountId,
            Path = path,
            Below = below,
            Policies = [.. await Task.WhenAll((await AttachedAsync(all, here, ct)).Select(policy => ReadAsync(policy, ct)))],
            Limits = limits,
            TakenNames = [.. all.Select(policy => policy.Name)],
        };
    }

    // The policy types that DescribeOrganization lists are stale; those of the root are not.
    private async Task<OrganizationRoot> RootAsync(CancellationToken ct)
    {
        var root = (await roots.AskAsync("", ct)) is [var first, ..] ? first
            : throw new AwsUnreachableException("Organizations.ListRoots", "Organizations.ListRoots named no root");
        return root.EnabledPolicyTypes.Contains(ScpType) ? root
            : throw new AwsRefusedException("Organizations.ListRoots", "PolicyTypeNotEnabledException", "service control policies are switched off in this organization", null, HttpStatusCode.OK);
    }

    /// <summary>From the root to the entity; null where there is none.</summary>
    private async Task<ImmutableArray<OrganizationEntity>?> PathAsync(OrganizationRoot root, string entityId, CancellationToken ct)
    {
        var path = ImmutableArray.CreateBuilder<OrganizationEntity>();
        for (var at = entityId; at != root.Id;)
        {
            if (await Existing.OrNullAsync(ParentAsync(at, ct)) is not { } parent || await Existing.OrNullAsync(EntityAsync(at, parent.Id, ct)) is not { } entity) return null;
            path.Insert(0, entity);
            at = parent.Id;
        }
        path.Insert(0, new OrganizationEntity(Ref(root), null, null, await TagsAsync(root.Id, ct)));
        return path.ToImmutable();
    }

    private async Task<OrganizationParent> ParentAsync(string childId, CancellationToken ct) => (await organizations.ListParentsAsync(childId, ct)) is [var parent, ..] ? parent
        : throw new AwsUnreachableException("Organizations.ListParents", $"Organizations.ListParents named no parent of {childId}");

    // Of its parent's children: so one reading serves units and accounts, and a name is never another's.
    private async Task<OrganizationEntity> EntityAsync(string id, string parentId, CancellationToken ct) => id.StartsWith("ou-", StringComparison.Ordinal)
        ? await EntityAsync((await units.AskAsync(parentId, ct)).Single(unit => unit.Id == id), parentId, ct)
        : await EntityAsync((await organizations.ListAccountsForParentAsync(parentId, ct)).Single(account => account.Id == id), parentId, ct);

    private async Task<OrganizationEntity> EntityAsync(OrganizationalUnit unit, string parentId, CancellationToken ct) => new(Ref(unit), parentId, null, await TagsAsync(unit.Id, ct));

    private async Task<OrganizationEntity> EntityAsync(OrganizationAccount account, string parentId, CancellationToken ct) =>
        new(Ref(account), parentId, account.JoinedTimestamp, await TagsAsync(account.Id, ct));

    private async Task<ImmutableArray<OrganizationEntity>> BelowAsync(string parentId, CancellationToken ct)
    {
        var all = await UnitsBelowAsync(parentId, ct);
        var entities = all.Select(one => EntityAsync(one.Unit, one.ParentId, ct));
        var accounts = all.Select(one => one.Unit.Id).Prepend(parentId).Select(async id =>
            await Task.WhenAll((await organizations.ListAccountsForParentAsync(id, ct)).Select(account => EntityAsync(account, id, ct))));
        var (read, held) = (Task.WhenAll(entities), Task.WhenAll(accounts));
        await Task.WhenAll(read, held);
        return [.. (await read).Concat((await held).SelectMany(some => some)).OrderBy(entity => entity.Ref.Id, StringComparer.Ordinal)];
    }

    private async Task<ImmutableArray<(OrganizationalUnit Unit, string ParentId)>> UnitsBelowAsync(string parentId, CancellationToken ct)
    {
        var children = await units.AskAsync(parentId, ct);
        var deeper = await Task.WhenAll(children.Select(child => UnitsBelowAsync(child.Id, ct)));
        return [.. children.Select(child => (child, parentId)), .. deeper.SelectMany(some => some)];
    }

    /// <summary>The SCPs that are attached to any of the entities, each with everything that it is attached to.</summary>
    // An organization may have two thousand SCPs and an account five levels above it: asked from the side that takes fewer calls.
    private async Task<IEnumerable<(OrganizationPolicySummary Summary, ImmutableArray<EntityRef> Targets)>> AttachedAsync(
        ImmutableArray<OrganizationPolicySummary> all, HashSet<string> here, CancellationToken ct)
    {
        var near = here.Count >= all.Length ? all
            : (await Task.WhenAll(here.Select(id => organizations.ListPoliciesForTargetAsync(id, ScpType, ct)))).SelectMany(attached => attached).DistinctBy(policy => policy.Id).ToImmutableArray();
        var targets = await Task.WhenAll(near.Select(summary => organizations.ListTargetsForPolicyAsync(summary.Id, ct)));
        return near.Zip(targets, (summary, found) => (Summary: summary, Targets: (ImmutableArray<EntityRef>)[.. found.Select(Ref).OrderBy(target => target.Id, StringComparer.Ordinal)]))
            .Where(policy => policy.Targets.Any(target => here.Contains(target.Id)))
            .OrderBy(policy => policy.Summary.Id, StringComparer.Ordinal);
    }

    private async Task<ServiceControlPolicy> ReadAsync((OrganizationPolicySummary Summary, ImmutableArray<EntityRef> Targets) policy, CancellationToken ct)
    {
        var text = organizations.DescribePolicyAsync(policy.Summary.Id, ct);
        // AWS lets nobody tag what it keeps.
        var tags = policy.Summary.AwsManaged ? Task.FromResult(ImmutableSortedDictionary<string, string>.Empty) : TagsAsync(policy.Summary.Id, ct);
        await Task.WhenAll(text, tags);
        var (summary, content) = await text;
        return new ServiceControlPolicy(summary.Id, summary.Name, summary.Description, summary.AwsManaged, content, policy.Targets, await tags);
    }

    private async Task<ImmutableSortedDictionary<string, string>> TagsAsync(string id, CancellationToken ct) =>
        (await organizations.ListTagsForResourceAsync(id, ct)).ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);

    private static EntityRef Ref(OrganizationRoot root) => new(EntityKind.Root, root.Id, root.Name);

    private static EntityRef Ref(OrganizationalUnit unit) => new(EntityKind.Unit, unit.Id, unit.Name);

    private static EntityRef Ref(OrganizationAccount account) => new(EntityKind.Account, account.Id, account.Name);

    private static EntityRef Ref(PolicyTargetSummary target) => new(
        target.Type switch { "ROOT" => EntityKind.Root, "ORGANIZATIONAL_UNIT" => EntityKind.Unit, _ => EntityKind.Account }, target.TargetId, target.Name);
}
