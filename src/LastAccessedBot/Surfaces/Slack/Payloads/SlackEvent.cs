using System.Text.Json;

namespace LastAccessedBot.Surfaces.Slack.Payloads;

/// <summary>Something that happened in a workspace.</summary>
/// <param name="Id">The same in every repetition of its delivery, by whichever way.</param>
/// <param name="IsByBot">A bot did it, this one or another.</param>
/// <param name="HappenedAt">The whole second in which it happened, where Slack tells.</param>
/// <param name="Body">What is told of it, by Slack's names; good for as long as the payload is.</param>
internal sealed record SlackEvent(string WorkspaceId, string Id, string Type, bool IsByBot, DateTimeOffset? HappenedAt, JsonElement Body)
{
    private const long LastSecond = 253_402_300_799;

    public static SlackEvent? Read(JsonElement payload) =>
        payload.Text("team_id") is { } team && SlackIds.IsTeam(team)
        && payload.Text("event_id", 100) is { } id
        && payload.Object("event") is { } body
        && body.Text("type", 100) is { } type
            ? new SlackEvent(
                team, id, type, body.Text("bot_id") is not null,
                payload.Number("event_time") is >= 0 and <= LastSecond and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null, body)
            : null;
}
