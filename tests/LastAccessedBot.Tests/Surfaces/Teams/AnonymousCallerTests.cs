using System.Net;
using LastAccessedBot.Surfaces.Teams;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Tests.Surfaces.Teams;

/// <summary>A test client on this machine may speak without a token, where the settings say so; nobody else, and nowhere else.</summary>
public sealed class AnonymousCallerTests
{
    private const string TestClient = "http://localhost:56150/_connector", TestTenant = "00000000-0000-0000-0000-0000000000001";

    private static readonly Dictionary<string, string?> s_alone = new()
    {
        ["Teams:AppId"] = null,
        ["Teams:AppPassword"] = null,
        ["Teams:TenantId"] = null,
        ["Teams:AllowAnonymousOnLoopback"] = "true",
    };

    private static readonly Dictionary<string, string?> s_besides = new() { ["Teams:AllowAnonymousOnLoopback"] = "true", ["Teams:AllowedTenants:0"] = SimulatedAuthority.Tenant, ["Teams:AllowedTenants:1"] = TestTenant };

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:0")]
    public async Task On_loopback_no_token_is_needed_where_the_settings_say_so(string url)
    {
        await using var host = await TeamsHost.StartAsync(s_alone, url);
        Assert.Equal(202, await SendAsync(host));
        Assert.Single(host.Door.Received);
    }

    [Fact]
    public async Task It_is_not_so_unless_the_settings_say_so()
    {
        await using var host = await TeamsHost.StartAsync();
        Assert.Equal(401, await SendAsync(host));
        Assert.Empty(host.Door.Received);
    }

    [Theory]
    [InlineData("http://*:0")]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://127.0.0.1:0;http://[::]:0")]
    public async Task The_bot_does_not_start_with_it_where_others_could_reach_it(string url)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => TeamsHost.StartAsync(s_alone, url));
        Assert.StartsWith("Teams:AllowAnonymousOnLoopback is set, and the bot listens at `http://", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Listen on 127.0.0.1 alone", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_are_refused_however_they_come()
    {
        await using var host = await TeamsHost.StartAsync(s_alone);
        var callers = host.Services.GetRequiredService<AnonymousCallers>();
        Assert.True(callers.Admit(From("127.0.0.1")));
        Assert.True(callers.Admit(From("::ffff:127.0.0.1", "localhost:3978")));
        Assert.False(callers.Admit(From("192.0.2.7")));
        Assert.False(callers.Admit(From(null)));
        Assert.False(callers.Admit(From("127.0.0.1", "rebound.example.com")));
        foreach (var header in new[] { "X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via" }) Assert.False(callers.Admit(From("127.0.0.1", "localhost", header)));
    }

    [Fact]
    public void Before_it_is_known_where_the_host_listens_nobody_is_admitted()
    {
        using var server = new Microsoft.AspNetCore.TestHost.TestServer(new ServiceCollection().BuildServiceProvider());
        Assert.False(new AnonymousCallers(server).Admit(From("127.0.0.1")));
    }

    [Fact]
    public async Task A_server_that_does_not_say_where_it_listens_is_not_trusted()
    {
        using var server = new Microsoft.AspNetCore.TestHost.TestServer(new ServiceCollection().BuildServiceProvider());
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => new AnonymousCallers(server).StartedAsync(TestContext.Current.CancellationToken));
        Assert.Contains("no known address", failure.Message);
    }

    [Fact]
    public async Task A_request_with_a_token_is_checked_as_ever()
    {
        await using var host = await TeamsHost.StartAsync(s_besides);
        Assert.Equal(202, await host.SendAsync());
        Assert.Equal(401, await host.SendAsync(token => token with { Audience = "somebody" }));
        Assert.Equal(403, await host.SendAsync(token => token with { ServiceUrl = TestClient }));
        Assert.Equal(202, await SendAsync(host));
        Assert.Equal(2, host.Door.Received.Count);
    }

    [Fact]
    public async Task Without_an_app_id_every_token_is_refused()
    {
        await using var host = await TeamsHost.StartAsync(s_alone);
        Assert.Equal(401, await host.SendAsync());
        Assert.Equal(401, await host.SendAsync(token => token with { Audience = "" }));
        Assert.Equal(0, host.Authority.MetadataFetches);
        Assert.Empty(host.Door.Received);
    }

    [Theory]
    [InlineData("http://127.0.0.1:56150/_connector", "msteams", 202)]
    [InlineData("http://[::1]:56150/_connector", "msteams", 202)]
    [InlineData("https://smba.trafficmanager.net/emea/", "msteams", 202)]
    [InlineData("https://evil.example.com/", "msteams", 403)]
    [InlineData("http://192.0.2.7/", "msteams", 403)]
    [InlineData("http://localhost:56150/_connector", "emulator", 403)]
    public async Task Even_then_answers_go_to_this_machine_or_to_Teams_alone(string address, string channel, int status)
    {
        await using var host = await TeamsHost.StartAsync(s_alone);
        Assert.Equal(status, await SendAsync(host, address, channel: channel));
    }

    [Fact]
    public async Task Where_tenants_are_known_the_test_client_must_be_of_one_of_them()
    {
        await using var host = await TeamsHost.StartAsync(s_besides);
        Assert.Equal(202, await SendAsync(host));
        Assert.Equal(403, await SendAsync(host, tenant: "somebody-elses"));
        await using var own = await TeamsHost.StartAsync(new Dictionary<string, string?> { ["Teams:AllowAnonymousOnLoopback"] = "true" });
        Assert.Equal(403, await SendAsync(own));
    }

    [Fact]
    public async Task Without_any_setting_there_is_no_such_address()
    {
        await using var host = await TeamsHost.StartAsync(new Dictionary<string, string?> { ["Teams:AppId"] = null, ["Teams:AppPassword"] = null });
        Assert.Equal(404, await SendAsync(host));
        Assert.Equal(404, await host.SendAsync());
    }

    private static async Task<int> SendAsync(TeamsHost host, string address = TestClient, string tenant = TestTenant, string channel = "msteams")
    {
        using var answer = await host.PostAsync(null, TeamsHost.Activity(activity =>
        {
            activity["serviceUrl"] = address;
            activity["channelId"] = channel;
            activity["conversation"]!["tenantId"] = tenant;
            activity["channelData"]!["tenant"]!["id"] = tenant;
        }).ToJsonString());
        return (int)answer.StatusCode;
    }

    private static DefaultHttpContext From(string? remote, string host = "127.0.0.1:3978", string? header = null)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        http.Request.Host = new HostString(host);
        if (header is not null) http.Request.Headers[header] = "192.0.2.7";
        return http;
    }
}
