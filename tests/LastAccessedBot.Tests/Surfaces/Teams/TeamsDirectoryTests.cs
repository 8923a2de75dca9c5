using System.Net;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams;
using LastAccessedBot.Surfaces.Teams.Payloads;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LastAccessedBot.Tests.Surfaces.Teams;

/// <summary>Who owns a team, asked for as seldom as Graph wants it.</summary>
public sealed class TeamsDirectoryTests : IAsyncLifetime
{
    private const string Team = "44444444-4444-4444-4444-444444444444";

    private WebApplication _graph = null!;
    private TeamsHost _host = null!;
    private int _asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _graph = builder.Build();
        _graph.MapGet($"/teams/{Team}/members", () =>
        {
            Interlocked.Increment(ref _asked);
            return Results.Json(new { error = new { code = "NotFound" } }, statusCode: (int)HttpStatusCode.NotFound);
        });
        await _graph.StartAsync(Cancellation);
        _host = await TeamsHost.StartAsync(new Dictionary<string, string?> { ["Teams:GraphUrl"] = $"{_graph.Urls.First()}/" });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public async Task A_team_whose_owners_Graph_refuses_to_list_is_asked_for_once_a_minute_and_nobody_owns_it()
    {
        // Without the store, which this question needs nothing of.
        var directory = ActivatorUtilities.CreateInstance<TeamsDirectory>(_host.Services, new Places(null!, _host.Time, NullLogger<Places>.Instance));
        async Task<Mentioned?> ResolveAsync() => await directory.ResolveAsync(TeamsIds.Conversation(SimulatedAuthority.Tenant, "a:1xH4"), $"{TeamsIds.OwnersOf}{Team}", Cancellation);

        for (var press = 0; press < 30; press++) Assert.Null(await ResolveAsync());
        Assert.Equal(1, _asked);
        _host.Time.Advance(TeamsDirectory.RefusalsStand);
        Assert.Null(await ResolveAsync());
        Assert.Equal(2, _asked);
    }
}
