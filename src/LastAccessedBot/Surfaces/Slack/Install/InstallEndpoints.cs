using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack.Install;

/// <summary>The two addresses that a person's browser visits to install the app.</summary>
internal sealed class InstallEndpoints(InstallApp app, IOptions<SlackOptions> options)
{
    public const string StateCookie = "lastaccessedbot-slack-install";

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/slack/install", BeginAsync);
        routes.MapGet("/slack/oauth", FinishAsync);
    }

    private async Task BeginAsync(HttpContext http)
    {
        var state = await app.BeginAsync(http.RequestAborted);
        http.Response.Cookies.Append(StateCookie, state, Cookie(InstallApp.StateLives));
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(app.ConsentAt(state).ToString());
    }

    private async Task FinishAsync(HttpContext http)
    {
        var query = http.Request.Query;
        // A person who closes the window does not lose what Slack has already granted.
        var outcome = await app.FinishAsync(new InstallCallback(query["state"], http.Request.Cookies[StateCookie], query["code"], query["error"]), CancellationToken.None);
        http.Response.Cookies.Delete(StateCookie, Cookie(null));
        await InstallPage.Of(outcome, options.Value.InstallAt).WriteAsync(http.Response);
    }

    // Lax: the way back from Slack is a navigation from another site.
    private CookieOptions Cookie(TimeSpan? life) => new()
    {
        HttpOnly = true,
        Secure = options.Value.InstallCallback.Scheme == Uri.UriSchemeHttps,
        SameSite = SameSiteMode.Lax,
        Path = options.Value.InstallCallback.AbsolutePath,
        MaxAge = life,
        IsEssential = true,
    };
}
