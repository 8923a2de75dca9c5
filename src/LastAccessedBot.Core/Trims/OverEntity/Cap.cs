using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.OverEntity;

/// <summary>What caps one entity of the organization, with what the evidence says about each service that is let through.</summary>
internal sealed record Cap(Plan Plan, OrganizationState Organization, ImmutableArray<Scp> Scps, ImmutableSortedDictionary<ServiceNamespace, Verdict> Verdicts)
{
    private const int MostNamed = 5;

    public OrganizationEntity Entity => Organization.Subject;

    /// <summary>Nobody in any of the accounts used them, nothing of them is unknown, and the settings do not protect them.</summary>
    public IEnumerable<ServiceNamespace> Idle => Verdicts.Where(pair => pair.Value is Verdict.Unused && !Plan.Guards.Services.Contains(pair.Key)).Select(pair => pair.Key);

    /// <summary>Whether a change of the SCP reaches every account of the entity.</summary>
    public bool Covers(Scp scp) => Organization.BoundAccounts.All(account => Organization.Reaches(scp.Policy, account));

    /// <summary>Why nothing of the entity may be touched; null where it may.</summary>
    public Prose? AgainstTouching() => Organization.Inside.Select(Plan.Guards.AgainstTouching).FirstOrDefault(reason => reason is not null);

    /// <summary>Why the SCP's text may not be edited on the entity's behalf; null where it may.</summary>
    public Prose? AgainstEditing(Scp scp)
    {
        if ((AgainstTouching() ?? Plan.Guards.AgainstEditing(scp.Policy)) is { } reason) return reason;
        ImmutableArray<EntityRef> outside = [.. scp.Policy.Targets.Where(target => !Organization.IsInside(target))];
        return outside.IsEmpty ? null
            : Prose.Of($"{scp.Name} is also attached to {Listed(outside)}, outside of {Entity.Ref.Prose}: a change of it would reach further than what was looked at. Look into what holds both, or change it by hand.");
    }

    /// <summary>Whom a change reaches, as a clause.</summary>
    public Prose Reached(Func<OrganizationEntity, bool> isReached)
    {
        ImmutableArray<EntityRef> accounts = [.. Organization.BoundAccounts.Where(isReached).Select(account => account.Ref)];
        return Prose.Of($"Everybody in {BlastRadius.Count(accounts.Length, "account"):w}, their root users included: {Listed(accounts)}.");
    }

    public Risk Risk(IEnumerable<ServiceNamespace> services) => new RiskOf(Plan.Facts)
        .Because(RiskGrade.High, "It holds for every user and role of the accounts, whatever their own policies say.")
        .Removing(services.Select(service => Verdicts[service]), everyOther: false).Grade();

    /// <summary>What everybody should know who approves a change of an SCP.</summary>
    public static ImmutableArray<Prose> Warnings(Scp scp) =>
    [
        Prose.Of($"{scp.Name} is attached to {Listed(scp.Policy.Targets)}. The change holds for all of it."),
        "AWS keeps no older versions of an SCP: today's text is kept in the record, and Undo puts it back.",
    ];

    /// <summary>The titles' words for services that go: their names where they are few.</summary>
    public Prose Named(IReadOnlyList<ServiceNamespace> services) => services.Count <= 3 ? Prose.Of($"{Plan.Listed(services):w}") : Prose.Of($"{services.Count} unused services");

    public static Prose Listed(ImmutableArray<EntityRef> entities)
    {
        var named = Prose.Join(", ", entities.Take(MostNamed).Select(entity => entity.Prose));
        return entities.Length > MostNamed ? named.Then(Prose.Of($" and {entities.Length - MostNamed} more")) : named;
    }
}
