using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Slack.Web;

namespace LastAccessedBot.Surfaces.Slack.Install;

/// <summary>
/// Exchanges tokens that are about to expire. A refresh token is good for one exchange, so there is one at a time for each workspace: within
/// this host everybody waits for the same one, and between hosts the store gives the turn; who did not get it uses what the winner stored.
/// The old tokens stay until new ones are stored.
/// </summary>
internal sealed partial class TokenRenewal(KeptTokens kept, SlackClient client, TimeProvider time, ILogger<TokenRenewal> log)
{
    /// <summary>How long a host that failed leaves Slack in peace, while the old token is still good.</summary>
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    // The turn outlasts the exchange, so that nobody takes it over from a living holder; a dead one's turn ends with it.
    private static readonly TimeSpan
        s_exchange = TimeSpan.FromSeconds(40), s_turn = TimeSpan.FromSeconds(60), s_patience = TimeSpan.FromMinutes(2),
        s_look = TimeSpan.FromMilliseconds(200), s_forTheWinner = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _pausedUntil = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Team, string? Dead), Task<BotTokens?>> _running = [];

    /// <summary>Tokens that Slack takes: renewed ones, or the old ones where they cannot be renewed but are still good.</summary>
    /// <param name="dead">An access token that Slack refused as expired, whatever this host's clock says; null for none.</param>
    /// <returns>null where the app is not installed, or not any more.</returns>
    /// <exception cref="SlackUnreachableException">They have expired, and Slack gave no new ones.</exception>
    public Task<BotTokens?> LivingAsync(string team, string? dead, CancellationToken cancellation)
    {
        lock (_gate)
        {
            // Nobody's token cancels the work itself: half-way through it, the refresh token is used up and the new one not yet stored.
            if (!_running.TryGetValue((team, dead), out var task)) _running[(team, dead)] = task = Task.Run(() => RunAsync(team, dead), CancellationToken.None);
            return task.WaitAsync(cancellation);
        }
    }

    private async Task<BotTokens?> RunAsync(string team, string? dead)
    {
        try
        {
            using var patience = new CancellationTokenSource(s_patience, time);
            return await RenewAsync(team, dead, patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new SlackUnreachableException(SlackMethod.GetTokens.Name, $"the token of workspace {team} was not renewed in time", mayHaveHappened: false, late);
        }
        finally
        {
            lock (_gate) _running.Remove((team, dead));
        }
    }

    private async Task<BotTokens?> RenewAsync(string team, string? dead, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (await kept.FindAsync(team, cancellation) is not { } found) return null;
            var now = time.GetUtcNow();
            var isGood = found.Tokens.Access != dead && found.Tokens.IsAlive(now);
            if (isGood && (!found.Tokens.IsDue(now) || found.Tokens.Refresh is null || IsPaused(team, now))) return found.Tokens;
            if (found.Tokens.Refresh is not { } refresh)
            {
                if (await kept.RemoveAsync(found.Row, "The bot's token expired and could not be renewed", cancellation)) return null;
                continue;
            }
            var until = now + s_turn;
            if (await kept.LeaseAsync(found, until, cancellation))
            {
                if (await ExchangeAsync(team, found, refresh, isGood, until, cancellation) is { } outcome) return outcome.Tokens;
                continue;
            }
            if (isGood && time.GetElapsedTime(began) > s_forTheWinner) return found.Tokens;
            await Task.Delay(s_look, time, cancellation);
        }
    }

    /// <returns>null when somebody stored others meanwhile: look again.</returns>
    private async Task<Outcome?> ExchangeAsync(string team, KeptInstallation found, string refresh, bool isGood, DateTimeOffset until, CancellationToken cancellation)
    {
        Exception failure;
        try
        {
            using var patience = new CancellationTokenSource(s_exchange, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
            var answer = await client.GetTokensAsync(new JsonObject { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh }, either.Token);
            if (BotTokens.Read(answer, time.GetUtcNow(), found.Tokens.BotUserId) is { } renewed)
            {
                if (!await kept.RenewAsync(found, renewed, cancellation)) return null;
                LogRenewed(team, renewed.ExpiresAt);
                return new Outcome(renewed);
            }
            failure = new SlackRefusedException(SlackMethod.GetTokens.Name, "no bot token in the answer", []);
        }
        catch (SlackRefusedException refused) when (refused.Error is "invalid_refresh_token" or "token_revoked" or "token_expired" or "account_inactive")
        {
            return await GiveUpAsync(team, found, isGood, refused, cancellation);
        }
        catch (Exception trouble) when (trouble is SlackRefusedException or SlackUnreachableException or OperationCanceledException)
        {
            failure = trouble;
        }
        LogNotRenewed(failure, team, found.Tokens.ExpiresAt);
        _pausedUntil[team] = time.GetUtcNow() + PauseAfterFailure;
        await kept.ReleaseAsync(found, until, cancellation);
        if (isGood) return new Outcome(found.Tokens);
        throw new SlackUnreachableException(SlackMethod.GetTokens.Name, $"the token of workspace {team} has expired and could not be renewed", mayHaveHappened: false, failure);
    }

    /// <summary>The refresh token was used up, perhaps by an exchange whose answer was lost: what is left of the access token's life is left.</summary>
    private async Task<Outcome?> GiveUpAsync(string team, KeptInstallation found, bool isGood, SlackRefusedException refused, CancellationToken cancellation)
    {
        if (!isGood) return await kept.RemoveAsync(found.Row, $"Slack refused to renew the bot's token: `{refused.Error}`", cancellation) ? new Outcome(null) : null;
        var last = found.Tokens with { Refresh = null };
        if (!await kept.RenewAsync(found, last, cancellation)) return null;
        LogLast(refused, team, last.ExpiresAt);
        return new Outcome(last);
    }

    private bool IsPaused(string team, DateTimeOffset now) => _pausedUntil.TryGetValue(team, out var until) && now < until;

    /// <param name="Tokens">null: the app is not installed any more.</param>
    private sealed record Outcome(BotTokens? Tokens);

    [LoggerMessage(Level = LogLevel.Information, Message = "The token of Slack workspace {Team} was renewed; the new one is good until {ExpiresAt}")]
    private partial void LogRenewed(string team, DateTimeOffset? expiresAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The token of Slack workspace {Team} was not renewed; the old one is good until {ExpiresAt}")]
    private partial void LogNotRenewed(Exception failure, string team, DateTimeOffset? expiresAt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The token of Slack workspace {Team} cannot be renewed any more. Install the bot there again before {ExpiresAt}")]
    private partial void LogLast(Exception refused, string team, DateTimeOffset? expiresAt);
}
