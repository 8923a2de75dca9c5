using System.Text.Json;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack.Install;

/// <summary>
/// Obeys the events <c>app_uninstalled</c> and <c>tokens_revoked</c>. Both may come late, and more than once: what was installed after
/// the event stays.
/// </summary>
internal sealed class Uninstalled(KeptTokens kept, TimeProvider time)
{
    /// <param name="envelope">The whole <c>event_callback</c>, known to come from Slack.</param>
    /// <returns>false for every other event.</returns>
    public async Task<bool> TakesAsync(JsonElement envelope, CancellationToken cancellation)
    {
        if (envelope.Object("event") is not { } happened || envelope.Text("team_id") is not { } team || !SlackIds.IsTeam(team)) return false;
        var why = happened.Text("type") switch
        {
            "app_uninstalled" => "Somebody uninstalled the app",
            // People's own tokens are revoked by the same event, and the bot has none of those.
            "tokens_revoked" when happened.Object("tokens")?.Array("bot")?.GetArrayLength() > 0 => "Somebody revoked the bot's token",
            _ => null,
        };
        if (why is null) return false;
        await RemoveAsync(team, At(envelope), why, cancellation);
        return true;
    }

    /// <summary>Deletes the tokens of a workspace that were there at that moment.</summary>
    /// <param name="why">For the record; the beginning of a sentence.</param>
    public Task RemoveAsync(string teamId, DateTimeOffset at, string why, CancellationToken cancellation) => kept.RemoveAsync(teamId, at, why, cancellation);

    // Slack counts whole seconds: the event may have been anywhere in its own.
    private DateTimeOffset At(JsonElement envelope) => envelope.Number("event_time") is >= 0 and < 253_402_300_799 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds + 1) : time.GetUtcNow();
}
