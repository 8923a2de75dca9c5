using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims.OverEntity;

namespace LastAccessedBot.Core.Trims.DenyIdleServices;

/// <summary>
/// Idle services that no SCP of the entity's own names: they are denied in one that only denies already, else in a new one that is attached to
/// the entity, and where it has no place left, behind the statements of one that is there.
/// </summary>
internal static class DenyByItselfTrim
{
    private const string Description = "Services that nobody in these accounts used; written by LastAccessedBot";

    public static void Consider(Cap cap, ServiceNamespace[] services)
    {
        var entity = cap.Entity.Ref;
        Scp[] own = [.. cap.Scps
            .Where(scp => scp.Document is not null && scp.Policy.Targets.Any(target => target.Id == entity.Id) && cap.AgainstEditing(scp) is null)
            .OrderByDescending(scp => scp.Document!.OnlyDenies)
            .Where(scp => DenyInScpTrim.TooLong(cap, scp, DenyStatement.Behind(scp.Document!, services)) is null)];
        var attached = cap.Organization.AttachedTo(entity).Count();
        var isFull = attached >= cap.Organization.Limits.PerTarget;
        if (own.FirstOrDefault() is { } host && (isFull || host.Document!.OnlyDenies))
        {
            DenyInScpTrim.Offer(cap, host, services, Prose.Of($"Deny {cap.Named(services)} in {host.Name}"), $"deny others {entity.Id}", DenyStatement.Behind(host.Document!, services));
            return;
        }
        var title = Prose.Of($"Deny {cap.Named(services)} in {entity.Prose}");
        var document = DenyStatement.Alone(services);
        var why = cap.AgainstTouching()
            ?? (isFull ? Prose.Of($"{entity.Prose} has {attached} SCPs attached, the most that AWS allows, and none of them can be edited on its behalf. Detach one first.") : null)
            ?? (document.Text.Length > cap.Organization.Limits.Characters
                ? Prose.Of($"An SCP that denies them all would have {document.Text.Length} characters; AWS stores at most {cap.Organization.Limits.Characters}.")
                : null);
        if (why is null) Offer(cap, services, title, document, attached);
        else cap.Plan.Withhold(title, why);
    }

    private static void Offer(Cap cap, ServiceNamespace[] services, Prose title, PolicyDocument document, int attached)
    {
        var name = FreeName(cap);
        cap.Plan.Offer(new Trim(
            $"deny others {cap.Entity.Ref.Id}",
            TrimKind.DenyIdleServices,
            title,
            [
                new AccountEdit.CreateScp(name, Description, document.Text),
                new AccountEdit.AttachScp(name, cap.Entity.Ref),
            ],
            cap.Plan.Evidence(services, cap.Verdicts),
            cap.Reached(_ => true),
            [
                Prose.Of($"A new SCP, {name}, takes one of the {cap.Organization.Limits.PerTarget} places that {cap.Entity.Ref.Prose} has; {attached} are taken."),
                "What is needed in an emergency only, such as support or backups, looks unused as well: see which services go, and protect in the settings what has to stay.",
            ],
            cap.Plan.NamesOf(services),
            cap.Risk(services),
            new DocumentChange(name, null, document.Text),
            TrimBasis.OfOrganization(cap.Plan.Facts.State))
        { Gone = [.. services] });
    }

    private static string FreeName(Cap cap)
    {
        for (var number = 1; ; number++)
        {
            var name = $"DenyUnused-{cap.Entity.Ref.Id}{(number == 1 ? "" : $"-{number}")}";
            if (!cap.Organization.TakenNames.Contains(name)) return name;
        }
    }
}
