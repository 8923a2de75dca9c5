using System.Text.Json;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.Connector;
using LastAccessedBot.Surfaces.Teams.Payloads;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>Obeys what came through the door.</summary>
internal sealed partial class TeamsDeliveries(IReceiveChat chat, TeamsSurface surface, IPostedCards cards, Places places, TeamsDirectory people, ILogger<TeamsDeliveries> log) : IHandleDeliveries
{
    /// <summary>The word that the command menu writes; a line may also begin without it.</summary>
    private const string Command = "unused";

    public string Surface => TeamsIds.SurfaceName;

    public async Task HandleAsync(Delivery delivery, CancellationToken cancellation)
    {
        var told = JsonSerializer.Deserialize<Told>(delivery.Payload) ?? throw new InvalidOperationException("A delivery of Teams' cannot be read, though it was when it came.");
        switch (told)
        {
            case Told.Removed removed:
                await places.MeetAsync(removed.Place, null, cancellation);
                await places.RetireAsync(removed.Place.Conversation, "the bot was removed from it", cancellation);
                break;
            case Told.Welcomed welcomed:
                await MeetAsync(welcomed.Place, welcomed.By, cancellation);
                break;
            case Told.Greeted greeted:
                await MeetAsync(greeted.Place, null, cancellation);
                await GreetAsync(greeted.Place.Conversation, cancellation);
                break;
            case Told.Said said:
                await MeetAsync(said.Place, said.By, cancellation);
                await ObeyAsync(said.Place, said.By, () => chat.ReceiveAsync(new Typed(said.By.Person, said.Place.Conversation, Line(said.Text)), cancellation), cancellation);
                break;
            case Told.Pressed pressed:
                await MeetAsync(pressed.Place, pressed.By, cancellation);
                await ObeyAsync(pressed.Place, pressed.By, () => PressAsync(pressed, cancellation), cancellation);
                break;
        }
    }

    private async Task MeetAsync(Place place, Account? by, CancellationToken cancellation)
    {
        await places.MeetAsync(place, by, cancellation);
        if (by is not null) people.Remember(by);
    }

    private async Task PressAsync(Told.Pressed pressed, CancellationToken cancellation)
    {
        var on = new PostedMessage(pressed.Place.Conversation, pressed.On);
        var before = await cards.FindAsync(on, cancellation);
        await chat.ReceiveAsync(new Click(pressed.By.Person, on, pressed.Choice) { Inputs = pressed.Inputs }, cancellation);
        // What changed nothing may have shown nothing either, and the presser's own copy still says that it is being worked on.
        if (before is not null && await cards.FindAsync(on, cancellation) is { } after && CardJson.Write(after) == CardJson.Write(before)) await surface.UpdateAsync(on, after, cancellation);
    }

    private async Task GreetAsync(Conversation conversation, CancellationToken cancellation)
    {
        if (await places.FindAsync(conversation, cancellation) is not { Greeted: false } place) return;
        try
        {
            await surface.PostAsync(place.Conversation, Greeting(place), cancellation);
            await places.SaveAsync(place with { Greeted = true }, cancellation);
        }
        catch (ConnectorRefusedException refused)
        {
            LogNotGreeted(refused, place.Conversation.Id);
        }
    }

    private static Card Greeting(Place place) => Card.Of(
        "I find AWS permissions that nobody uses, and trim them when you say so",
        new CardBlock.Paragraph(place.IsPersonal ? Prose.Of($"Type {"app-dev"}, or the name of any group, user, role or policy; {"help"} shows the rest.") : Prose.Of($"Mention me and type {"app-dev"}, or the name of any group, user, role or policy; {"help"} shows the rest.")),
        new CardBlock.Paragraph("Nothing is changed without an approval, and every trim can be undone."));

    private async Task ObeyAsync(Place place, Account by, Func<Task> obey, CancellationToken cancellation)
    {
        try
        {
            await obey();
        }
        catch (ConnectorRefusedException refused) when (refused.IsAboutPlace)
        {
            // Nobody there would see an answer.
            await places.RetireAsync(place.Conversation, refused.Message, cancellation);
        }
        catch (ConnectorUnreachableException unreachable) when (unreachable.MayHaveHappened)
        {
            // Said again, the answer might stand there twice: the person decides.
            LogUnsure(unreachable);
            await surface.RefuseAsync(place.Conversation, by.Person, new Refusal("Teams did not confirm my answer", "if you see none in a minute, say it again"), cancellation);
        }
    }

    private static string Line(string text) =>
        text.Equals(Command, StringComparison.OrdinalIgnoreCase) ? ""
        : text.StartsWith(Command + " ", StringComparison.OrdinalIgnoreCase) ? text[(Command.Length + 1)..]
        : text;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody was greeted in {Conversation}")]
    private partial void LogNotGreeted(Exception refused, string conversation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Teams did not confirm an answer")]
    private partial void LogUnsure(Exception unreachable);
}
