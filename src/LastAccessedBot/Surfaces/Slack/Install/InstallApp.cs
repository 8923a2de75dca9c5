using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack.Install;

/// <summary>How an attempt to install the app ended.</summary>
internal abstract record InstallOutcome
{
    private InstallOutcome() { }

    /// <param name="Name">The workspace's name, as its people wrote it.</param>
    public sealed record Installed(string TeamId, string Name) : InstallOutcome;

    /// <summary>The person at Slack's consent page said no.</summary>
    public sealed record Declined : InstallOutcome;

    /// <summary>Nothing was stored.</summary>
    public sealed record Refused(Refusal Why) : InstallOutcome;

    /// <summary>Slack gave no answer; nothing was stored.</summary>
    public sealed record Unanswered : InstallOutcome;
}

/// <summary>What Slack sent a browser back with. All of it is anybody's word.</summary>
/// <param name="State">The query's.</param>
/// <param name="CookieState">The browser's own.</param>
internal sealed record InstallCallback(string? State, string? CookieState, string? Code, string? Error);

/// <summary>Installs the app in a workspace, by OAuth v2: sends a person to Slack's consent page, and exchanges what comes back for tokens.</summary>
internal sealed partial class InstallApp(SlackClient client, KeptTokens kept, IOneTimeSecrets states, IOptions<SlackOptions> options, TimeProvider time, ILogger<InstallApp> log)
{
    /// <summary>How long a person may think at Slack's consent page.</summary>
    public static readonly TimeSpan StateLives = TimeSpan.FromMinutes(10);

    private const string Purpose = "slack-install";
    private const int StateBytes = 32, LongestCode = 500, LongestName = 200;

    private const string StartAgain = "start again from the install page, and finish within ten minutes in the same browser";

    /// <summary>A new state: good once, in one browser, for <see cref="StateLives"/>.</summary>
    public async Task<string> BeginAsync(CancellationToken cancellation)
    {
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(StateBytes));
        var now = time.GetUtcNow();
        await states.GiveAsync(Purpose, state, now, now + StateLives, cancellation);
        return state;
    }

    /// <summary>Slack's consent page.</summary>
    public Uri ConsentAt(string state) => new(QueryHelpers.AddQueryString(options.Value.AuthorizeUrl.ToString(), new Dictionary<string, string?>
    {
        ["client_id"] = options.Value.ClientId,
        ["scope"] = string.Join(',', SlackMethod.Scopes),
        ["redirect_uri"] = options.Value.InstallCallback.ToString(),
        ["state"] = state,
    }));

    public async Task<InstallOutcome> FinishAsync(InstallCallback callback, CancellationToken cancellation)
    {
        if (!await IsOursAsync(callback, cancellation)) return Refused("This installation was not begun in this browser, or it is too old, or it was finished already", StartAgain);
        if (callback.Error == "access_denied") return new InstallOutcome.Declined();
        if (callback.Error is not null || callback.Code is not { Length: > 0 and <= LongestCode } code) return Refused("Slack sent no code to install with", StartAgain);
        JsonElement answer;
        try
        {
            answer = await client.GetTokensAsync(new JsonObject { ["code"] = code, ["redirect_uri"] = options.Value.InstallCallback.ToString() }, cancellation);
        }
        catch (SlackRefusedException refused)
        {
            LogRefused(refused, refused.Error);
            return Refused($"Slack refused the installation: `{refused.Error}`", StartAgain);
        }
        catch (SlackUnreachableException unreachable)
        {
            LogUnanswered(unreachable);
            return new InstallOutcome.Unanswered();
        }
        return await StoreAsync(answer, cancellation);
    }

    private async Task<InstallOutcome> StoreAsync(JsonElement answer, CancellationToken cancellation)
    {
        if (answer.Flag("is_enterprise_install"))
            return Refused("I cannot be installed for a whole organization at once", "remove me in the organization's settings, and install me in each workspace that needs me");
        var now = time.GetUtcNow();
        var team = answer.Object("team");
        if (team?.Text("id") is not { } id || !SlackIds.IsTeam(id) || !SlackIds.IsApp(answer.Text("app_id")) || BotTokens.Read(answer, now) is not { } tokens)
        {
            LogMalformed();
            return Refused("Slack's answer names no workspace and no bot token", StartAgain);
        }
        if (!options.Value.Admits(id))
        {
            LogNotAdmitted(id);
            return Refused($"This bot does not work for workspace `{id}`", "ask whoever runs it to name the workspace in `Slack:Workspaces`, and remove the app until then");
        }
        var name = team.Value.Text("name", LongestName) ?? id;
        var isAgain = await kept.FindAsync(id, cancellation) is not null;
        var by = answer.Object("authed_user")?.Text("id") is { } user && SlackIds.IsUser(user) ? SlackIds.Person(id, user, user).Key() : "bot";
        var entry = new AuditEntry(now, by, isAgain ? "reinstalled" : "installed", null, null, KeptTokens.Subject(id), $"The bot was installed in Slack workspace `{name.Replace('`', '\'')}`");
        await kept.AddAsync(id, tokens, entry, cancellation);
        LogInstalled(id, entry.Event);
        return new InstallOutcome.Installed(id, name);
    }

    /// <summary>Uses the state up where the browser that brings it is the one that it was given to.</summary>
    private async Task<bool> IsOursAsync(InstallCallback callback, CancellationToken cancellation) =>
        callback is { State: { Length: > 0 and <= 100 } state, CookieState: { } cookie }
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(cookie))
        && await states.TakeAsync(Purpose, state, time.GetUtcNow(), cancellation);

    private static InstallOutcome.Refused Refused(string message, string help) => new(new Refusal(message, help));

    [LoggerMessage(Level = LogLevel.Information, Message = "The bot was {Event} in Slack workspace {Team}")]
    private partial void LogInstalled(string team, string @event);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack refused an installation: {Error}. On bad_client_secret or bad_redirect_uri, compare Slack:ClientId, Slack:ClientSecret and Slack:PublicUrl with the app's page")]
    private partial void LogRefused(Exception refused, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack did not answer when the app was to be installed")]
    private partial void LogUnanswered(Exception unreachable);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack's answer to an installation names no workspace, app or bot token; nothing was stored")]
    private partial void LogMalformed();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Workspace {Team} is not among Slack:Workspaces; its installation was not stored")]
    private partial void LogNotAdmitted(string team);
}
