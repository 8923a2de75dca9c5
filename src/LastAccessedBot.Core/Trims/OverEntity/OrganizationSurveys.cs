using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Trims.OverEntity;

/// <summary>What stands on the card of an entity besides the services.</summary>
internal static class OrganizationSurveys
{
    private const int MostNamed = 6;

    public static OrganizationSurvey Of(Cap cap) => new(
        Strategy(cap),
        [.. cap.Scps.Select(scp => new ScpLine(scp.Name, AttachedTo(cap.Organization, scp.Policy), Says(scp)))],
        cap.Entity.Ref.Kind == EntityKind.Account ? [] : [.. cap.Organization.BoundAccounts.Select(account => account.Ref).OrderBy(account => account.Name, StringComparer.OrdinalIgnoreCase)],
        cap.Organization.ManagementAccountId);

    // Every level on the way down has to allow a service; where one of them names what it allows, only that comes through.
    private static Prose Strategy(Cap cap)
    {
        var organization = cap.Organization;
        ImmutableArray<EntityRef> lists = [.. organization.Path.Concat(organization.Below)
            .Where(entity => entity.Ref.Id != organization.ManagementAccountId)
            .Where(entity => !cap.Scps.Any(scp => scp.AllowsEverything && scp.Policy.Targets.Any(target => target.Id == entity.Ref.Id)))
            .Select(entity => entity.Ref)];
        return lists.IsEmpty
            ? "Deny list: at every level an SCP allows everything, and other SCPs take away from that."
            : Prose.Of($"Allow list: no SCP at {Cap.Listed(lists)} allows everything, so only what the SCPs there name comes through.");
    }

    // AWS attaches its own to everything that comes; nobody edits them.
    private static ImmutableArray<Prose> AttachedTo(OrganizationState organization, ServiceControlPolicy policy) => policy.IsAwsManaged
        ? [Prose.Of($"{policy.Targets.Length} places; it belongs to AWS")]
        : [.. policy.Targets.OrderByDescending(organization.IsInside).Select(target => Target(organization, target))];

    private static Prose Target(OrganizationState organization, EntityRef target) =>
        organization.IsInside(target) ? target.Prose
        : organization.Path.Any(entity => entity.Ref.Id == target.Id) ? target.Prose.Then(", above")
        : target.Prose.Then(", outside");

    private static Prose Says(Scp scp)
    {
        if (scp.Document is not { } document) return "could not be understood";
        var allows = document.GrantsEveryOther ? (Prose)"allows every service" : document.Services.IsEmpty ? Prose.Empty
            : Prose.Of($"allows {Prose.Join(", ", document.Services.Take(MostNamed).Select(service => Prose.Of($"{service.Value}")))}").Then(document.Services.Count > MostNamed ? Prose.Of($" and {document.Services.Count - MostNamed} more") : Prose.Empty);
        return !document.Denies ? allows : allows.Spans.IsEmpty ? "denies only" : allows.Then(", and denies");
    }
}
