using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Tests.Surfaces.Teams.Simulated;

/// <summary>
/// Those who issue tokens, as a test peer: the Bot Framework's metadata and keys for what comes in, Entra's token endpoint and a managed
/// identity's for what goes out. It shares no line with the bot's Teams room, because it judges it.
/// </summary>
internal sealed class SimulatedAuthority : IAsyncDisposable
{
    public const string AppId = "6d1ad1b6-0a5b-4a0e-9a43-3f5c2d7be001", AppPassword = "the~Secret.of-the-test", Tenant = "4c8f2a10-7d5e-4b21-9a3c-0d1e2f3a4b5c",
        Issuer = "https://api.botframework.com", ServiceUrl = "https://smba.trafficmanager.net/emea/", BotScope = "https://api.botframework.com/.default", IdentityHeader = "header-of-the-test";

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly List<AuthorityKey> _keys = [];
    private int _metadataFetches, _keyFetches, _tokensIssued;

    private SimulatedAuthority(WebApplication app, TimeProvider time)
    {
        (_app, _time) = (app, time);
        Key = Publish("msteams", "webchat");
    }

    public Uri Address { get; private set; } = null!;

    public Uri MetadataUrl => new(Address, "/v1/.well-known/openidconfiguration");

    public Uri TokenUrl => new(Address, $"/{Tenant}/oauth2/v2.0/token");

    /// <summary>Where a host of managed identities would answer.</summary>
    public Uri IdentityEndpoint => new(Address, "/msi/token");

    /// <summary>The key that is signed with now.</summary>
    public AuthorityKey Key { get; private set; }

    /// <summary>Nothing answers: connections are broken off.</summary>
    public bool IsDown { get; set; }

    /// <summary>Answers wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What the keys document is instead of one.</summary>
    public string? KeysInstead { get; set; }

    /// <summary>How long the bot's own tokens live.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What the token endpoint says instead of a token.</summary>
    public (int Status, string Body)? TokenInstead { get; set; }

    public int MetadataFetches => _metadataFetches;

    public int KeyFetches => _keyFetches;

    /// <summary>The forms that were posted to the token endpoint, and the queries to the managed identity's.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> TokenRequests { get; } = new();

    /// <summary>The bot's own tokens that are good.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Issued { get; } = new();

    public static async Task<SimulatedAuthority> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var authority = new SimulatedAuthority(builder.Build(), time ?? TimeProvider.System);
        authority._app.Use(authority.GuardAsync);
        authority._app.MapGet("/v1/.well-known/openidconfiguration", authority.Metadata);
        authority._app.MapGet("/v1/.well-known/keys", authority.Keys);
        authority._app.MapPost("/{tenant}/oauth2/v2.0/token", authority.TokenAsync);
        authority._app.MapGet("/msi/token", authority.IdentityToken);
        await authority._app.StartAsync();
        authority.Address = new Uri(authority._app.Urls.Single());
        return authority;
    }

    /// <summary>A token for the bot, changed as the test wants it.</summary>
    public string Mint(Func<TokenDraft, TokenDraft>? change = null)
    {
        var now = _time.GetUtcNow();
        var draft = new TokenDraft(Key, now, now.AddHours(1));
        return (change?.Invoke(draft) ?? draft).Signed();
    }

    /// <summary>Adds a key to the document.</summary>
    public AuthorityKey Publish(params string[] endorsements)
    {
        var key = new AuthorityKey(endorsements);
        lock (_keys) _keys.Add(key);
        return key;
    }

    /// <summary>From now on another key is signed with, and the document shows it alone.</summary>
    public void Rotate()
    {
        lock (_keys) _keys.Clear();
        Key = Publish("msteams");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var key in _keys) key.Dispose();
    }

    private async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        await Gate;
        if (IsDown) http.Abort();
        else await next(http);
    }

    private IResult Metadata()
    {
        Interlocked.Increment(ref _metadataFetches);
        return Json(200, new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = new Uri(Address, "/v1/.well-known/keys").ToString(), ["id_token_signing_alg_values_supported"] = new JsonArray("RS256") });
    }

    private IResult Keys()
    {
        Interlocked.Increment(ref _keyFetches);
        if (KeysInstead is { } instead) return Results.Text(instead, "application/json");
        lock (_keys) return Json(200, new JsonObject { ["keys"] = new JsonArray([.. _keys.Select(key => key.Published)]) });
    }

    private async Task<IResult> TokenAsync(string tenant, HttpContext http)
    {
        var form = (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        TokenRequests.Enqueue(form);
        if (TokenInstead is { } instead) return Results.Text(instead.Body, "application/json", statusCode: instead.Status);
        if (tenant != Tenant) return Refusal(400, "invalid_request", 90002);
        if (form.GetValueOrDefault("grant_type") != "client_credentials") return Refusal(400, "unsupported_grant_type", 70003);
        if (form.GetValueOrDefault("client_id") != AppId) return Refusal(400, "unauthorized_client", 700016);
        if (form.GetValueOrDefault("client_secret") != AppPassword) return Refusal(401, "invalid_client", 7000215);
        if (form.GetValueOrDefault("scope")?.EndsWith("/.default", StringComparison.Ordinal) != true) return Refusal(400, "invalid_scope", 1002012);
        return Json(200, new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = (long)TokenLife.TotalSeconds, ["ext_expires_in"] = (long)TokenLife.TotalSeconds, ["access_token"] = NewToken() });
    }

    private IResult IdentityToken(HttpContext http)
    {
        TokenRequests.Enqueue(http.Request.Query.ToDictionary(field => field.Key, field => field.Value.ToString()));
        if (http.Request.Headers["X-IDENTITY-HEADER"] != IdentityHeader || http.Request.Query["client_id"] != AppId) return Json(400, new JsonObject { ["statusCode"] = 400, ["message"] = "no such identity" });
        return Json(200, new JsonObject
        {
            ["access_token"] = NewToken(),
            ["expires_on"] = (_time.GetUtcNow() + TokenLife).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["resource"] = http.Request.Query["resource"].ToString(),
            ["token_type"] = "Bearer",
            ["client_id"] = AppId,
        });
    }

    private string NewToken()
    {
        var token = $"token-{Interlocked.Increment(ref _tokensIssued)}-of-the-test";
        Issued[token] = _time.GetUtcNow() + TokenLife;
        return token;
    }

    private static IResult Refusal(int status, string error, int code) => Json(status, new JsonObject
    {
        ["error"] = error,
        ["error_description"] = $"AADSTS{code}: in the words of the test. Trace ID: 0000",
        ["error_codes"] = new JsonArray(code),
    });

    private static IResult Json(int status, JsonObject body) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);
}
