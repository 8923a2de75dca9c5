using System.Text.Json;
using LastAccessedBot.Core;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>Obeys what came through the door, as a job.</summary>
internal sealed partial class SlackDeliveries(
    IReceiveChat chat, SlackSurface surface, Replies replies, SlackDirectory people, IWorkspaces workspaces, ILogger<SlackDeliveries> log) : IHandleDeliveries
{
    public const string Command = "command", Press = "press";

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
            default:
                throw new InvalidOperationException($"A delivery of Slack's of kind `{delivery.Kind}` cannot be read, though it was when it came.");
        }
    }

    private async Task ObeyAsync(SlashCommand command, DateTimeOffset at, CancellationToken cancellation)
    {
        var person = await PersonAsync(command.TeamId, command.TeamId, command.UserId, command.UserName, cancellation);
        var conversation = SlackIds.Conversation(command.TeamId, command.ChannelId);
        replies.Remember(conversation.Id, person.Id, command.ResponseUrl, at);
        await ObeyAsync(command.TeamId, conversation, person, () => chat.ReceiveAsync(new Typed(person, conversation, command.Text), cancellation), cancellation);
    }

    private async Task ObeyAsync(BlockAction action, DateTimeOffset at, CancellationToken cancellation)
    {
        if (action is not { ChannelId: { } channel, MessageTs: { } ts }) return;
        var person = await PersonAsync(action.WorkspaceId, action.TeamId, action.UserId, action.UserName, cancellation);
        var conversation = SlackIds.Conversation(action.WorkspaceId, channel);
        replies.Remember(conversation.Id, person.Id, action.ResponseUrl, at);
        await ObeyAsync(action.WorkspaceId, conversation, person, () => chat.ReceiveAsync(new Click(person, new PostedMessage(conversation, ts), action.Value), cancellation), cancellation);
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
