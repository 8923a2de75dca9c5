using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>Someone on a chat platform.</summary>
/// <param name="Surface">The platform: <c>console</c>, <c>slack</c>, <c>teams</c>.</param>
/// <param name="Id">The platform's own id of the person.</param>
/// <param name="Name">For showing.</param>
public sealed record Person(string Surface, string Id, string Name);

/// <summary>Where a conversation takes place on a platform.</summary>
public sealed record Conversation(string Surface, string Id);

/// <summary>A message that the bot posted and may replace.</summary>
public sealed record PostedMessage(Conversation Conversation, string Id);

/// <summary>What a person typed after <c>/unused</c>, or the whole line.</summary>
public sealed record Typed(Person By, Conversation In, string Text);

/// <summary>A button that a person pressed. Everything in it is the platform's word and not yet believed.</summary>
/// <param name="In">Where the presser is told what they alone need to hear.</param>
/// <param name="On">The pressed message; null on a Home, which is none.</param>
/// <param name="Choice">The pressed <see cref="Core.Cards.Choice.Id"/>.</param>
public sealed record Click(Person By, Conversation In, PostedMessage? On, string Choice)
{
    public Click(Person by, PostedMessage on, string choice)
        : this(by, on.Conversation, on, choice)
    {
    }

    /// <summary>What the person gave where the choice has a form: field id → text.</summary>
    public ImmutableDictionary<string, string> Inputs { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>A chat platform, as flows use it: cards out, nothing else.</summary>
public interface IChatSurface
{
    /// <summary>The name in <see cref="Conversation.Surface"/>.</summary>
    string Name { get; }

    Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation);

    /// <summary>Says something about a posted message, beside it: in its thread, where the platform has threads and the message is not in one already.</summary>
    Task<PostedMessage> ReplyAsync(PostedMessage to, Card card, CancellationToken cancellation) => PostAsync(to.Conversation, card, cancellation);

    /// <summary>Replaces a posted message for everyone who sees it.</summary>
    Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation);

    /// <summary>Tells one person only, in the conversation.</summary>
    Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation);

    /// <summary>
    /// Ends a message that turned out to be of use to nobody but the person, who is told the card: the platform takes the message back, or,
    /// where it takes nothing back, shows the card in its place. May be called again for the same message.
    /// </summary>
    Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation);
}

/// <summary>What surfaces hand over. Both answer within milliseconds; longer work goes on as jobs that post and update cards.</summary>
public interface IReceiveChat
{
    /// <summary>The answer to a line that needs nothing looked up and changes nothing: help, and what is wrong with the line; null for every other.</summary>
    Card? AnswerAtOnce(Typed typed);

    /// <summary>Obeys a command; the answer, or the card that shows its progress, was posted when the task ends.</summary>
    Task ReceiveAsync(Typed typed, CancellationToken cancellation);

    /// <summary>Obeys a press of a button. What the presser alone needs to hear was told when the task ends.</summary>
    Task ReceiveAsync(Click click, CancellationToken cancellation);
}
