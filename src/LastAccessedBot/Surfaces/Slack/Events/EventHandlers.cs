namespace LastAccessedBot.Surfaces.Slack.Events;

/// <summary>Who obeys which type of event.</summary>
internal sealed class EventHandlers(IEnumerable<IHandleEvents> handlers)
{
    private readonly Dictionary<string, IHandleEvents> _byType = handlers
        .SelectMany(handler => handler.Types.Select(type => (type, handler)))
        .ToDictionary(pair => pair.type, pair => pair.handler, StringComparer.Ordinal);

    /// <summary>null for a type that nobody obeys.</summary>
    public IHandleEvents? Of(string type) => _byType.GetValueOrDefault(type);
}
