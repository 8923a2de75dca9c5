using LastAccessedBot.Surfaces.Teams;

namespace LastAccessedBot.Tests.Surfaces.Teams;

/// <summary>What is missing or wrong is said at start, by the name of the setting, and without its value where that is secret.</summary>
public sealed class TeamsOptionsTests
{
    private const string App = "6d1ad1b6-0a5b-4a0e-9a43-3f5c2d7be001", Tenant = "4c8f2a10-7d5e-4b21-9a3c-0d1e2f3a4b5c";

    [Fact]
    public void An_azure_bot_a_managed_identity_or_a_test_client_are_enough()
    {
        Assert.Empty(Problems(new() { AppId = App, AppPassword = "s", TenantId = Tenant }));
        Assert.Empty(Problems(new() { AppId = App, ManagedIdentity = true, TenantId = Tenant }));
        Assert.Empty(Problems(new() { AllowAnonymousOnLoopback = true }));
        Assert.Empty(Problems(new() { AppId = App, AppPassword = "s", TenantId = "botframework.com", AllowedTenants = [Tenant] }));
        Assert.Empty(Problems(new() { AppId = App, AppPassword = "s", TenantId = Tenant, AllowedServiceHosts = ["smba.trafficmanager.net", "*.botframework.com", "127.0.0.1", "::1", "localhost"] }));
        Assert.Empty(Problems(new() { AppId = App, AppPassword = "s", TenantId = Tenant, OpenIdMetadataUrl = new("http://127.0.0.1:9/x"), TokenUrl = new("http://localhost:9/x"), GraphUrl = new("http://[::1]:9/") }));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("Teams:AppId is missing", Problem(new() { AppPassword = "hush", TenantId = Tenant }));
        Assert.Contains("Teams:AppId is missing", Problem(new() { ManagedIdentity = true, AllowAnonymousOnLoopback = true }));
        Assert.Contains("Teams:AppPassword is missing", Problem(new() { AppId = App, TenantId = Tenant }));
        Assert.Contains("Teams:TenantId is missing", Problem(new() { AppId = App, AppPassword = "hush" }));
        Assert.Contains("Teams:AllowedTenants is missing", Problem(new() { AppId = App, AppPassword = "hush", TenantId = "botframework.com" }));
    }

    [Fact]
    public void What_cannot_be_meant_is_named()
    {
        Assert.Contains("Teams:AppId `sweep` is not an app id", Problem(Bot(app: "sweep")));
        Assert.Contains("are both set", Problem(new() { AppId = App, AppPassword = "hush", ManagedIdentity = true, TenantId = Tenant }));
        Assert.Contains("Teams:TenantId `a/b`", Problem(Bot(tenant: "a/b")));
        Assert.Contains("Teams:AllowedTenants: `a b`", Problem(new() { AppId = App, AppPassword = "hush", TenantId = Tenant, AllowedTenants = ["a b"] }));
        Assert.Contains("Teams:TokenIssuer is empty", Problem(new() { AppId = App, AppPassword = "hush", TenantId = Tenant, TokenIssuer = "" }));
        Assert.Contains("Teams:Scope is empty", Problem(new() { AppId = App, AppPassword = "hush", TenantId = Tenant, Scope = "" }));
        Assert.Contains("does not end with a slash", Problem(new() { AppId = App, AppPassword = "hush", TenantId = Tenant, GraphUrl = new("https://graph.microsoft.com/v1.0") }));
    }

    [Theory]
    [InlineData("http://login.example.com/")]
    [InlineData("login.example.com")]
    [InlineData("ftp://127.0.0.1/")]
    public void Addresses_that_would_carry_secrets_in_the_open_are_refused(string address)
    {
        var uri = new Uri(address, UriKind.RelativeOrAbsolute);
        Assert.Contains("Teams:OpenIdMetadataUrl", Problem(new() { AppId = App, AppPassword = "hush", TenantId = Tenant, OpenIdMetadataUrl = uri }));
        Assert.Contains("Teams:TokenUrl", Problem(new() { AppId = App, AppPassword = "hush", TenantId = Tenant, TokenUrl = uri }));
        Assert.Contains("Teams:GraphUrl", Problem(new() { AppId = App, AppPassword = "hush", TenantId = Tenant, GraphUrl = uri }));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("*.*.example.com")]
    [InlineData("https://smba.trafficmanager.net")]
    [InlineData("smba.trafficmanager.net:443")]
    [InlineData("")]
    public void A_host_that_is_none_or_all_of_them_is_refused(string host) =>
        Assert.Contains($"Teams:AllowedServiceHosts: `{host}`", Problem(new() { AppId = App, AppPassword = "hush", TenantId = Tenant, AllowedServiceHosts = [host] }));

    [Fact]
    public async Task The_host_says_so_and_does_not_start()
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => TeamsHost.StartAsync(new Dictionary<string, string?> { ["Teams:TenantId"] = null }));
        Assert.Contains("Teams:TenantId is missing", failure.Message);
        Assert.DoesNotContain(Simulated.SimulatedAuthority.AppPassword, failure.Message);
    }

    private static TeamsOptions Bot(string app = App, string tenant = Tenant) => new() { AppId = app, AppPassword = "hush", TenantId = tenant };

    private static string Problem(TeamsOptions options)
    {
        var problem = Assert.Single(Problems(options));
        Assert.DoesNotContain("hush", problem);
        return problem;
    }

    private static IEnumerable<string> Problems(TeamsOptions options) => new TeamsOptionsCheck().Validate(null, options).Failures ?? [];
}
