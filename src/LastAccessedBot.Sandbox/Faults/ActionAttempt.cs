using System.Text.Json.Serialization;
using LastAccessedBot.Sandbox.Evaluation;
using LastAccessedBot.Sandbox.Model;

namespace LastAccessedBot.Sandbox.Faults;

/// <summary>Somebody of the account tries an action of some service, which the sandbox does not have: it is allowed or denied, and remembered. As JSON at <c>/_sandbox/attempts</c>.</summary>
/// <param name="Action">As policies name it, like <c>elastictranscoder:ListPipelines</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ActionAttempt(string? User, string? Role, string Action)
{
    /// <returns>Whether the policies and the boundary allow it; null where there is no such user or role, or no such action.</returns>
    public bool? In(AccountState state, DateTimeOffset now)
    {
        if (Action?.Split(':') is not [{ Length: > 0 }, { Length: > 0 }]) return null;
        Actor? actor = User is not null ? state.Users.GetValueOrDefault(User) : Role is not null ? state.Roles.GetValueOrDefault(Role) : null;
        if (actor is null) return null;
        var isCapped = actor.Boundary is { } boundary && !(state.FindPolicy(boundary)?.Default.Document.Document.Allows(Action) ?? false);
        var isAllowed = !isCapped && new PolicySet(state.PoliciesOf(actor).Select(policy => policy.Document)).Allows(Action);
        // Of a service that no policy allows there is no report, and of one that only the boundary refuses there is.
        if (isAllowed || isCapped) actor.Used[Action] = When.At(now);
        if (!isAllowed) actor.Denied[Action] = When.At(now);
        return isAllowed;
    }
}
