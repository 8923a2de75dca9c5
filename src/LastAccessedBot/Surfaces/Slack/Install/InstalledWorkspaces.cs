using LastAccessedBot.Surfaces.Slack.Web;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack.Install;

/// <summary>
/// The workspaces that installed the app. Read from the store at every call, and never remembered: a workspace that was removed, by whichever
/// host, is foreign from that moment on. The price is one row read, and opened, for each call to Slack.
/// </summary>
internal sealed class InstalledWorkspaces(KeptTokens kept, TokenRenewal renewal, IOptions<SlackOptions> options, TimeProvider time) : IWorkspaces
{
    public async Task<Workspace?> FindAsync(string teamId, CancellationToken cancellation)
    {
        if (!options.Value.Admits(teamId) || await kept.FindAsync(teamId, cancellation) is not { } found) return null;
        var tokens = found.Tokens.IsDue(time.GetUtcNow()) ? await renewal.LivingAsync(teamId, null, cancellation) : found.Tokens;
        return tokens is null ? null : new Workspace(teamId, tokens.BotUserId, tokens.Access)
        {
            AnotherToken = (refused, token) => AnotherTokenAsync(teamId, tokens.Access, refused, token),
        };
    }

    private async Task<string?> AnotherTokenAsync(string team, string refusedToken, SlackRefusedException refused, CancellationToken cancellation)
    {
        if (refused.Error == "token_expired") return (await renewal.LivingAsync(team, refusedToken, cancellation))?.Access;
        if (await kept.FindAsync(team, cancellation) is not { } found) return null;
        // Somebody installed the app anew, or another host renewed the tokens, while the call was under way.
        if (found.Tokens.Access != refusedToken) return found.Tokens.Access;
        await kept.RemoveAsync(found.Row, $"Slack refused the bot's token as `{refused.Error}`", cancellation);
        return null;
    }
}
