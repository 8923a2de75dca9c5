using LastAccessedBot.Sandbox.Evaluation;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Services;

namespace LastAccessedBot.Sandbox.Reports;

/// <summary>Somebody's last attempt at a service or an action.</summary>
public sealed record Attempt(Actor By, DateTimeOffset At);

/// <summary>A service that the subject's policies allow: attempts at it, newest first, one for each identity that made any.</summary>
public sealed record ServiceAccess(
    string Namespace,
    string Name,
    IReadOnlyList<Attempt> Attempts,
    IReadOnlyList<ActionAccess> TrackedActions);

public sealed record ActionAccess(string Name, Attempt? Last);

/// <summary>
/// Computes what IAM reports: the services that the subject's permissions policies allow today, whether in use or not,
/// with the attempts of those that the subject stands for. Boundaries, SCPs and trust policies play no part.
/// </summary>
public sealed class AccessReport(AccountState state, DateTimeOffset loadedAt, DateTimeOffset now, ServiceCatalog catalog)
{
    private static readonly TimeSpan TrackingPeriod = TimeSpan.FromDays(400);

    /// <returns>Null when there is no such user, group, role or policy.</returns>
    public IReadOnlyList<ServiceAccess>? Of(string arn, bool actionLevel)
    {
        var identity = state.FindIdentity(arn);
        var policy = identity is null ? state.FindPolicy(arn) : null;
        return identity is not null ? Report(state.PoliciesOf(identity), ActorsBehind(identity), actionLevel)
            : policy is not null ? Report([policy.Default.Document], state.AttachedTo(policy).SelectMany(ActorsBehind).Distinct(), actionLevel)
            : null;
    }

    private IEnumerable<Actor> ActorsBehind(Identity identity) => identity switch
    {
        Group group => group.Members.Select(member => state.Users[member]),
        Actor actor => [actor],
        _ => [],
    };

    private List<ServiceAccess> Report(IEnumerable<PolicyText> policies, IEnumerable<Actor> actors, bool actionLevel)
    {
        var granted = new PolicySet(policies.Select(policy => policy.Document));
        var users = actors.ToList();
        return [.. catalog.Names
            .Where(service => granted.GrantsService(service.Key))
            .Select(service => new ServiceAccess(
                service.Key,
                service.Value,
                Attempts(users, key => key == service.Key || key.StartsWith(service.Key + ":", StringComparison.Ordinal)),
                actionLevel ? Tracked(service.Key, granted, users) : []))];
    }

    private List<ActionAccess> Tracked(string service, PolicySet granted, List<Actor> users) =>
        [.. catalog.TrackedActions.GetValueOrDefault(service, [])
            .Where(action => granted.Allows($"{service}:{action}"))
            .Select(action => new ActionAccess(action, Attempts(users, key => key == $"{service}:{action}").FirstOrDefault()))];

    private List<Attempt> Attempts(IEnumerable<Actor> actors, Func<string, bool> concerns) =>
        [.. actors
            .Select(actor => (Actor: actor, Times: actor.Used.Where(use => concerns(use.Key)).Select(use => use.Value.Since(loadedAt))
                .Where(at => now - at <= TrackingPeriod).ToList()))
            .Where(use => use.Times.Count > 0)
            .Select(use => new Attempt(use.Actor, use.Times.Max()))
            .OrderByDescending(attempt => attempt.At)];
}
