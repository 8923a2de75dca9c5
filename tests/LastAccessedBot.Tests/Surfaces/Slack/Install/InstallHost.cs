using System.Collections.Immutable;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using LastAccessedBot.Surfaces.Slack;
using LastAccessedBot.Surfaces.Slack.Events;
using LastAccessedBot.Surfaces.Slack.Install;
using LastAccessedBot.Surfaces.Slack.Web;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using LastAccessedBot.Tests.Surfaces.Slack.Socket;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Tests.Surfaces.Slack.Install;

/// <summary>What of a host has to do with installing, on its real store; several may share a folder.</summary>
internal sealed class InstallHost : IAsyncDisposable
{
    public const string Beta = "T0BETA", Berta = "U0BERTA";

    private readonly SimulatedSlack _slack;
    private readonly ServiceProvider _services;

    private InstallHost(SimulatedSlack slack, string folder)
    {
        _slack = slack;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "bot.db")};Pooling=False",
        }).Build();
        _services = new ServiceCollection()
            .AddHttpClient()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<TimeProvider>(Time)
            .AddStorage(configuration)
            .AddSingleton(Options.Create(new SlackOptions
            {
                ApiUrl = slack.ApiUrl,
                ClientId = OAuthServer.ClientId,
                ClientSecret = OAuthServer.ClientSecret,
                PublicUrl = new Uri("https://bot.example.com/here/"),
            }))
            .AddSingleton<Troubles>().AddSingleton<SlackClient>().AddSingleton<KeptTokens>().AddSingleton<TokenRenewal>().AddSingleton<InstalledWorkspaces>().AddSingleton<InstallApp>().AddSingleton<IHandleEvents, Uninstalled>()
            .BuildServiceProvider();
    }

    public LogLines Log { get; } = new();

    public ShiftedTime Time { get; } = new();

    public static async Task<InstallHost> StartAsync(SimulatedSlack slack, string folder)
    {
        var host = new InstallHost(slack, folder);
        await host._services.PrepareStorageAsync(CancellationToken.None);
        return host;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Begins, is consented to, and comes back by the same browser.</summary>
    public async Task<InstallOutcome> InstallAsync(TimeSpan? thinking = null)
    {
        var state = await Get<InstallApp>().BeginAsync(CancellationToken.None);
        Time.By += thinking ?? TimeSpan.Zero;
        var back = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(_slack.OAuth.Consent(Get<InstallApp>().ConsentAt(state), Beta, Berta).Query);
        return await Get<InstallApp>().FinishAsync(new InstallCallback(back["state"], state, back["code"], null), CancellationToken.None);
    }

    public Task<Workspace?> FindAsync(CancellationToken cancellation = default) => Get<InstalledWorkspaces>().FindAsync(Beta, cancellation);

    /// <summary>The newest last.</summary>
    public async Task<ImmutableArray<AuditEntry>> RecordAsync() => [.. (await Get<IAuditTrail>().ReadAsync(Beta, 40, CancellationToken.None)).Reverse()];

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>The real time, and how far this host's clock is from it.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
