using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.AdaptiveCards;
using LastAccessedBot.Surfaces.Teams.Connector;
using LastAccessedBot.Surfaces.Teams.Payloads;

namespace LastAccessedBot.Surfaces.Teams;

/// <inheritdoc/>
internal sealed partial class TeamsDoor(IDeliveries deliveries, IBackgroundWork work, IPostedCards cards, Dialogs dialogs, CardFor views, Places places, TimeProvider time, ILogger<TeamsDoor> log) : ITeamsDoor
{
    /// <summary>Teams waits for ten seconds, and a reader for less.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>An empty answer closes a dialog.</summary>
    private static readonly TeamsAck s_closed = new(StatusCodes.Status200OK);

    private const string MessageType = "application/vnd.microsoft.activity.message";

    public async Task<TeamsAck> ReceiveAsync(JsonElement payload, CancellationToken cancellation)
    {
        if (Activity.Read(payload) is not { } activity) return TeamsAck.Malformed;
        switch (activity.Type)
        {
            case "message" when activity.Value is { } value && CardData.ReadSubmit(value) is CardData.Press press:
                // How a client presses that knows no better way: as a message without words.
                await PressAsync(activity, press, cancellation);
                return TeamsAck.Accepted;
            case "message" when activity.From is { } by && activity.Id.Length > 0:
                await TakeAsync("message", $"{activity.Id} {activity.Place.Id}", new Told.Said(activity.Place, by, activity.Text), cancellation);
                return TeamsAck.Accepted;
            case "conversationUpdate" or "installationUpdate" when Membership.Of(payload, activity) is { } told:
                await TakeAsync("membership", $"{activity.Id} {activity.Place.Id}", told, cancellation);
                // Teams has two ways to tell, uses both at once, and several hosts may hear of it: the store lets one greet.
                if (told is Told.Welcomed) await TakeAsync("greeting", activity.Place.Id, new Told.Greeted(activity.Place), cancellation);
                return TeamsAck.Accepted;
            case "invoke":
                return activity is { From: not null, Value: { } asked } ? await AnswerAsync(activity, asked, cancellation) : TeamsAck.Malformed;
            default:
                // Reactions, edits, and what Teams may think of next: nothing of ours waits for it.
                return TeamsAck.Accepted;
        }
    }

    private async Task<TeamsAck> AnswerAsync(Activity activity, JsonElement asked, CancellationToken cancellation)
    {
        switch (activity.Name)
        {
            case "adaptiveCard/action":
                return asked.Object("action") is { } action ? await ActAsync(activity, CardData.ReadExecute(action), cancellation) : TeamsAck.Malformed;
            case "task/fetch" or "task/submit":
                return asked.Object("data") is { } given ? await DialogAsync(activity, CardData.ReadSubmit(given), cancellation) : TeamsAck.Malformed;
            default:
                return TeamsAck.Unknown;
        }
    }

    private async Task<TeamsAck> ActAsync(Activity activity, CardData? data, CancellationToken cancellation)
    {
        if (activity.ReplyTo is not { } on) return TeamsAck.Malformed;
        var card = await cards.FindAsync(new PostedMessage(activity.Place.Conversation, on), cancellation);
        switch (data)
        {
            case CardData.Refresh:
                return card is null ? Answer(MessageType, "I do not know this card any more: ask anew.") : Answer(await ViewAsync(activity, card, cancellation));
            case CardData.Press press:
                await PressAsync(activity, press, cancellation);
                return card is null ? Answer(MessageType, "Working on it …") : Answer(WorkingCard.Of(card, press.Choice));
            default:
                return TeamsAck.Malformed;
        }
    }

    private async Task<TeamsAck> DialogAsync(Activity activity, CardData? data, CancellationToken cancellation)
    {
        switch (data)
        {
            case CardData.OpenDetails details:
                return Answer(await dialogs.DetailsAsync(activity, details, cancellation));
            case CardData.OpenForm form:
                return Answer(await dialogs.FormAsync(activity, form, cancellation));
            case CardData.SubmitForm { On: { } on } given:
                if (await dialogs.AgainAsync(activity, given, cancellation) is { } again) return Answer(again);
                await TakeAsync("submission", $"{given.Stamp} {on} {activity.From!.ObjectId} {given.Choice} {activity.Place.Id}", new Told.Pressed(activity.Place, activity.From, on, given.Choice, given.Inputs), cancellation);
                return s_closed;
            case CardData.Press { On: { } from } press:
                await PressAsync(activity with { ReplyTo = from }, press, cancellation);
                return s_closed;
            default:
                return TeamsAck.Malformed;
        }
    }

    private async Task<Card> ViewAsync(Activity activity, Card card, CancellationToken cancellation)
    {
        await places.MeetAsync(activity.Place, activity.From, cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        try
        {
            return await views.AsSeenByAsync(activity.From!.Person, card, patience.Token);
        }
        catch (Exception failure) when (failure is ConnectorUnreachableException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // Whoever presses what they may not is told so; a card without buttons would tell an owner nothing.
            LogNoView(failure);
            return card;
        }
    }

    private Task PressAsync(Activity activity, CardData.Press press, CancellationToken cancellation) => activity is { From: { } by, ReplyTo: { } on }
        ? TakeAsync("press", $"{press.Stamp} {on} {by.ObjectId} {press.Choice} {activity.Place.Id}", new Told.Pressed(activity.Place, by, on, press.Choice, ImmutableDictionary<string, string>.Empty), cancellation)
        : Task.CompletedTask;

    private async Task TakeAsync(string kind, string identity, Told told, CancellationToken cancellation)
    {
        var key = DeliveryKey.Of(kind, identity);
        if (await deliveries.TakeAsync(new Delivery(TeamsIds.SurfaceName, key, kind, JsonSerializer.Serialize(told), time.GetUtcNow()), cancellation)) work.Deliver(TeamsIds.SurfaceName, key);
    }

    private static TeamsAck Answer(JsonObject body) => new(StatusCodes.Status200OK, body.ToJsonString());

    private static TeamsAck Answer(Card card) => Answer(new JsonObject { ["statusCode"] = 200, ["type"] = AdaptiveCard.ContentType, ["value"] = TeamsMessage.ContentOf(card) });

    private static TeamsAck Answer(string type, string text) => Answer(new JsonObject { ["statusCode"] = 200, ["type"] = type, ["value"] = text });

    [LoggerMessage(Level = LogLevel.Warning, Message = "A card could not be shown as its reader should see it; it is shown as everybody sees it")]
    private partial void LogNoView(Exception failure);
}
