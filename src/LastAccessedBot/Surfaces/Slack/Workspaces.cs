using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Slack.Install;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>A workspace that the bot is installed in.</summary>
/// <param name="BotUserId">The bot's own user there.</param>
public sealed record Workspace(string TeamId, string BotUserId, string Token)
{
    /// <summary>Asked once, when Slack refuses the token: another one to try, or null where there is none.</summary>
    public Func<SlackRefusedException, CancellationToken, Task<string?>> AnotherToken { get; init; } = (_, _) => Task.FromResult<string?>(null);
}

/// <summary>The workspaces that the bot is installed in.</summary>
public interface IWorkspaces
{
    /// <summary>null for a workspace that the bot is not installed in.</summary>
    Task<Workspace?> FindAsync(string teamId, CancellationToken cancellation);
}

/// <summary>The one workspace of <see cref="SlackOptions.BotToken"/>; which one that is, Slack says, once.</summary>
internal sealed class OneWorkspace(SlackClient client, IOptions<SlackOptions> options) : IWorkspaces, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private Workspace? _known;

    public async Task<Workspace?> FindAsync(string teamId, CancellationToken cancellation)
    {
        var workspace = _known ?? await AskAsync(cancellation);
        return workspace.TeamId == teamId ? workspace : null;
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Workspace> AskAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_known is { } known) return known;
            var token = options.Value.BotToken;
            var answer = await client.CallAsync(SlackMethod.AuthTest, token, "", new JsonObject(), cancellation);
            return _known = new Workspace(
                answer.Text("team_id") ?? throw new SlackRefusedException(SlackMethod.AuthTest.Name, "no team_id in the answer", []),
                answer.Text("user_id") ?? "", token);
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>The workspace of the setting's token and, beside it, those that installed the app: in its own workspace the setting wins.</summary>
internal sealed partial class SetAndInstalledWorkspaces(OneWorkspace set, InstalledWorkspaces installed, ILogger<SetAndInstalledWorkspaces> log) : IWorkspaces
{
    public async Task<Workspace?> FindAsync(string teamId, CancellationToken cancellation)
    {
        try
        {
            if (await set.FindAsync(teamId, cancellation) is { } own) return own;
        }
        catch (Exception failure) when (failure is SlackRefusedException or SlackUnreachableException)
        {
            // Nobody knows which workspace the setting is for. Those that installed the app do not wait for that.
            if (await installed.FindAsync(teamId, cancellation) is not { } other) throw;
            LogSettingFailed(failure);
            return other;
        }
        return await installed.FindAsync(teamId, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack did not say which workspace Slack:BotToken is for; only those that installed the app are answered")]
    private partial void LogSettingFailed(Exception failure);
}
