using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Watching;

/// <summary>Whom a trim took something from, and what: what there is to watch once it is applied.</summary>
/// <param name="Identities">Users, roles, and groups for their members.</param>
/// <param name="IsByBoundary">It caps: AWS's reports go on listing what a boundary refuses, and count the refused attempts.</param>
public sealed record Watched(ImmutableArray<IdentityRef> Identities, ImmutableArray<ServiceNamespace> Services, bool IsByBoundary)
{
    private Trim Trim { get; init; } = null!;

    /// <summary>null where nobody is left who could miss anything, and for what caps whole accounts, whose trails are their own.</summary>
    public static Watched? Of(Trim trim)
    {
        ImmutableArray<IdentityRef> who = [.. Whom(trim).Order()];
        ImmutableArray<ServiceNamespace> what = [.. trim.Gone.Concat(trim.RemovedActions.Select(actions => actions.Service)).Distinct().Order()];
        return who.IsEmpty || what.IsEmpty || trim.Deletes is not null ? null : new Watched(who, what, trim.Kind == TrimKind.CapIdentity) { Trim = trim };
    }

    /// <summary>Whether the trim took it away.</summary>
    /// <param name="action">Without the service.</param>
    public bool Includes(ServiceNamespace service, string action) =>
        Trim.Gone.Contains(service)
        || Trim.RemovedActions.Any(gone => gone.Service == service && gone.Actions.Contains(action, StringComparer.OrdinalIgnoreCase));

    /// <summary>What CloudTrail recorded as denied.</summary>
    public IEnumerable<Denial> Denials(IEnumerable<(IdentityRef Who, TrailEvent Event)> attempts, DateTimeOffset since) => attempts
        .Where(one => one.Event.IsDenied && one.Event.On >= since && Includes(one.Event.Service, one.Event.Action))
        .GroupBy(one => (one.Who, one.Event.Service, Action: one.Event.Action.ToUpperInvariant()))
        .Select(same => new Denial(same.Key.Who, same.Key.Service, same.First().Event.Action, same.Max(one => one.Event.On), same.Count()));

    /// <summary>What a report shows to have been tried since, where only the boundary stands in the way.</summary>
    public IEnumerable<Denial> Denials(IdentityRef who, AccessReport report, DateTimeOffset since) => !IsByBoundary || report is not AccessReport.Complete complete ? [] : Trim.Gone
        .Select(service => complete.Services.GetValueOrDefault(service)).Where(use => use?.LastAttempt > since)
        .Select(use => new Denial(who, use!.Service, null, use.LastAttempt!.Value, 1));

    /// <summary>Both together with what was seen before, the latest first; of one action, the newest reading.</summary>
    public static ImmutableArray<Denial> Joined(IEnumerable<Denial> before, IEnumerable<Denial> now) =>
        [.. now.Concat(before).DistinctBy(one => (one.Who, one.Service, one.Action?.ToUpperInvariant())).OrderByDescending(one => one.Last).ThenBy(one => one.Who).ThenBy(one => one.Service)];

    /// <summary>From whom a trim takes something: users, roles, and groups for their members.</summary>
    public static IEnumerable<IdentityRef> Whom(Trim trim) => trim.Edits.SelectMany(edit => Whom(edit, trim)).Distinct();

    private static IEnumerable<IdentityRef> Whom(AccountEdit edit, Trim trim) => edit switch
    {
        AccountEdit.DetachPolicy detach => [detach.From],
        AccountEdit.RemoveUserFromGroup leave => [new IdentityRef(IdentityKind.User, leave.User)],
        AccountEdit.PutInlinePolicy put => [put.On],
        AccountEdit.DeleteInlinePolicy delete => [delete.On],
        AccountEdit.PutBoundary cap => [cap.On],
        // A cap rests on the groups of whom it caps, too, and takes nothing from them.
        AccountEdit.CreatePolicyVersion when trim.Kind == TrimKind.CapIdentity => trim.Basis.Identities.Where(one => one.Kind != IdentityKind.Group),
        // Everybody whom the policy is attached to is part of what the trim rests on.
        AccountEdit.CreatePolicyVersion => trim.Basis.Identities,
        _ => [],
    };
}
