using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Surfaces.Console;

/// <summary>The console as flows see it.</summary>
internal sealed class ConsoleSurface(ConsoleMessages messages) : IChatSurface
{
    public const string SurfaceName = "console";

    private readonly AsyncLocal<Heard?> _heard = new();

    public string Name => SurfaceName;

    public async Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation)
    {
        var message = await messages.AddCardAsync(conversation.Id, card, onlyFor: null, cancellation);
        _heard.Value?.Add(message.Id);
        return new PostedMessage(conversation, message.Id);
    }

    public async Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation)
    {
        if (await messages.ReplaceCardAsync(message.Id, card, cancellation) is null)
            throw new InvalidOperationException($"The console has no message {message.Id} to update.");
        _heard.Value?.Add(message.Id);
    }

    public async Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation)
    {
        var message = await messages.AddCardAsync(conversation.Id, card, person.Id, cancellation);
        _heard.Value?.Add(message.Id);
    }

    /// <summary>In the message's place: what stands on the page stays there, so that nothing that was read goes from under the eyes.</summary>
    public Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation) => UpdateAsync(message, card, cancellation);

    /// <summary>
    /// Notes which messages are posted or changed by the asynchronous flow that calls this, and by no other, so that an answer
    /// to one person holds nothing that somebody else's command caused at the same time.
    /// </summary>
    public Heard Listen() => _heard.Value = new Heard();

    /// <summary>The messages that one asynchronous flow posted or changed.</summary>
    internal sealed class Heard
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _ids = [];

        public IReadOnlyCollection<string> Ids
        {
            get { lock (_gate) return [.. _ids]; }
        }

        public void Add(string id)
        {
            lock (_gate) _ids.Add(id);
        }
    }
}
