using System.Text.Json;
using LastAccessedBot.Core;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Events;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>Obeys what came through the door, as a job.</summary>
internal sealed partial class SlackDeliveries(
    IReceiveChat chat, SlackSurface surface, Replies replies, SlackDirectory people, IWorkspaces workspaces, EventHandlers events, ILogger<SlackDeliveries> log) : IHandleDeliveries
{
    public const string Command = "command", Press = "press", Submission = "submission", Event = "event";

    public string Surface => SlackIds.SurfaceName;

    public async Task HandleAsync(Delivery delivery, CancellationToken cancellation)
    {
        using var payload = JsonDocument.Parse(delivery.Payload);
        switch (delivery.Kind)
        {
            case Command when payload.RootElement.Deserialize<SlashCommand>() is { } command:
                await ObeyAsync(command, delivery.At, cancellation);
                break;
            case Press when payload.RootElement.Deserialize<BlockAction>() is { } action:
                await ObeyAsync(action, delivery.At, cancellation);
                break;
            case Event when SlackEvent.Read(payload.RootElement) is { } told:
                // A handler that an update took away leaves nothing to do.
                if (events.Of(told.Type) is { } handler) await handler.HandleAsync(told, delivery.At, cancellation);
                break;
            case Submission when FormSubmission.Read(payload.RootElement) is { } submission:
                await ObeyAsync(submission, cancellation);
                break;
            default:
                throw new InvalidOperationException($"A delivery of Slack's of kind `{delivery.Kind}` cannot be read, though it was when it came.");
        }
    }

    private async Task ObeyAsync(SlashCommand command, DateTimeOffset at, CancellationToken cancellation)
    {
        var typed = command.Typed((await PersonAsync(command.TeamId, command.TeamId, command.UserId, command.UserName, cancellation)).Name);
        replies.Remember(typed.In.Id, typed.By.Id, command.ResponseUrl, at);
        await ObeyAsync(command.TeamId, typed.In, typed.By, () => chat.ReceiveAsync(typed, cancellation), cancellation);
    }

    private async Task ObeyAsync(BlockAction action, DateTimeOffset at, CancellationToken cancellation)
    {
        var on = action is { ChannelId: { } channel, MessageTs: { } ts } ? new PostedMessage(SlackIds.Conversation(action.WorkspaceId, channel), ts) : null;
        if (on is null && !action.IsAtHome) return;
        var person = await PersonAsync(action.WorkspaceId, action.TeamId, action.UserId, action.UserName, cancellation);
        var conversation = on?.Conversation ?? SlackIds.Conversation(action.WorkspaceId, action.UserId);
        replies.Remember(conversation.Id, person.Id, action.ResponseUrl, at);
        await ObeyAsync(action.WorkspaceId, conversation, person, () => chat.ReceiveAsync(new Click(person, conversation, on, action.Value), cancellation), cancellation);
    }

    private async Task ObeyAsync(FormSubmission submission, CancellationToken cancellation)
    {
        var person = await PersonAsync(submission.WorkspaceId, submission.TeamId, submission.UserId, submission.UserName, cancellation);
        var conversation = submission.On?.Conversation ?? SlackIds.Conversation(submission.WorkspaceId, submission.UserId);
        var click = new Click(person, conversation, submission.On, submission.Choice) { Inputs = submission.Inputs };
        await ObeyAsync(submission.WorkspaceId, conversation, person, () => chat.ReceiveAsync(click, cancellation), cancellation);
    }

    private async Task ObeyAsync(string workspace, Conversation conversation, Person person, Func<Task> obey, CancellationToken cancellation)
    {
        if (await workspaces.FindAsync(workspace, cancellation) is null)
        {
            LogForeign(workspace);
            await surface.RefuseAsync(conversation, person, new Refusal("I am not installed in this workspace", "ask its admins to install me"), cancellation);
            return;
        }
        try
        {
            await obey();
        }
        catch (SlackRefusedException refused) when (refused.IsAboutChannel)
        {
            await surface.RefuseAsync(conversation, person, WordsOf(refused), cancellation);
        }
        catch (SlackUnreachableException unreachable) when (unreachable.MayHaveHappened)
        {
            // Said again, the answer might stand there twice: the person decides.
            LogUnsure(unreachable);
            await surface.RefuseAsync(conversation, person, new Refusal("Slack did not confirm my answer", "if you see none in a minute, say it again"), cancellation);
        }
    }

    private async Task<Person> PersonAsync(string workspace, string team, string user, string name, CancellationToken cancellation) =>
        SlackIds.Person(team, user, team == workspace && await people.FindAsync(team, user, cancellation) is { } known ? known.Name : name);

    private static Refusal WordsOf(SlackRefusedException refused) => refused.Error switch
    {
        "is_archived" => new Refusal("This channel is archived, and I cannot write in it", "ask in another one"),
        "not_in_channel" or "channel_not_found" => new Refusal("I am not in this channel, so nobody would see my answer", "type `/invite @LastAccessedBot` and say it again, or ask me directly"),
        var error => new Refusal($"Slack does not let me write in this channel: `{error}`", "ask a workspace admin, or ask me in another channel"),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery from workspace {Team}, where the bot is not installed, was refused")]
    private partial void LogForeign(string team);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack did not confirm an answer")]
    private partial void LogUnsure(Exception unreachable);
}
