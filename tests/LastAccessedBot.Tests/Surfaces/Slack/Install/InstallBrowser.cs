using System.Net;
using LastAccessedBot.Surfaces.Slack.Install;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Slack.Install;

/// <summary>A person's browser, which knows the bot's public address and keeps its cookie.</summary>
internal sealed class InstallBrowser(Uri bot) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = bot };

    /// <summary>The cookie as the bot set it, with all that it says of it.</summary>
    public string SetCookie { get; private set; } = "";

    /// <summary>What is sent along; a test may take it away or put another's in its place.</summary>
    public string? Cookie { get; set; }

    /// <summary>Opens the install page; the consent page that it leads to.</summary>
    public async Task<Uri> BeginAsync()
    {
        using var answer = await _http.GetAsync("/slack/install", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        SetCookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Cookie = SetCookie.Split(';')[0];
        return answer.Headers.Location!;
    }

    /// <summary>Goes where the consent page leads.</summary>
    public async Task<(int Status, string Page, string Policy)> FinishAsync(Uri back)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, back.PathAndQuery);
        if (Cookie is not null) request.Headers.Add("Cookie", Cookie);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.StartsWith(InstallEndpoints.StateCookie + "=;", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", page);
        return ((int)answer.StatusCode, page, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }

    /// <summary>The whole way.</summary>
    public async Task<(int Status, string Page, string Policy)> InstallAsync(SimulatedSlack slack, string team, string user) =>
        await FinishAsync(slack.OAuth.Consent(await BeginAsync(), team, user));

    public void Dispose() => _http.Dispose();
}
