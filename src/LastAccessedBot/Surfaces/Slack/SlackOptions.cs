using LastAccessedBot.Surfaces.Slack.Payloads;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>
/// Settings <c>Slack</c>. The surface runs with one of the two ways in (<see cref="SigningSecret"/>, <see cref="AppToken"/>) and something to
/// answer with: <see cref="BotToken"/>, or <see cref="ClientId"/> and what belongs to it, or both; without any of them it does not exist.
/// </summary>
public sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary>The app's signing secret: every request over HTTP is checked with it.</summary>
    public string SigningSecret { get; init; } = "";

    /// <summary><c>xoxb-…</c>: what the bot calls Slack with in one workspace, where it was installed by hand.</summary>
    public string BotToken { get; init; } = "";

    /// <summary><c>xapp-…</c>: with it, the bot opens Socket Mode connections and needs no public address.</summary>
    public string AppToken { get; init; } = "";

    /// <summary>Slack's Web API; ends with a slash.</summary>
    public Uri ApiUrl { get; init; } = new("https://slack.com/api/");

    /// <summary>The app's client id. With it, workspaces install the app themselves, at <c>/slack/install</c>.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The app's client secret; belongs to <see cref="ClientId"/>.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>The bot's own address, as people's browsers reach it: https, or http on this machine for trying out.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Slack's consent page.</summary>
    public Uri AuthorizeUrl { get; init; } = new("https://slack.com/oauth/v2/authorize");

    /// <summary>
    /// Ids of the workspaces that may install the app; none named: every one that Slack lets. Name them when the app is distributed beyond
    /// your own: whoever is in a workspace may read what the bot knows of the account.
    /// </summary>
    public IList<string> Workspaces { get; init; } = [];

    public bool IsConfigured => SigningSecret.Length + BotToken.Length + AppToken.Length + ClientId.Length + ClientSecret.Length > 0;

    public bool UsesHttp => SigningSecret.Length > 0;

    public bool UsesSocketMode => AppToken.Length > 0;

    public bool UsesOAuth => ClientId.Length > 0;

    /// <summary>Where an installation begins.</summary>
    internal Uri InstallAt => At("slack/install");

    /// <summary>Where Slack's consent page sends people back to.</summary>
    internal Uri InstallCallback => At("slack/oauth");

    internal bool Admits(string teamId) => Workspaces.Count == 0 || Workspaces.Contains(teamId);

    private Uri At(string path) => new($"{PublicUrl!.ToString().TrimEnd('/')}/{path}");
}

/// <summary>Says at start what is missing, before anybody types a command into silence.</summary>
internal sealed class SlackOptionsCheck : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        List<string> problems = [];
        if (options.ClientId.Length + options.ClientSecret.Length > 0) problems.AddRange(InstallProblems(options));
        else if (options.BotToken.Length == 0)
            problems.Add("Slack:BotToken is missing: copy the `xoxb-` token from the app's page OAuth & Permissions, or let workspaces install the app with Slack:ClientId and Slack:ClientSecret.");
        if (options.BotToken.Length > 0 && !options.BotToken.StartsWith("xox", StringComparison.Ordinal)) problems.Add("Slack:BotToken is not a bot token: it starts with `xoxb-`.");
        if (!options.UsesHttp && !options.UsesSocketMode)
            problems.Add("Slack needs a way in: set Slack:SigningSecret (HTTP; from the app's page Basic Information) or Slack:AppToken (Socket Mode; an `xapp-` token with connections:write).");
        if (options.UsesSocketMode && !options.AppToken.StartsWith("xapp-", StringComparison.Ordinal)) problems.Add("Slack:AppToken is not an app-level token: it starts with `xapp-`.");
        if (!options.ApiUrl.IsAbsoluteUri || !options.ApiUrl.AbsolutePath.EndsWith('/')) problems.Add($"Slack:ApiUrl `{options.ApiUrl}` is not an absolute address that ends with a slash.");
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> InstallProblems(SlackOptions options)
    {
        if (options.ClientId.Length == 0) yield return "Slack:ClientId is missing, though Slack:ClientSecret is set: copy it from the app's page Basic Information.";
        if (options.ClientSecret.Length == 0) yield return "Slack:ClientSecret is missing, though Slack:ClientId is set: copy it from the app's page Basic Information.";
        if (options.PublicUrl is not { } address) yield return "Slack:PublicUrl is missing: with Slack:ClientId, set the bot's own address, such as `https://bot.example.com`.";
        else if (!ThisMachine.IsSafe(address) || address.Query.Length + address.Fragment.Length + address.UserInfo.Length > 0)
            yield return $"Slack:PublicUrl `{address}` is not the bot's address: it begins with `https://` (`http://` only on this machine, for trying out), and holds no query.";
        if (!ThisMachine.IsSafe(options.AuthorizeUrl)) yield return $"Slack:AuthorizeUrl `{options.AuthorizeUrl}` is not an absolute https address.";
        foreach (var team in options.Workspaces.Where(team => !SlackIds.IsTeam(team))) yield return $"Slack:Workspaces: `{team}` is not a workspace's id, like `T0123ABCD`.";
    }
}
