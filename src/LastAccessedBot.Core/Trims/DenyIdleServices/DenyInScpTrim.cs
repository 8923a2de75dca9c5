using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims.OverEntity;

namespace LastAccessedBot.Core.Trims.DenyIdleServices;

/// <summary>Services that nobody in the accounts uses are denied in an SCP that is there, by a statement behind its others.</summary>
internal static class DenyInScpTrim
{
    /// <summary>In the SCP that names the services. Whether it is offered.</summary>
    public static bool ConsiderNamed(Cap cap, Scp scp, ServiceNamespace[] services)
    {
        var title = Prose.Of($"Deny {cap.Named(services)} in {scp.Name}");
        var after = DenyStatement.Behind(scp.Document!, services);
        var why = cap.AgainstEditing(scp) ?? TooLong(cap, scp, after);
        if (why is null) Offer(cap, scp, services, title, $"deny named {scp.Policy.Id} {cap.Entity.Ref.Id}", after);
        else cap.Plan.Withhold(title, why);
        return why is null;
    }

    public static void Offer(Cap cap, Scp scp, ServiceNamespace[] services, Prose title, string key, PolicyDocument after) => cap.Plan.Offer(new Trim(
        key,
        TrimKind.DenyIdleServices,
        title,
        [new AccountEdit.UpdateScp(scp.Name, after.Text)],
        cap.Plan.Evidence(services, cap.Verdicts),
        cap.Reached(account => cap.Organization.Reaches(scp.Policy, account)),
        Cap.Warnings(scp),
        cap.Plan.NamesOf(services),
        cap.Risk(services),
        new DocumentChange(scp.Name, scp.Document!.Text, after.Text),
        TrimBasis.OfOrganization(cap.Plan.Facts.State))
    { Gone = [.. services] });

    public static Prose? TooLong(Cap cap, Scp scp, PolicyDocument after) => after.Text.Length <= cap.Organization.Limits.Characters ? null
        : Prose.Of($"With it, {scp.Name} would have {after.Text.Length} characters; AWS stores at most {cap.Organization.Limits.Characters}. Shorten it first, its white space for a start.");
}
