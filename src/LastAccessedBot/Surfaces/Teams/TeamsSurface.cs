using System.Text.Json.Nodes;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.Connector;
using LastAccessedBot.Surfaces.Teams.Payloads;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>Teams as flows see it.</summary>
internal sealed partial class TeamsSurface(Places places, TeamsConnector connector, IPostedCards cards, TimeProvider time, ILogger<TeamsSurface> log) : IChatSurface
{
    /// <summary>Teams lets a bot write thirty times a minute in a conversation for long; this leaves room for answers.</summary>
    private static readonly TimeSpan s_apart = TimeSpan.FromSeconds(2);

    private readonly LatestOnly _updates = new(s_apart, time);

    public string Name => TeamsIds.SurfaceName;

    public async Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation)
    {
        var place = await PlaceAsync(conversation, cancellation);
        var message = new PostedMessage(conversation, await SayAsync(card, body => connector.SendAsync(place, body, cancellation)));
        await cards.SaveAsync(message, card, cancellation);
        return message;
    }

    public Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation) => _updates.RunAsync(KeyOf(message), async token =>
    {
        // First: a dialog that is opened from the message, and everybody's own view of it, show at least what the message says.
        await cards.SaveAsync(message, card, token);
        try
        {
            var place = await PlaceAsync(message.Conversation, token);
            await SayAsync(card, async body =>
            {
                await connector.ReplaceAsync(place, message.Id, body, token);
                return message.Id;
            });
        }
        catch (ConnectorRefusedException refused) when (refused.IsAboutPlace)
        {
            // Somebody deleted the message or removed the bot. What was decided stands; `unused NAME` shows it anew.
            LogMessageGone(refused, message.Conversation.Id, message.Id);
        }
    }, cancellation);

    public async Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation)
    {
        var place = await PlaceAsync(conversation, cancellation);
        if (place.IsPersonal)
        {
            await PostAsync(conversation, card, cancellation);
            return;
        }
        if (await places.FindAsync(person, cancellation) is { } account)
        {
            try
            {
                var message = new PostedMessage(conversation, await SayAsync(card, body => connector.SendOnlyToAsync(place, account.Id, body, cancellation)));
                await cards.SaveAsync(message, card, cancellation);
                return;
            }
            catch (ConnectorRefusedException refused)
            {
                LogNotTargeted(refused, conversation.Id);
            }
            try
            {
                await PostAsync((await ChatAsync(place, account, cancellation)).Conversation, card, cancellation);
                return;
            }
            catch (ConnectorRefusedException refused) when (refused.IsAboutPlace)
            {
                LogNoChat(refused, person.Id);
            }
        }
        // Neither in private nor not at all: what is told is no secret, only of use to one.
        await PostAsync(conversation, card, cancellation);
    }

    public Task RefuseAsync(Conversation conversation, Person person, Refusal why, CancellationToken cancellation) => TellAsync(conversation, person, ReviewCards.Refused(why), cancellation);

    public async Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation)
    {
        var place = await PlaceAsync(message.Conversation, cancellation);
        if (place.IsPersonal)
        {
            await UpdateAsync(message, card, cancellation);
            return;
        }
        // Told first: between the two, the conversation shows too much for a moment, and never nothing.
        await TellAsync(message.Conversation, person, card, cancellation);
        await _updates.RunAsync(KeyOf(message), async token =>
        {
            try
            {
                await connector.DeleteAsync(place, message.Id, token);
            }
            catch (ConnectorRefusedException refused) when (refused.IsAboutPlace)
            {
                LogMessageGone(refused, message.Conversation.Id, message.Id);
            }
        }, cancellation);
    }

    private async Task<Place> ChatAsync(Place place, Account account, CancellationToken cancellation)
    {
        if (account.Chat is { } known && await places.FindAsync(TeamsIds.Conversation(place.Tenant, known), cancellation) is { Dead: null } chat) return chat;
        var opened = await connector.OpenChatAsync(place, account, cancellation);
        await places.SaveAsync(opened with { Greeted = true }, cancellation);
        await places.SaveAsync(account with { Chat = opened.Id }, cancellation);
        return opened;
    }

    private async Task<Place> PlaceAsync(Conversation conversation, CancellationToken cancellation) => await places.FindAsync(conversation, cancellation) switch
    {
        { Dead: null } place => place,
        { Dead: var why } => throw new ConnectorRefusedException("any", System.Net.HttpStatusCode.Forbidden, "Retired", why),
        null => throw new ConnectorRefusedException("any", System.Net.HttpStatusCode.NotFound, "NeverMet", $"nobody spoke to the bot in `{conversation.Id}` yet"),
    };

    private async Task<string> SayAsync(Card card, Func<JsonObject, Task<string>> say)
    {
        try
        {
            return await say(TeamsMessage.Of(card));
        }
        catch (ConnectorRefusedException refused) when (refused.IsAboutCard)
        {
            // Never lose the answer: the text says everything that matters.
            LogCardRefused(refused);
            return await say(TeamsMessage.InWords(card));
        }
    }

    private static string KeyOf(PostedMessage message) => $"{message.Conversation.Id}/{message.Id}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message {Message} in {Conversation} cannot be changed any more")]
    private partial void LogMessageGone(Exception refused, string conversation, string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "In {Conversation} nobody can be told alone; the personal chat takes its place")]
    private partial void LogNotTargeted(Exception refused, string conversation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Person} cannot be reached in a personal chat; the answer is for everybody to see")]
    private partial void LogNoChat(Exception refused, string person);

    [LoggerMessage(Level = LogLevel.Error, Message = "Teams refused a card; it was sent as text")]
    private partial void LogCardRefused(Exception refused);
}
