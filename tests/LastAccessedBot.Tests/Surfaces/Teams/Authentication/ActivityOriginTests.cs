using System.Text.Json.Nodes;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Teams.Authentication;

/// <summary>A good token alone opens nothing: the activity must be Teams' own, of an allowed tenant, with a service address that the bot may send to.</summary>
public sealed class ActivityOriginTests : IAsyncLifetime
{
    private const string Other = "0b7f8d2e-1111-4222-8333-94c5a6b7c8d9";

    private TeamsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TeamsHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_does_not_fit_its_token_or_the_settings_is_refused()
    {
        var unendorsed = _host.Authority.Publish();
        var elsewhere = _host.Authority.Publish("webchat");
        var cases = new (string Case, Func<TokenDraft, TokenDraft> Token, Action<JsonObject> Activity, string Why)[]
        {
            ("a token without a service address", token => token with { ServiceUrl = null }, _ => { }, "ServiceUrl"),
            ("a token with an empty one", token => token with { ServiceUrl = "" }, activity => activity["serviceUrl"] = "", "ServiceUrl"),
            ("a token with another one", token => token with { ServiceUrl = "https://smba.trafficmanager.net/amer/" }, _ => { }, "ServiceUrl"),
            ("an activity without one", token => token, activity => activity.Remove("serviceUrl"), "ServiceUrl"),
            ("an activity with a number for one", token => token, activity => activity["serviceUrl"] = 7, "ServiceUrl"),
            ("a key without endorsements", token => token with { Key = unendorsed, Kid = unendorsed.Id }, _ => { }, "Endorsement"),
            ("a key for another channel", token => token with { Key = elsewhere, Kid = elsewhere.Id }, _ => { }, "Endorsement"),
            ("no channel", token => token, activity => activity.Remove("channelId"), "Endorsement"),
            ("another channel, with a key for it", token => token, activity => activity["channelId"] = "webchat", "Channel"),
            ("a channel in capitals", token => token, activity => activity["channelId"] = "MSTeams", "Endorsement"),
            ("a foreign tenant", token => token, activity => Tenants(activity, Other, Other), "Tenant"),
            ("two tenants, the foreign one second", token => token, activity => Tenants(activity, SimulatedAuthority.Tenant, Other), "Tenant"),
            ("two tenants, the foreign one first", token => token, activity => Tenants(activity, Other, SimulatedAuthority.Tenant), "Tenant"),
            ("no tenant", token => token, activity => Tenants(activity, null, null), "Tenant"),
            ("a tenant that is a path", token => token, activity => Tenants(activity, "../../x", null), "Tenant"),
        };
        foreach (var (name, token, activity, why) in cases)
        {
            Assert.Equal((name, 403), (name, await _host.SendAsync(token, activity)));
            Assert.Contains($": {why}, 403, from 127.0.0.1", _host.Refusals.Last());
        }
        Assert.Empty(_host.Door.Received);
        Assert.Equal(cases.Length, _host.Refusals.Length);
    }

    [Theory]
    [InlineData("https://evil.example.com/emea/")]
    [InlineData("https://smba.trafficmanager.net.evil.example.com/")]
    [InlineData("https://smba.trafficmanager.net@evil.example.com/")]
    [InlineData("https://me@smba.trafficmanager.net/")]
    [InlineData("https://evil.example.com\\@smba.trafficmanager.net/")]
    [InlineData("https://evilbotframework.com/")]
    [InlineData("https://botframework.com/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net/emea/?to=https://evil.example.com")]
    [InlineData("https://smba.trafficmanager.net/emea/#x")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://localhost:56150/_connector")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("smba.trafficmanager.net")]
    [InlineData("https://smba.trafficmanager.net/e mea/")]
    public async Task A_service_address_that_is_not_Teams_gets_no_token_though_its_token_names_it(string address)
    {
        Assert.Equal(403, await _host.SendAsync(token => token with { ServiceUrl = address }, activity => activity["serviceUrl"] = address));
        Assert.Empty(_host.Door.Received);
        Assert.Contains(": ServiceHost, 403", Assert.Single(_host.Refusals));
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/amer/4c8f2a10/")]
    [InlineData("https://SMBA.trafficmanager.net/emea")]
    [InlineData("https://europe.webchat.botframework.com/")]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/gcc")]
    public async Task Teams_own_service_addresses_are_taken_whatever_their_case(string address) =>
        Assert.Equal(202, await _host.SendAsync(token => token with { ServiceUrl = address.ToUpperInvariant().Replace("HTTPS", "https", StringComparison.Ordinal) }, activity => activity["serviceUrl"] = address));

    [Fact]
    public async Task One_of_the_two_names_of_a_tenant_is_enough()
    {
        Assert.Equal(202, await _host.SendAsync(activity: activity => Tenants(activity, SimulatedAuthority.Tenant, null)));
        Assert.Equal(202, await _host.SendAsync(activity: activity => Tenants(activity, null, SimulatedAuthority.Tenant)));
        Assert.Equal(202, await _host.SendAsync(activity: activity => Tenants(activity, SimulatedAuthority.Tenant.ToUpperInvariant(), SimulatedAuthority.Tenant)));
    }

    [Fact]
    public async Task Where_tenants_are_named_they_alone_are_heard()
    {
        await using var host = await TeamsHost.StartAsync(new Dictionary<string, string?> { ["Teams:AllowedTenants:0"] = Other });
        Assert.Equal(202, await host.SendAsync(activity: activity => Tenants(activity, Other, Other)));
        Assert.Equal(403, await host.SendAsync());
    }

    [Fact]
    public async Task A_connector_on_this_machine_is_taken_where_it_is_named()
    {
        await using var host = await TeamsHost.StartAsync(new Dictionary<string, string?> { ["Teams:AllowedServiceHosts:0"] = "127.0.0.1" });
        Assert.Equal(202, await FromAsync(host, "http://127.0.0.1:9000/connector/"));
        Assert.Equal(403, await FromAsync(host, "http://localhost:9000/connector/"));
        Assert.Equal(403, await FromAsync(host, SimulatedAuthority.ServiceUrl));
    }

    private static Task<int> FromAsync(TeamsHost host, string address) => host.SendAsync(token => token with { ServiceUrl = address }, activity => activity["serviceUrl"] = address);

    private static void Tenants(JsonObject activity, string? ofConversation, string? ofChannel)
    {
        activity["conversation"]!["tenantId"] = ofConversation;
        activity["channelData"] = ofChannel is null ? new JsonObject() : new JsonObject { ["tenant"] = new JsonObject { ["id"] = ofChannel } };
    }
}
