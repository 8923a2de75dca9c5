using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace LastAccessedBot.Tests.Surfaces.Slack.Simulated;

/// <summary>Slack's OAuth: consent, codes that are good once, tokens that may expire and be exchanged, and which workspace a token speaks for.</summary>
internal sealed class OAuthServer(SimulatedSlack slack)
{
    public const string ClientId = "1234567890.0987654321", ClientSecret = "0a1b2c3d4e5f60718293a4b5c6d7e8f9", AppId = "A0BOT";

    private readonly Dictionary<string, (string Team, string User, string RedirectUri)> _codes = [];
    private readonly Dictionary<string, (string Team, string? Error)> _tokens = new() { [SimulatedSlack.BotToken] = (SimulatedSlack.Team, null) };
    private readonly Dictionary<string, string> _refreshTokens = [];
    private int _number;

    /// <summary>Team → name.</summary>
    public Dictionary<string, string> Workspaces { get; } = new() { [SimulatedSlack.Team] = "Acme" };

    /// <summary>How long new access tokens live; null: for ever, and there are no refresh tokens.</summary>
    public TimeSpan? Lifetime { get; set; }

    /// <summary>The next installation is for a whole organization.</summary>
    public bool IsForOrganization { get; set; }

    /// <summary>What happens to the answer before it is sent.</summary>
    public Action<JsonObject> Spoil { get; set; } = _ => { };

    /// <summary>What exchanges wait for before they begin.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>How many exchanges have come in.</summary>
    public int Arrived { get; set; }

    /// <summary>Everything secret that was ever given out.</summary>
    public List<string> Secrets { get; } = [ClientSecret];

    /// <summary>How many refresh tokens were exchanged.</summary>
    public int Renewals { get; private set; }

    /// <summary>The newest access token of a workspace.</summary>
    public string TokenOf(string team) => _tokens.Last(token => token.Value.Team == team).Key;

    /// <summary>Somebody says yes on the consent page; where the browser is sent.</summary>
    public Uri Consent(Uri page, string team, string user)
    {
        var asked = Asked(page);
        var code = $"code-{++_number}";
        _codes[code] = (team, user, asked["redirect_uri"]);
        return new Uri(QueryHelpers.AddQueryString(asked["redirect_uri"], new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] }));
    }

    /// <summary>Somebody says no.</summary>
    public static Uri Decline(Uri page)
    {
        var asked = Asked(page);
        return new Uri(QueryHelpers.AddQueryString(asked["redirect_uri"], new Dictionary<string, string?> { ["error"] = "access_denied", ["state"] = asked["state"] }));
    }

    /// <summary>All access tokens of the workspace are refused from now on.</summary>
    public void Refuse(string team, string error)
    {
        foreach (var token in _tokens.Where(token => token.Value.Team == team).Select(token => token.Key).ToArray()) _tokens[token] = (team, error);
    }

    /// <summary>The workspace that a call speaks for, or why it does not.</summary>
    public (string? Team, string? Error) Speaker(string? authorization) =>
        authorization?.StartsWith("Bearer ", StringComparison.Ordinal) == true && _tokens.TryGetValue(authorization["Bearer ".Length..], out var token) ? token.Error is null ? (token.Team, null) : (null, token.Error) : (null, "invalid_auth");

    public JsonObject Access(string? authorization, JsonObject grant)
    {
        if (authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"))) return Error("bad_client_secret");
        if (grant["grant_type"]?.GetValue<string>() == "refresh_token")
        {
            if (!_refreshTokens.Remove(grant["refresh_token"]?.GetValue<string>() ?? "", out var team)) return Error("invalid_refresh_token");
            Renewals++;
            return Tokens(team, null);
        }
        if (!_codes.Remove(grant["code"]?.GetValue<string>() ?? "", out var code)) return Error("invalid_code");
        return grant["redirect_uri"]?.GetValue<string>() == code.RedirectUri ? Tokens(code.Team, code.User) : Error("bad_redirect_uri");
    }

    private JsonObject Tokens(string team, string? user)
    {
        var access = $"{(Lifetime is null ? "xoxb" : "xoxe.xoxb")}-{team}-{++_number}";
        _tokens[access] = (team, null);
        Secrets.Add(access);
        var answer = new JsonObject
        {
            ["ok"] = true,
            ["access_token"] = access,
            ["token_type"] = "bot",
            ["scope"] = string.Join(',', Scopes()),
            ["bot_user_id"] = SimulatedSlack.BotUser,
            ["app_id"] = AppId,
            ["team"] = IsForOrganization ? null : new JsonObject { ["id"] = team, ["name"] = Workspaces[team] },
            ["enterprise"] = IsForOrganization ? new JsonObject { ["id"] = "E0ACME", ["name"] = "Acme" } : null,
            ["is_enterprise_install"] = IsForOrganization,
        };
        if (user is not null) answer["authed_user"] = new JsonObject { ["id"] = user };
        if (Lifetime is { } life)
        {
            var refresh = $"xoxe-1-{team}-{_number}";
            _refreshTokens[refresh] = team;
            Secrets.Add(refresh);
            answer["refresh_token"] = refresh;
            answer["expires_in"] = (long)life.TotalSeconds;
        }
        Spoil(answer);
        return answer;
    }

    /// <summary>What a consent page asks for, as Slack checks it.</summary>
    private static Dictionary<string, string> Asked(Uri page)
    {
        Assert.Equal("/oauth/v2/authorize", page.AbsolutePath);
        var asked = QueryHelpers.ParseQuery(page.Query).ToDictionary(part => part.Key, part => part.Value.Single()!);
        Assert.Equal(ClientId, asked["client_id"]);
        Assert.Equal(Scopes(), asked["scope"].Split(',').Order());
        Assert.Matches("^[A-Za-z0-9_-]{43}$", asked["state"]);
        return asked;
    }

    /// <summary>As the app's manifest has them.</summary>
    private static string[] Scopes() =>
        [.. Regex.Matches(File.ReadAllText(Repository.File("manifests/slack/manifest.yaml")).Split("scopes:")[1].Split("settings:")[0], @"^\s+- ([a-z:]+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order()];

    private static JsonObject Error(string error) => new() { ["ok"] = false, ["error"] = error };

    /// <summary>The workspace with a channel, a person and the bot in it.</summary>
    public void Open(string team, string name, string channel, string user, string userName)
    {
        Workspaces[team] = name;
        slack.With(user, userName, team: team);
        slack.Channels[channel] = [SimulatedSlack.BotUser, user];
        slack.ChannelTeams[channel] = team;
    }
}
