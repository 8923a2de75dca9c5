using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.BlockKit;
using LastAccessedBot.Surfaces.Slack.Events;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack;

/// <inheritdoc/>
internal sealed class SlackDoor(IDeliveries deliveries, IBackgroundWork work, IReceiveChat chat, Modals modals, EventHandlers events, TimeProvider time) : ISlackDoor
{
    private const int LongestChallenge = 500;

    public Task<SlackAck> ReceiveAsync(SlackKind kind, JsonElement payload, CancellationToken cancellation) => kind switch
    {
        SlackKind.Command => CommandAsync(payload, cancellation),
        SlackKind.Interaction => InteractionAsync(payload, cancellation),
        SlackKind.Event => EventAsync(payload, cancellation),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<SlackAck> CommandAsync(JsonElement payload, CancellationToken cancellation)
    {
        if (payload.Text("ssl_check") == "1") return SlackAck.Empty;
        if (SlashCommand.Read(payload) is not { } command) return new SlackAck.Malformed();
        // Needs no store and no job, and does the same however often it comes.
        if (chat.AnswerAtOnce(command.Typed()) is { } answer)
        {
            var message = CardMessage.Render(answer);
            return new SlackAck.Taken(new JsonObject
            {
                ["response_type"] = "ephemeral",
                ["text"] = message.Text,
                ["blocks"] = JsonSerializer.SerializeToNode(message.Blocks, BlockKitJson.Options),
            }.ToJsonString());
        }
        return await TakeAsync(SlackDeliveries.Command, $"{command.TriggerId} {command.TeamId}", command, cancellation);
    }

    private async Task<SlackAck> InteractionAsync(JsonElement payload, CancellationToken cancellation)
    {
        switch (payload.Text("type"))
        {
            case "block_actions":
                if (BlockAction.Read(payload) is not { } action) return new SlackAck.Malformed();
                if (modals.Takes(action)) return SlackAck.Empty;
                return await TakeAsync(
                    SlackDeliveries.Press,
                    $"{action.ActionTs} {action.WorkspaceId} {action.ChannelId} {action.MessageTs} {action.ViewId} {action.UserId} {action.ActionId} {action.Value}", action, cancellation);
            case "view_submission":
                if (FormSubmission.Read(payload) is not { } submission) return new SlackAck.Malformed();
                if (await modals.FaultsAsync(submission, cancellation) is { IsEmpty: false } faults)
                    return new SlackAck.Taken(JsonSerializer.Serialize(new { response_action = "errors", errors = faults }));
                return await TakeAsync(
                    SlackDeliveries.Submission, $"{submission.ViewId} {submission.WorkspaceId} {submission.UserId} {submission.Choice}", payload, cancellation);
            case null:
                return new SlackAck.Malformed();
            default:
                // A closed view, and what Slack may think of next: nothing of ours waits for it.
                return SlackAck.Empty;
        }
    }

    private async Task<SlackAck> EventAsync(JsonElement payload, CancellationToken cancellation)
    {
        switch (payload.Text("type"))
        {
            case "url_verification":
                return payload.Text("challenge", LongestChallenge) is { } challenge ? new SlackAck.Taken(new JsonObject { ["challenge"] = challenge }.ToJsonString()) : new SlackAck.Malformed();
            case "event_callback":
                if (SlackEvent.Read(payload) is not { } told) return new SlackAck.Malformed();
                // Slack gives up on an app that leaves events unanswered: what nobody waits for is acknowledged like the rest.
                if (told.IsByBot || events.Of(told.Type) is null) return SlackAck.Empty;
                return await TakeAsync(SlackDeliveries.Event, told.Id, payload, cancellation);
            case null:
                return new SlackAck.Malformed();
            default:
                return SlackAck.Empty;
        }
    }

    /// <param name="payload">Best what was read, and not what came: a press comes with the whole message that it was on.</param>
    private async Task<SlackAck> TakeAsync<T>(string kind, string identity, T payload, CancellationToken cancellation)
    {
        var key = DeliveryKey.Of(kind, identity);
        if (await deliveries.TakeAsync(new Delivery(SlackIds.SurfaceName, key, kind, JsonSerializer.Serialize(payload), time.GetUtcNow()), cancellation)) work.Deliver(SlackIds.SurfaceName, key);
        return SlackAck.Empty;
    }
}
