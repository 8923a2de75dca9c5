using LastAccessedBot.Surfaces.Teams.Connector;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Tests.Surfaces.Teams.Connector;

/// <summary>A bot without a password, as Azure runs it: the identity's endpoint is named in the environment, which the whole process shares.</summary>
public sealed class ManagedIdentityTests
{
    [Fact]
    public async Task The_identity_is_asked_for_by_the_apps_id_and_the_token_is_kept()
    {
        await using var host = await TeamsHost.StartAsync(new Dictionary<string, string?> { ["Teams:AppPassword"] = null, ["Teams:ManagedIdentity"] = "true" });
        // The identity's client goes by the machine's clock.
        await using var azure = await SimulatedAuthority.StartAsync();
        host.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", azure.IdentityEndpoint.ToString());
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", SimulatedAuthority.IdentityHeader);
        try
        {
            var tokens = host.Services.GetRequiredService<IConnectorToken>();
            var token = await tokens.GetAsync(SimulatedAuthority.BotScope, TestContext.Current.CancellationToken);
            Assert.Equal(token, await tokens.GetAsync(SimulatedAuthority.BotScope, TestContext.Current.CancellationToken));
            Assert.True(azure.Issued.ContainsKey(token));
            var asked = Assert.Single(azure.TokenRequests);
            Assert.Equal((SimulatedAuthority.AppId, "https://api.botframework.com"), (asked["client_id"], asked["resource"]));

            azure.IsDown = true;
            var failure = await Assert.ThrowsAsync<ConnectorTokenException>(() => tokens.GetAsync("https://graph.microsoft.com/.default", TestContext.Current.CancellationToken));
            Assert.Contains("managed identity", failure.Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        }
    }
}
