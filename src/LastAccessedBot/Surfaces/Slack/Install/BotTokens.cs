using System.Text.Json;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack.Install;

/// <summary>What the bot calls Slack with in one workspace.</summary>
/// <param name="BotUserId">The bot's own user there.</param>
/// <param name="Refresh">Good for one exchange; null when the tokens are not rotated, or can be no more.</param>
/// <param name="RenewAt">From when on they are to be exchanged; null for never.</param>
/// <param name="ExpiresAt">From when on Slack refuses <paramref name="Access"/>; null for never.</param>
internal sealed record BotTokens(string BotUserId, string Access, string? Refresh, DateTimeOffset? RenewAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>How long before their end tokens are renewed; of shorter lives, half.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromHours(2);

    private const int LongestToken = 1_000;

    public bool IsDue(DateTimeOffset now) => RenewAt <= now;

    public bool IsAlive(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    /// <summary>Reads an answer of <c>oauth.v2.access</c>; null when it holds no bot token.</summary>
    /// <param name="botUser">For an answer that does not repeat it.</param>
    public static BotTokens? Read(JsonElement answer, DateTimeOffset now, string? botUser = null)
    {
        if ((answer.Text("bot_user_id") ?? botUser) is not { } user || !SlackIds.IsUser(user)) return null;
        if (answer.Text("token_type") != "bot" || answer.Text("access_token", LongestToken) is not { } access || !access.StartsWith("xox", StringComparison.Ordinal)) return null;
        if (answer.Text("refresh_token", LongestToken) is not { } refresh || answer.Number("expires_in") is not (> 0 and < int.MaxValue and var seconds)) return new BotTokens(user, access, null, null, null);
        var life = TimeSpan.FromSeconds(seconds);
        return new BotTokens(user, access, refresh, now + life - (RenewBefore < life / 2 ? RenewBefore : life / 2), now + life);
    }

    // Logs and failures may show a record whole.
    public override string ToString() => $"tokens of {BotUserId} until {ExpiresAt?.ToString("u") ?? "revoked"}";
}
