using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Evidence;

/// <summary>Turns a report by action into what was used of a service and what was not. An action that is in neither list is unknown.</summary>
/// <param name="Report">The action report of the subject; null when none was asked for.</param>
/// <param name="SubjectSince">When the subject came to be; a subject younger than the window has not had the time to use what it may.</param>
/// <param name="Trail">What CloudTrail recorded of the subject; null where nobody asked.</param>
public sealed record ActionJudgement(ActionReport? Report, DateTimeOffset SubjectSince, ReviewWindow Window, DateTimeOffset Now, Trail? Trail = null)
{
    /// <inheritdoc cref="Judgement.Kept"/>
    public Func<ServiceNamespace, string?> Kept { get; init; } = _ => null;

    /// <summary>Tracked actions without use in the window, in order.</summary>
    public IReadOnlyList<ActionUse> Unused(ServiceNamespace service)
    {
        var start = Window.Start(Now);
        return SubjectSince > start || Kept(service) is not null ? [] : [.. Tracked(service).Where(use => !(use.LastAttempt >= start) && !OnlyPasses(use.Action) && Trail?.Saw(service, use.Action, start) != true)];
    }

    /// <summary>All the actions that AWS tracked, used or not, in order.</summary>
    public IEnumerable<ActionUse> Tracked(ServiceNamespace service) =>
        Report is ActionReport.Complete complete && complete.Services.TryGetValue(service, out var actions) ? actions.Values : [];

    // `iam:PassRole` and its like are no calls: they are asked for within another call, and AWS records that one. Silence says nothing.
    private static bool OnlyPasses(string action) => action.StartsWith("Pass", StringComparison.OrdinalIgnoreCase);
}
