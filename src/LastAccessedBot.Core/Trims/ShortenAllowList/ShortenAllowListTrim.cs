using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims.OverEntity;

namespace LastAccessedBot.Core.Trims.ShortenAllowList;

/// <summary>
/// An SCP that alone lets idle services through, wherever it is attached, names them no longer. Under a deny list that would change nothing:
/// there something else allows them, and they have to be denied.
/// </summary>
internal static class ShortenAllowListTrim
{
    /// <summary>Whether it is offered; where not, a Deny statement may do.</summary>
    public static bool Consider(Cap cap, Scp scp, ServiceNamespace[] services)
    {
        if (scp.Document!.GrantsEveryOther || cap.AgainstEditing(scp) is not null || !scp.Policy.Targets.All(target => IsAloneAt(cap, scp, target, services))) return false;
        var keep = Keep.Of(scp.Document.Services.Except(services));
        if (Narrowing.Narrow(scp.Document, keep, new NarrowingOptions(PolicyKind.ServiceControl, cap.Plan.Guards.Sids)) is not Narrowed.Trimmed { Document: var after }
            || services.Any(after.Grants)) return false;
        cap.Plan.Offer(new Trim(
            $"shorten {scp.Policy.Id} {cap.Entity.Ref.Id}",
            TrimKind.ShortenAllowList,
            Prose.Of($"Take {cap.Named(services)} off the allow list {scp.Name}"),
            [new AccountEdit.UpdateScp(scp.Name, after.Text)],
            cap.Plan.Evidence(services, cap.Verdicts),
            cap.Reached(account => cap.Organization.Reaches(scp.Policy, account)),
            [.. Cap.Warnings(scp), "No other SCP there allows these services, so what the list does not name is not allowed."],
            cap.Plan.NamesOf(services),
            cap.Risk(services),
            new DocumentChange(scp.Name, scp.Document.Text, after.Text),
            TrimBasis.OfOrganization(cap.Plan.Facts.State))
        { Gone = [.. services] });
        return true;
    }

    // An SCP that could not be read may allow anything.
    private static bool IsAloneAt(Cap cap, Scp scp, EntityRef target, ServiceNamespace[] services) => cap.Scps
        .Where(other => other != scp && other.Policy.Targets.Any(one => one.Id == target.Id))
        .All(other => other.Document is not null && !services.Any(other.Grants));
}
