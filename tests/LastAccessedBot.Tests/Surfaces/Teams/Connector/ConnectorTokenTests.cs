using LastAccessedBot.Surfaces.Teams.Connector;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Tests.Surfaces.Teams.Connector;

/// <summary>The bot's own tokens: few requests, no gap, and a name for every failure.</summary>
public sealed class ConnectorTokenTests : IAsyncLifetime
{
    private const string Graph = "https://graph.microsoft.com/.default";

    private TeamsHost _host = null!;

    private SimulatedAuthority Authority => _host.Authority;

    private IConnectorToken Tokens => _host.Services.GetRequiredService<IConnectorToken>();

    public async ValueTask InitializeAsync() => _host = await TeamsHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_app_asks_with_its_secret_and_keeps_what_it_gets()
    {
        var token = await GetAsync();
        Assert.Equal(token, await GetAsync());
        Assert.True(Authority.Issued.ContainsKey(token));
        Assert.Equal(
            new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = SimulatedAuthority.AppId, ["client_secret"] = SimulatedAuthority.AppPassword, ["scope"] = SimulatedAuthority.BotScope },
            Assert.Single(Authority.TokenRequests));
    }

    [Fact]
    public async Task Every_scope_has_a_token_of_its_own()
    {
        Assert.NotEqual(await GetAsync(), await GetAsync(Graph));
        Assert.Equal([SimulatedAuthority.BotScope, Graph], Authority.TokenRequests.Select(form => form["scope"]));
    }

    [Fact]
    public async Task Many_callers_wait_for_one_request()
    {
        var gate = new TaskCompletionSource();
        Authority.Gate = gate.Task;
        var callers = Enumerable.Range(0, 30).Select(_ => GetAsync()).ToArray();
        gate.SetResult();
        Assert.Single((await Task.WhenAll(callers)).Distinct());
        Assert.Single(Authority.TokenRequests);
    }

    [Fact]
    public async Task A_caller_who_gives_up_takes_nothing_from_the_others()
    {
        var gate = new TaskCompletionSource();
        Authority.Gate = gate.Task;
        using var impatience = new CancellationTokenSource();
        var first = Tokens.GetAsync(SimulatedAuthority.BotScope, impatience.Token);
        var second = GetAsync();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.True(Authority.Issued.ContainsKey(await second));
    }

    [Fact]
    public async Task The_next_token_is_asked_for_before_the_last_one_ends_and_nobody_waits_for_it()
    {
        var first = await GetAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(56));
        var gate = new TaskCompletionSource();
        Authority.Gate = gate.Task;
        Assert.Equal(first, await GetAsync());
        Assert.Equal(first, await GetAsync());
        gate.SetResult();
        _host.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.NotEqual(first, await GetAsync());
        Assert.Equal(2, Authority.TokenRequests.Count);
    }

    [Fact]
    public async Task A_short_token_is_renewed_half_way()
    {
        Authority.TokenLife = TimeSpan.FromMinutes(4);
        var first = await GetAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first, await GetAsync());
        Assert.Single(Authority.TokenRequests);
        _host.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.NotEqual(first, await GetAsync());
    }

    [Fact]
    public async Task Where_the_next_token_cannot_be_had_the_last_one_serves_until_its_end()
    {
        var first = await GetAsync();
        Authority.IsDown = true;
        _host.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(first, await GetAsync());
        await _host.Log.WhenAsync("No token for https://api.botframework.com/.default");
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        var failure = await Assert.ThrowsAsync<ConnectorTokenException>(() => GetAsync());
        Assert.False(failure.IsRefused);
        Authority.IsDown = false;
        Assert.NotEqual(first, await GetAsync());
    }

    [Fact]
    public async Task A_refusal_is_told_by_its_code_and_without_a_secret()
    {
        await using var host = await TeamsHost.StartAsync(new Dictionary<string, string?> { ["Teams:AppPassword"] = "another-secret" });
        var failure = await Assert.ThrowsAsync<ConnectorTokenException>(() => host.Services.GetRequiredService<IConnectorToken>().GetAsync(SimulatedAuthority.BotScope, TestContext.Current.CancellationToken));
        Assert.True(failure.IsRefused);
        Assert.Contains("401 invalid_client AADSTS7000215", failure.Message);
        Assert.DoesNotContain(host.Log.Written, line => line.Contains("another-secret", StringComparison.Ordinal));
        Assert.DoesNotContain("another-secret", failure.ToString());
    }

    [Theory]
    [InlineData(200, "nonsense", false)]
    [InlineData(200, "{}", false)]
    [InlineData(200, """{"access_token":"t","expires_in":0}""", false)]
    [InlineData(200, """{"access_token":"t","expires_in":"soon"}""", false)]
    [InlineData(200, """{"access_token":7,"expires_in":3600}""", false)]
    [InlineData(400, "[]", true)]
    [InlineData(429, """{"error":"temporarily_unavailable"}""", false)]
    [InlineData(503, """{"error":"temporarily_unavailable"}""", false)]
    public async Task Every_other_answer_is_a_failure_with_a_name(int status, string body, bool isRefused)
    {
        Authority.TokenInstead = (status, body);
        Assert.Equal(isRefused, (await Assert.ThrowsAsync<ConnectorTokenException>(() => GetAsync())).IsRefused);
        Authority.TokenInstead = null;
        Assert.True(Authority.Issued.ContainsKey(await GetAsync()));
    }

    [Fact]
    public async Task Without_an_app_there_is_nobody_to_ask_as()
    {
        await using var host = await TeamsHost.StartAsync(new Dictionary<string, string?> { ["Teams:AppId"] = null, ["Teams:AppPassword"] = null, ["Teams:TenantId"] = null, ["Teams:AllowAnonymousOnLoopback"] = "true" });
        Assert.Null(host.Services.GetService<IConnectorToken>());
    }

    private Task<string> GetAsync(string scope = SimulatedAuthority.BotScope) => Tokens.GetAsync(scope, TestContext.Current.CancellationToken);
}
