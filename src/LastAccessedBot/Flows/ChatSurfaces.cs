using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>Finds the chat platform of a conversation.</summary>
public sealed class ChatSurfaces(IEnumerable<IChatSurface> surfaces)
{
    private readonly Dictionary<string, IChatSurface> _byName = surfaces.ToDictionary(surface => surface.Name, StringComparer.Ordinal);

    public Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation) => Of(conversation).PostAsync(conversation, card, cancellation);

    public Task<PostedMessage> ReplyAsync(PostedMessage to, Card card, CancellationToken cancellation) => Of(to.Conversation).ReplyAsync(to, card, cancellation);

    public Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation) => Of(message.Conversation).UpdateAsync(message, card, cancellation);

    public Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation) => Of(conversation).TellAsync(conversation, person, card, cancellation);

    public Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation) => Of(message.Conversation).EndPrivatelyAsync(message, person, card, cancellation);

    /// <summary>false for a conversation of a platform whose settings were taken away.</summary>
    public bool Reaches(Conversation conversation) => _byName.ContainsKey(conversation.Surface);

    private IChatSurface Of(Conversation conversation) => _byName.TryGetValue(conversation.Surface, out var surface)
        ? surface
        : throw new InvalidOperationException($"No surface `{conversation.Surface}` is running; its settings were taken away while messages of it are open.");
}
