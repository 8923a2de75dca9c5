using System.Text.Json;
using System.Text.RegularExpressions;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Surfaces.Slack.Payloads;

/// <summary>What somebody typed in a channel.</summary>
/// <param name="Text">What stands after the command.</param>
/// <param name="TriggerId">Different for every command, the same in repetitions of its delivery.</param>
internal sealed partial record SlashCommand(string TeamId, string ChannelId, string UserId, string UserName, string Text, string TriggerId, Uri? ResponseUrl)
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

    // Slack writes people as their ids (`<@U0ADA|ada>`, `<!subteam^S0TEAM|@team>`), which a word after `@` stands for here; what only looks like an
    // address as a link, and three characters as entities: these are read back as they were typed.
    private static string Unmarked(string text) => Link().Replace(Group().Replace(User().Replace(text, "@$1"), "@$1|$2"), "$1$2")
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex(@"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>")]
    private static partial Regex User();

    [GeneratedRegex(@"<!subteam\^(S[A-Z0-9]{1,30})(?:\|@?([^<>\s]*)[^<>]*)?>")]
    private static partial Regex Group();

    [GeneratedRegex(@"<(?:(?:https?://|mailto:)[^<>|]*\|([^<>]*)|(https?://[^<>|]*))>")]
    private static partial Regex Link();
}

internal static class ResponseUrls
{
    /// <summary>An absolute http address; whether it leads to Slack is the sender's check.</summary>
    public static Uri? Read(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address : null;
}
