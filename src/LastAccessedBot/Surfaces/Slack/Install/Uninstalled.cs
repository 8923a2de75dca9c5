using LastAccessedBot.Surfaces.Slack.Events;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack.Install;

/// <summary>
/// The app was taken away from a workspace: its tokens are deleted. Slack tells it by two events, both of which may come late and more than
/// once: what was installed after the event stays.
/// </summary>
internal sealed class Uninstalled(KeptTokens kept) : IHandleEvents
{
    private const string AppUninstalled = "app_uninstalled", TokensRevoked = "tokens_revoked";

    public IReadOnlyList<string> Types { get; } = [AppUninstalled, TokensRevoked];

    public async Task HandleAsync(SlackEvent told, DateTimeOffset at, CancellationToken cancellation)
    {
        // People's own tokens are revoked by the same event, and the bot has none of those.
        if (told.Type == TokensRevoked && !(told.Body.Object("tokens")?.Array("bot")?.GetArrayLength() > 0)) return;
        // Slack counts whole seconds: the event may have been anywhere in its own.
        await kept.RemoveAsync(
            told.WorkspaceId, told.HappenedAt?.AddSeconds(1) ?? at,
            told.Type == AppUninstalled ? "Somebody uninstalled the app" : "Somebody revoked the bot's token", cancellation);
    }
}
