using System.Collections.Immutable;

namespace LastAccessedBot.Core.Account;

/// <summary>The root, a unit or an account as it stands in the tree.</summary>
/// <param name="ParentId">null for the root.</param>
/// <param name="Joined">When an account came to the organization; null where AWS does not say, and for units.</param>
public sealed record OrganizationEntity(EntityRef Ref, string? ParentId, DateTimeOffset? Joined, ImmutableSortedDictionary<string, string> Tags);

/// <summary>A service control policy (SCP): it gives nobody anything, and caps what everybody in the entities that it is attached to may have.</summary>
/// <param name="Id">AWS's id. The name, too, is unique within an organization.</param>
/// <param name="Content">The document as AWS stores it. There are no versions.</param>
/// <param name="Targets">Everything that it is attached to, in the order of the ids.</param>
public sealed record ServiceControlPolicy(
    string Id, string Name, string Description, bool IsAwsManaged, string Content, ImmutableArray<EntityRef> Targets, ImmutableSortedDictionary<string, string> Tags);

/// <summary>What AWS stores and attaches at most; quotas that AWS moves now and then, and so settings.</summary>
/// <param name="Characters">Of one SCP, white space counted as it is sent.</param>
/// <param name="PerTarget">SCPs that are attached to one root, unit or account.</param>
public sealed record ScpLimits(int Characters, int PerTarget);

/// <summary>
/// The part of an organization that decides what one of its entities may do: the way from the root down to it, everything below it, and
/// every SCP that is attached to any of these.
/// </summary>
public sealed record OrganizationState
{
    /// <summary>AWS's id of the organization: <c>o-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The account that no SCP binds.</summary>
    public required string ManagementAccountId { get; init; }

    /// <summary>From the root down to the entity itself. INVARIANT: not empty.</summary>
    public required ImmutableArray<OrganizationEntity> Path { get; init; }

    /// <summary>Everything below the entity, in the order of the ids; empty for an account.</summary>
    public required ImmutableArray<OrganizationEntity> Below { get; init; }

    /// <summary>In the order of the ids.</summary>
    public required ImmutableArray<ServiceControlPolicy> Policies { get; init; }

    public required ScpLimits Limits { get; init; }

    /// <summary>The names of all SCPs of the organization: what a new one cannot be called.</summary>
    public required ImmutableSortedSet<string> TakenNames { get; init; }

    public OrganizationEntity Subject => Path[^1];

    /// <summary>The entity itself and everything below it.</summary>
    public IEnumerable<OrganizationEntity> Inside => Below.Prepend(Subject);

    /// <summary>The accounts that SCPs bind there: all of them but the management account.</summary>
    public IEnumerable<OrganizationEntity> BoundAccounts => Inside.Where(entity => entity.Ref.Kind == EntityKind.Account && entity.Ref.Id != ManagementAccountId);

    /// <summary>As AWS's reports want it: <c>o-…/r-…/ou-…</c>.</summary>
    public string EntityPath => string.Join('/', Path.Select(entity => entity.Ref.Id).Prepend(Id));

    public bool IsInside(EntityRef entity) => Inside.Any(one => one.Ref.Id == entity.Id);

    public IEnumerable<ServiceControlPolicy> AttachedTo(EntityRef entity) => Policies.Where(policy => policy.Targets.Any(target => target.Id == entity.Id));

    /// <summary>Whether the SCP reaches the account from within the entity: it is attached to it, or to what lies between.</summary>
    public bool Reaches(ServiceControlPolicy policy, OrganizationEntity account)
    {
        for (OrganizationEntity? at = account; at is not null && IsInside(at.Ref); at = Inside.FirstOrDefault(one => one.Ref.Id == at.ParentId))
            if (policy.Targets.Any(target => target.Id == at.Ref.Id)) return true;
        return false;
    }
}
