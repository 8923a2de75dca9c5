using LastAccessedBot.Sandbox;
using LastAccessedBot.Tests.EndToEnd;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Teams;

/// <summary>The scene with a tenant of Teams' instead of the console: the same people under their Entra ids.</summary>
internal sealed class TeamsScene : IAsyncDisposable
{
    public const string Paulo = "00000000-0000-0000-0000-000000000001", Martha = "00000000-0000-0000-0000-000000000002", Maria = "00000000-0000-0000-0000-000000000003", Nikki = "00000000-0000-0000-0000-000000000004",
        Nikhil = "00000000-0000-0000-0000-000000000005", Guest = "00000000-0000-0000-0000-000000000006", Outsider = "00000000-0000-0000-0000-000000000007";

    private TeamsScene(SimulatedAuthority authority, SimulatedTeams teams, Scene scene)
    {
        (Authority, Teams, Scene) = (authority, teams, scene);
        People = new TeamsPeople(teams, scene.Bot.Address);
    }

    public SimulatedAuthority Authority { get; }

    public SimulatedTeams Teams { get; }

    public Scene Scene { get; }

    public TeamsPeople People { get; private set; }

    public static async Task<TeamsScene> StartAsync(SandboxAccount? account = null, params (string Name, string Value)[] settings)
    {
        var authority = await SimulatedAuthority.StartAsync();
        var teams = (await SimulatedTeams.StartAsync(authority))
            .With(Paulo, "Paulo Santos").With(Martha, "Martha Rivera").With(Maria, "María García").With(Nikki, "Nikki Wolf").With(Nikhil, "Nikhil Jayashankar")
            .With(Guest, "Gus Guest", role: "guest").With(Outsider, "Otto Outside", tenant: "33333333-3333-3333-3333-333333333333");
        teams.Owners[SimulatedTeams.TeamGroup] = [Maria, Nikki];
        try
        {
            return new TeamsScene(authority, teams, await Scene.StartAsync(account, settings:
            [
                ("Teams__AppId", SimulatedAuthority.AppId), ("Teams__AppPassword", SimulatedAuthority.AppPassword), ("Teams__TenantId", SimulatedTeams.Tenant),
                ("Teams__OpenIdMetadataUrl", authority.MetadataUrl.ToString()), ("Teams__TokenUrl", authority.TokenUrl.ToString()), ("Teams__GraphUrl", teams.GraphUrl.ToString()), ("Teams__AllowedServiceHosts__0", teams.Address.Host),
                ("Console__Enabled", "false"),
                ("Approvals__Admins__0", Key(Paulo)), ("Approvals__Admins__1", Key(Martha)), ("Approvals__Admins__2", Key(Guest)), ("Approvals__Admins__3", Key(Outsider)),
                ("Approvals__Owners__group app-dev__0", Key($"owners-of:{SimulatedTeams.TeamGroup}")), ("Approvals__Owners__group app-dev__1", Key("owners-of:44444444-4444-4444-4444-444444444444")),
                .. settings,
            ]));
        }
        catch
        {
            await teams.DisposeAsync();
            await authority.DisposeAsync();
            throw;
        }
    }

    /// <summary>As settings name somebody of the tenant.</summary>
    public static string Key(string id) => $"teams:{SimulatedTeams.Tenant}/{id}";

    public async Task RestartAsync()
    {
        await Scene.RestartAsync();
        People.Dispose();
        People = new TeamsPeople(Teams, Scene.Bot.Address);
    }

    public async ValueTask DisposeAsync()
    {
        People.Dispose();
        await Scene.DisposeAsync();
        await Teams.DisposeAsync();
        await Authority.DisposeAsync();
    }
}
