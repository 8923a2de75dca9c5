using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.BlockKit;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Pictures;
using LastAccessedBot.Surfaces.Slack.Web;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>Slack as flows see it.</summary>
internal sealed partial class SlackSurface(
    SlackClient client, IWorkspaces workspaces, Replies replies, IPostedCards cards, ChartFiles charts, TimeProvider time, ILogger<SlackSurface> log) : IChatSurface
{
    /// <summary>Slack takes about fifty updates a minute from one method of one app; this is for the eye.</summary>
    private static readonly TimeSpan s_apart = TimeSpan.FromSeconds(1);

    private readonly LatestOnly _updates = new(s_apart, time);

    public string Name => SlackIds.SurfaceName;

    public Task<PostedMessage> PostAsync(Conversation conversation, Card card, CancellationToken cancellation) => PostAsync(conversation, card, [], cancellation);

    // Into the channel, too: whoever is denied something may not follow the thread.
    public Task<PostedMessage> ReplyAsync(PostedMessage to, Card card, CancellationToken cancellation) =>
        PostAsync(to.Conversation, card, new JsonObject { ["thread_ts"] = to.Id, ["reply_broadcast"] = true }, cancellation);

    private async Task<PostedMessage> PostAsync(Conversation conversation, Card card, JsonObject where, CancellationToken cancellation)
    {
        var (team, channel) = SlackIds.Split(conversation.Id);
        (where["channel"], where["unfurl_links"], where["unfurl_media"]) = (channel, false, false);
        var answer = await SayAsync(SlackMethod.PostMessage, team, card, where, cancellation);
        var message = new PostedMessage(SlackIds.Conversation(team, answer.Text("channel") ?? channel), answer.Text("ts") ?? throw new SlackRefusedException(SlackMethod.PostMessage.Name, "no ts in the answer", []));
        await cards.SaveAsync(message, card, cancellation);
        charts.Want(message, card);
        return message;
    }

    public Task UpdateAsync(PostedMessage message, Card card, CancellationToken cancellation) => _updates.RunAsync(KeyOf(message), async token =>
    {
        var (team, channel) = SlackIds.Split(message.Conversation.Id);
        // First: a modal that is opened from the message shows at least what the message says.
        await cards.SaveAsync(message, card, token);
        try
        {
            await SayAsync(SlackMethod.UpdateMessage, team, card, new JsonObject { ["channel"] = channel, ["ts"] = message.Id }, token);
            charts.Want(message, card);
        }
        catch (SlackRefusedException refused) when (refused.IsAboutMessage)
        {
            // Somebody deleted the message or archived the channel. What was decided stands; `/unused NAME` shows it anew.
            LogMessageGone(refused, message.Conversation.Id, message.Id);
        }
    }, cancellation);

    /// <summary>Shows a message's card once more, with the pictures that were uploaded for it. An update that waits goes in its place.</summary>
    /// <returns>false where the pictures are not to be seen yet; the message is as it was.</returns>
    public async Task<bool> ShowPicturesAsync(PostedMessage message, CancellationToken cancellation)
    {
        var (team, channel) = SlackIds.Split(message.Conversation.Id);
        var isDone = false;
        await _updates.RunIfNoneWaitsAsync(KeyOf(message), async token =>
        {
            if (await cards.FindAsync(message, token) is not { } card) return;
            var pictured = CardMessage.Render(card, chart => charts.FindUploaded(team, chart));
            try
            {
                await SendAsync(SlackMethod.UpdateMessage, await WorkspaceAsync(team, token), new JsonObject { ["channel"] = channel, ["ts"] = message.Id }, pictured.Text, pictured.Blocks, token);
                charts.Shown(team, card);
                isDone = true;
            }
            catch (SlackRefusedException refused) when (refused.IsAboutBlocks)
            {
                LogNotYet(refused, message.Id);
            }
            catch (SlackRefusedException refused) when (refused.IsAboutMessage)
            {
                LogMessageGone(refused, message.Conversation.Id, message.Id);
                isDone = true;
            }
        }, cancellation);
        return isDone;
    }

    public async Task TellAsync(Conversation conversation, Person person, Card card, CancellationToken cancellation)
    {
        if (replies.Take(conversation.Id, person.Id) is { } address && await RespondAsync(address, card, cancellation)) return;
        var (team, channel) = SlackIds.Split(conversation.Id);
        var (_, user) = SlackIds.Split(person.Id);
        if (SlackIds.IsUser(channel))
        {
            await TellDirectlyAsync(team, user, card, cancellation);
            return;
        }
        try
        {
            await SayAsync(SlackMethod.PostEphemeral, team, card, new JsonObject { ["channel"] = channel, ["user"] = user }, cancellation);
        }
        catch (SlackRefusedException refused) when (refused.IsAboutChannel || refused.Error is "user_not_in_channel")
        {
            await TellDirectlyAsync(team, user, card, cancellation);
        }
    }

    public async Task EndPrivatelyAsync(PostedMessage message, Person person, Card card, CancellationToken cancellation)
    {
        // Told first: between the two, the channel shows too much for a moment, and never nothing.
        await TellAsync(message.Conversation, person, card, cancellation);
        await _updates.RunAsync(KeyOf(message), async token =>
        {
            var (team, channel) = SlackIds.Split(message.Conversation.Id);
            var workspace = await WorkspaceAsync(team, token);
            try
            {
                await client.CallAsync(SlackMethod.DeleteMessage, workspace, new JsonObject { ["channel"] = channel, ["ts"] = message.Id }, token);
            }
            catch (SlackRefusedException refused) when (refused.IsAboutMessage)
            {
                LogMessageGone(refused, message.Conversation.Id, message.Id);
            }
        }, cancellation);
    }

    /// <summary>Says privately what cannot be said in the conversation.</summary>
    public Task RefuseAsync(Conversation conversation, Person person, Core.Refusal why, CancellationToken cancellation) => TellAsync(conversation, person, ReviewCards.Refused(why), cancellation);

    /// <summary>In the conversation between the person and the bot.</summary>
    private async Task TellDirectlyAsync(string team, string user, Card card, CancellationToken cancellation)
    {
        var workspace = await WorkspaceAsync(team, cancellation);
        var opened = await client.CallAsync(SlackMethod.OpenConversation, workspace, new JsonObject { ["users"] = user }, cancellation);
        if (opened.Object("channel")?.Text("id") is { } direct) await PostAsync(SlackIds.Conversation(team, direct), card, cancellation);
    }

    private Task<bool> RespondAsync(Uri address, Card card, CancellationToken cancellation)
    {
        var message = CardMessage.Render(card);
        return client.RespondAsync(address, new JsonObject
        {
            // Said out loud: a press's address would else replace the card that was pressed.
            ["replace_original"] = false,
            ["response_type"] = "ephemeral",
            ["text"] = message.Text,
            ["blocks"] = JsonSerializer.SerializeToNode(message.Blocks, BlockKitJson.Options),
        }, cancellation);
    }

    private async Task<JsonElement> SayAsync(SlackMethod method, string team, Card card, JsonObject where, CancellationToken cancellation)
    {
        var workspace = await WorkspaceAsync(team, cancellation);
        var message = CardMessage.Render(card, chart => charts.Find(team, chart));
        if (message.Blocks.Any(block => block is ImageBlock))
        {
            try
            {
                return await SendAsync(method, workspace, where, message.Text, message.Blocks, cancellation);
            }
            catch (SlackRefusedException refused) when (refused.IsAboutBlocks)
            {
                // Somebody deleted the file, it may be: words in its place.
                LogPictureRefused(refused, method.Name);
                charts.GiveUp(team, card);
                message = CardMessage.Render(card);
            }
        }
        try
        {
            return await SendAsync(method, workspace, where, message.Text, message.Blocks, cancellation);
        }
        catch (SlackRefusedException refused) when (refused.IsAboutBlocks)
        {
            // Never lose the answer: the text says everything that matters.
            LogBlocksRefused(refused, method.Name);
            return await SendAsync(method, workspace, where, message.Text, [], cancellation);
        }
    }

    private Task<JsonElement> SendAsync(SlackMethod method, Workspace workspace, JsonObject where, string text, ImmutableArray<Block> blocks, CancellationToken cancellation)
    {
        where["text"] = text;
        where["blocks"] = JsonSerializer.SerializeToNode(blocks, BlockKitJson.Options);
        return client.CallAsync(method, workspace, where, cancellation);
    }

    private static string KeyOf(PostedMessage message) => $"{message.Conversation.Id}/{message.Id}";

    private async Task<Workspace> WorkspaceAsync(string team, CancellationToken cancellation) =>
        await workspaces.FindAsync(team, cancellation) ?? throw new SlackRefusedException("any", SlackRefusedException.NotInstalled, [$"in workspace {team}"]);


    [LoggerMessage(Level = LogLevel.Warning, Message = "The message {Ts} in {Conversation} cannot be updated any more")]
    private partial void LogMessageGone(Exception refused, string conversation, string ts);

    [LoggerMessage(Level = LogLevel.Error, Message = "Slack refused the blocks of a message by {Method}; it was sent as text")]
    private partial void LogBlocksRefused(Exception refused, string method);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Slack does not show the pictures of the message {Ts} yet")]
    private partial void LogNotYet(Exception refused, string ts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack refused a picture by {Method} that it showed before; words stand in its place")]
    private partial void LogPictureRefused(Exception refused, string method);
}
