using LastAccessedBot.Tests.Surfaces.Slack.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Slack.Install;

/// <summary>Slack with a second workspace, and a folder for hosts.</summary>
public abstract class InstallFolder : IAsyncLifetime
{
    private readonly List<InstallHost> _hosts = [];

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("last-accessed-bot-install-").FullName;

    private protected SimulatedSlack Slack { get; private set; } = null!;

    private protected InstallHost Host => _hosts[0];

    public async ValueTask InitializeAsync()
    {
        Slack = await SimulatedSlack.StartAsync();
        Slack.OAuth.Open(InstallHost.Beta, "Beta", "C0BETA", InstallHost.Berta, "Berta Beta");
        Slack.OAuth.Lifetime = TimeSpan.FromHours(12);
        await AnotherHostAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var host in _hosts) await host.DisposeAsync();
        await Slack.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A host more on the same store.</summary>
    private protected async Task<InstallHost> AnotherHostAsync()
    {
        _hosts.Add(await InstallHost.StartAsync(Slack, Folder));
        return _hosts[^1];
    }
}
