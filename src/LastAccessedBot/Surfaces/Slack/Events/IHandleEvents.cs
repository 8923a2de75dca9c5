using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack.Events;

/// <summary>
/// Obeys some types of event. Registered in <see cref="SlackServices"/>, it is all that a type needs here; in the app's settings, the
/// manifests subscribe to it.
/// </summary>
internal interface IHandleEvents
{
    /// <summary>Slack's words for them, such as <c>app_home_opened</c>. No two handlers share one.</summary>
    IReadOnlyList<string> Types { get; }

    /// <summary>May be called again for an event that a dying process had begun.</summary>
    /// <param name="at">When it came.</param>
    Task HandleAsync(SlackEvent told, DateTimeOffset at, CancellationToken cancellation);
}
