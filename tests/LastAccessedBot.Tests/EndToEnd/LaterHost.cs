using LastAccessedBot.Aws;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using LastAccessedBot.Surfaces.Slack;
using LastAccessedBot.Surfaces.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>A host beside the scene's, on the same store, account and platforms, with a clock that is hours ahead: what is due by then needs no waiting.</summary>
internal static class LaterHost
{
    /// <summary>Looks once after every trim that is due by then.</summary>
    public static async Task LookAfterTrimsAsync(this Scene scene, TimeSpan later)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(scene.Settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), setting.Value)));
        builder.Services.AddSingleton<TimeProvider>(new Ahead(later)).AddAws(builder.Configuration).AddStorage(builder.Configuration).AddFlows(builder.Configuration);
        builder.AddSlack().AddTeams();
        await using var app = builder.Build();
        await app.Services.GetRequiredService<WatchTrims>().RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The time of day, ahead; waits are as long as ever.</summary>
    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
