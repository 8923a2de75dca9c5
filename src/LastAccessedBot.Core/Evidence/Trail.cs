using System.Collections.Immutable;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Evidence;

/// <summary>One event that CloudTrail recorded of an identity.</summary>
/// <param name="ErrorCode">AWS's error code where the attempt failed; null where it succeeded.</param>
public sealed record TrailEvent(ServiceNamespace Service, string Action, DateTimeOffset On, string? ErrorCode)
{
    /// <summary>The identity was not allowed to. Services spell the code in several ways.</summary>
    public bool IsDenied => ErrorCode is { } code && (code.Contains("AccessDenied", StringComparison.OrdinalIgnoreCase) || code.Contains("Unauthorized", StringComparison.OrdinalIgnoreCase));
}

/// <summary>All attempts at one action.</summary>
public sealed record TrailAction(ServiceNamespace Service, string Action, DateTimeOffset Last, int Times, int Denied);

/// <summary>
/// What CloudTrail recorded of an identity: a second evidence beside the last-accessed report. It holds management events of the last 90 days
/// only, so that an action which is not in it may well have been used; one that is in it was attempted.
/// </summary>
/// <param name="Actions">The latest first.</param>
/// <param name="IsCutOff">There were more events than the settings let the bot read.</param>
/// <param name="Problem">Why it is not known, as a clause with names in backticks; null where it is.</param>
public sealed record Trail(DateTimeOffset From, DateTimeOffset Until, ImmutableArray<TrailAction> Actions, bool IsCutOff, string? Problem = null)
{
    /// <summary>CloudTrail answers no lookup further back (source: CloudTrail's <c>LookupEvents</c>).</summary>
    public const int LongestDays = 90;

    public static Trail Of(DateTimeOffset from, DateTimeOffset until, IEnumerable<TrailEvent> events, bool isCutOff) => new(
        from, until,
        [.. events.GroupBy(one => (one.Service, one.Action.ToUpperInvariant()))
            .Select(same => new TrailAction(same.Key.Service, same.First().Action, same.Max(one => one.On), same.Count(), same.Count(one => one.IsDenied)))
            .OrderByDescending(action => action.Last).ThenBy(action => action.Service).ThenBy(action => action.Action, StringComparer.Ordinal)],
        isCutOff);

    public static Trail NotRead(DateTimeOffset from, DateTimeOffset until, string problem) => new(from, until, [], false, problem);

    /// <summary>The latest attempt at anything of the service; null where none was recorded.</summary>
    public TrailAction? LastOf(ServiceNamespace service) => Actions.FirstOrDefault(action => action.Service == service);

    /// <summary>Whether the action was attempted at <paramref name="start"/> or later.</summary>
    public bool Saw(ServiceNamespace service, string action, DateTimeOffset start) =>
        Actions.Any(one => one.Service == service && one.Last >= start && one.Action.Equals(action, StringComparison.OrdinalIgnoreCase));
}
