using System.Text.Json;

namespace LastAccessedBot.Surfaces.Slack.Payloads;

/// <summary>A pressed button.</summary>
/// <param name="WorkspaceId">Where it was pressed.</param>
/// <param name="TeamId">The presser's own workspace; another one in a shared channel.</param>
/// <param name="ChannelId">null on the Home tab and in a modal.</param>
/// <param name="MessageTs">null on the Home tab and in a modal.</param>
/// <param name="ViewId">null on a message.</param>
/// <param name="IsAtHome">The view is the presser's Home tab, and no modal.</param>
internal sealed record BlockAction(
    string WorkspaceId, string TeamId, string UserId, string UserName, string? ChannelId, string? MessageTs, string? ViewId, string? ViewMetadata, bool IsAtHome,
    string ActionId, string Value, string ActionTs, string TriggerId, Uri? ResponseUrl)
{
    /// <summary>Reads the first action, and there is never a second; null for anything else.</summary>
    public static BlockAction? Read(JsonElement payload)
    {
        if (payload.Object("user") is not { } user || payload.Array("actions") is not { } actions || actions.GetArrayLength() == 0) return null;
        var action = actions[0];
        var team = user.Text("team_id") ?? payload.Object("team")?.Text("id");
        var workspace = payload.Object("team")?.Text("id") ?? team;
        var container = payload.Object("container");
        var channel = payload.Object("channel")?.Text("id") ?? container?.Text("channel_id");
        var ts = container?.Text("message_ts") ?? payload.Object("message")?.Text("ts");
        var view = payload.Object("view");
        return SlackIds.IsTeam(team) && SlackIds.IsTeam(workspace) && user.Text("id") is { } id && SlackIds.IsUser(id)
            && (channel is null || SlackIds.IsChannel(channel)) && (ts is null || SlackIds.IsTimestamp(ts))
            && action.Text("action_id", 255) is { } actionId && action.Text("action_ts", 40) is { } actionTs && payload.Text("trigger_id", 200) is { } trigger
                ? new BlockAction(
                    workspace!, team!, id, user.Text("name", 200) ?? user.Text("username", 200) ?? id, channel, ts, view?.Text("id", 40), view?.Text("private_metadata"), view?.Text("type") == "home",
                    actionId, action.Text("value", 2_000) ?? "", actionTs, trigger, ResponseUrls.Read(payload.Text("response_url")))
                : null;
    }
}
