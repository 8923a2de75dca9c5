using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Payloads;
using Microsoft.AspNetCore.DataProtection;

namespace LastAccessedBot.Surfaces.Slack.Install;

/// <summary>An installation, and its tokens, opened.</summary>
internal sealed record KeptInstallation(Installation Row, BotTokens Tokens);

/// <summary>
/// The tokens of the workspaces that installed the app. In the store they are encrypted, each workspace's for itself: a row that was copied
/// to another workspace cannot be opened there.
/// </summary>
internal sealed partial class KeptTokens(IInstallations installations, IDataProtectionProvider protection, TimeProvider time, ILogger<KeptTokens> log)
{
    private readonly ConcurrentDictionary<string, string> _toldOf = new();

    /// <summary>null where the app is not installed, or was with keys that are lost: installing it once more mends that.</summary>
    public async Task<KeptInstallation?> FindAsync(string team, CancellationToken cancellation)
    {
        if (await installations.FindAsync(SlackIds.SurfaceName, team, cancellation) is not { } row) return null;
        try
        {
            return new KeptInstallation(row, JsonSerializer.Deserialize<BotTokens>(Protector(team).Unprotect(row.Sealed))!);
        }
        catch (CryptographicException failure)
        {
            // Once for each row: people go on typing.
            if (_toldOf.TryGetValue(team, out var told) && told == row.Version) return null;
            _toldOf[team] = row.Version;
            LogCannotOpen(failure, team);
            return null;
        }
    }

    public Task AddAsync(string team, BotTokens tokens, AuditEntry entry, CancellationToken cancellation) =>
        installations.AddAsync(new Installation(SlackIds.SurfaceName, team, Installation.NewVersion(), Seal(team, tokens), entry.At), entry, cancellation);

    public Task<bool> LeaseAsync(KeptInstallation seen, DateTimeOffset until, CancellationToken cancellation) => installations.LeaseAsync(seen.Row, time.GetUtcNow(), until, cancellation);

    public Task ReleaseAsync(KeptInstallation seen, DateTimeOffset until, CancellationToken cancellation) => installations.ReleaseAsync(seen.Row, until, cancellation);

    /// <returns>false when others are kept by now.</returns>
    public Task<bool> RenewAsync(KeptInstallation seen, BotTokens tokens, CancellationToken cancellation) =>
        installations.RenewAsync(seen.Row, seen.Row with { Version = Installation.NewVersion(), Sealed = Seal(seen.Row.Tenant, tokens) }, cancellation);

    /// <summary>Deletes the tokens that were seen; the record says why.</summary>
    /// <returns>false when others are kept by now.</returns>
    public async Task<bool> RemoveAsync(Installation seen, string why, CancellationToken cancellation)
    {
        var entry = new AuditEntry(time.GetUtcNow(), "bot", "uninstalled", null, null, Subject(seen.Tenant), $"{why}; the tokens of workspace `{seen.Tenant}` were deleted");
        if (!await installations.RemoveAsync(seen, entry, cancellation)) return false;
        LogRemoved(seen.Tenant, why);
        return true;
    }

    /// <summary>Deletes what was installed until then; a later installation stays.</summary>
    public async Task RemoveAsync(string team, DateTimeOffset until, string why, CancellationToken cancellation)
    {
        while (await installations.FindAsync(SlackIds.SurfaceName, team, cancellation) is { } row && row.InstalledAt <= until)
            if (await RemoveAsync(row, why, cancellation)) return;
    }

    /// <summary>How the record calls a workspace.</summary>
    public static string Subject(string team) => $"Slack workspace {team}";

    private string Seal(string team, BotTokens tokens) => Protector(team).Protect(JsonSerializer.Serialize(tokens));

    private IDataProtector Protector(string team) => protection.CreateProtector("LastAccessedBot.Slack.BotTokens", team);

    [LoggerMessage(Level = LogLevel.Error, Message = "The tokens of Slack workspace {Team} cannot be decrypted: their key is gone from Storage:KeysFolder. The bot counts as not installed there until somebody installs it again")]
    private partial void LogCannotOpen(Exception failure, string team);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bot is no longer installed in Slack workspace {Team}: {Why}")]
    private partial void LogRemoved(string team, string why);
}
