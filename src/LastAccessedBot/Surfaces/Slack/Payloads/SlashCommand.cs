using System.Text.Json;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Surfaces.Slack.Payloads;

/// <summary>What somebody typed in a channel.</summary>
/// <param name="Text">What stands after the command.</param>
/// <param name="TriggerId">Different for every command, the same in repetitions of its delivery.</param>
internal sealed record SlashCommand(string TeamId, string ChannelId, string UserId, string UserName, string Text, string TriggerId, Uri? ResponseUrl)
{
    private const int LongestText = 4_000;

    public static SlashCommand? Read(JsonElement payload) =>
        payload.Text("team_id") is { } team && SlackIds.IsTeam(team)
        && payload.Text("channel_id") is { } channel && SlackIds.IsChannel(channel)
        && payload.Text("user_id") is { } user && SlackIds.IsUser(user)
        && payload.Text("trigger_id", 200) is { } trigger
        && payload.Text("command") is not null
            ? new SlashCommand(team, channel, user, payload.Text("user_name", 200) ?? user, Unmarked(payload.Text("text", LongestText) ?? ""), trigger, ResponseUrls.Read(payload.Text("response_url")))
            : null;

    /// <param name="name">As the directory knows it, where it was asked.</param>
    public Typed Typed(string? name = null) => new(SlackIds.Person(TeamId, UserId, name ?? UserName), SlackIds.Conversation(TeamId, ChannelId), Text);

    // Slack writes three characters of what people type as entities, and so may they be read back.
    private static string Unmarked(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
}

internal static class ResponseUrls
{
    /// <summary>An absolute http address; whether it leads to Slack is the sender's check.</summary>
    public static Uri? Read(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address : null;
}
