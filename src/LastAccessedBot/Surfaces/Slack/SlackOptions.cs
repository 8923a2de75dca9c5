using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>Settings <c>Slack</c>. The surface runs when a bot token is set, with one of the two ways in; without any of them it does not exist.</summary>
public sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary>The app's signing secret: every request over HTTP is checked with it.</summary>
    public string SigningSecret { get; init; } = "";

    /// <summary><c>xoxb-…</c>: what the bot calls Slack with, when it is installed in one workspace.</summary>
    public string BotToken { get; init; } = "";

    /// <summary><c>xapp-…</c>: with it, the bot opens Socket Mode connections and needs no public address.</summary>
    public string AppToken { get; init; } = "";

    /// <summary>Slack's Web API; ends with a slash.</summary>
    public Uri ApiUrl { get; init; } = new("https://slack.com/api/");

    public bool IsConfigured => SigningSecret.Length + BotToken.Length + AppToken.Length > 0;

    public bool UsesHttp => SigningSecret.Length > 0;

    public bool UsesSocketMode => AppToken.Length > 0;
}

/// <summary>Says at start what is missing, before anybody types a command into silence.</summary>
internal sealed class SlackOptionsCheck : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        List<string> problems = [];
        if (options.BotToken.Length == 0) problems.Add("Slack:BotToken is missing: copy the `xoxb-` token from the app's page OAuth & Permissions.");
        else if (!options.BotToken.StartsWith("xox", StringComparison.Ordinal)) problems.Add("Slack:BotToken is not a bot token: it starts with `xoxb-`.");
        if (!options.UsesHttp && !options.UsesSocketMode)
            problems.Add("Slack needs a way in: set Slack:SigningSecret (HTTP; from the app's page Basic Information) or Slack:AppToken (Socket Mode; an `xapp-` token with connections:write).");
        if (options.UsesSocketMode && !options.AppToken.StartsWith("xapp-", StringComparison.Ordinal)) problems.Add("Slack:AppToken is not an app-level token: it starts with `xapp-`.");
        if (!options.ApiUrl.IsAbsoluteUri || !options.ApiUrl.AbsolutePath.EndsWith('/')) problems.Add($"Slack:ApiUrl `{options.ApiUrl}` is not an absolute address that ends with a slash.");
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
