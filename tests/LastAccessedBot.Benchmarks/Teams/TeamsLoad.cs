using LastAccessedBot.Benchmarks.Load;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;

namespace LastAccessedBot.Benchmarks.Teams;

/// <summary>Messages with valid tokens, each a new one to store.</summary>
public static class TeamsLoad
{
    public static async Task RunAsync(int seconds, int connections, TextWriter output)
    {
        await using var teams = await QuietTeams.StartAsync();
        Uri serviceUrl = new(teams.Address, "/emea/");
        await using var authority = await SimulatedAuthority.StartAsync();
        output.WriteLine($"{connections} connections, {seconds} s after {LoadRun.WarmUp.TotalSeconds} s of warming up");
        await using var bot = await Receiver.BotAsync(new()
        {
            ["Teams__AppId"] = SimulatedAuthority.AppId,
            ["Teams__AppPassword"] = SimulatedAuthority.AppPassword,
            ["Teams__TenantId"] = SimulatedAuthority.Tenant,
            ["Teams__OpenIdMetadataUrl"] = authority.MetadataUrl.ToString(),
            ["Teams__TokenUrl"] = authority.TokenUrl.ToString(),
            ["Teams__AllowedServiceHosts__0"] = serviceUrl.Host,
        });
        var token = authority.Mint(draft => draft with { ServiceUrl = serviceUrl.ToString() });
        await LoadRun.MeasureAsync("bot, `app-dev` in Teams", bot, count => new SentMessages(bot.Address, serviceUrl, token, "app-dev", count), () => teams.Posted, seconds, connections, output);
    }
}
