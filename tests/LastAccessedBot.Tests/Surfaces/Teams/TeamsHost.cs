using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Teams;
using LastAccessedBot.Tests.Surfaces.Slack.Socket;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Surfaces.Teams;

/// <summary>A real Kestrel with Teams' address, and a door behind it that remembers what came through.</summary>
internal sealed class TeamsHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TeamsHost(WebApplication app, SimulatedAuthority authority, FakeTimeProvider time, LogLines log)
    {
        (_app, Authority, Time, Log) = (app, authority, time, log);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public SimulatedAuthority Authority { get; }

    public FakeTimeProvider Time { get; }

    public LogLines Log { get; }

    public HttpClient Client { get; }

    public RecordingDoor Door => (RecordingDoor)_app.Services.GetRequiredService<ITeamsDoor>();

    public IServiceProvider Services => _app.Services;

    /// <summary>What the log says of refused requests.</summary>
    public string[] Refusals => [.. Log.Written.Where(line => line.StartsWith("Refused a request to ", StringComparison.Ordinal))];

    public static IReadOnlyDictionary<string, string?> AzureBot(SimulatedAuthority authority) => new Dictionary<string, string?>
    {
        ["Teams:AppId"] = SimulatedAuthority.AppId,
        ["Teams:AppPassword"] = SimulatedAuthority.AppPassword,
        ["Teams:TenantId"] = SimulatedAuthority.Tenant,
        ["Teams:OpenIdMetadataUrl"] = authority.MetadataUrl.ToString(),
        ["Teams:TokenUrl"] = authority.TokenUrl.ToString(),
    };

    /// <param name="settings">Besides, or in the place of, those of an Azure Bot of the authority's; null takes one away.</param>
    public static async Task<TeamsHost> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, string url = "http://127.0.0.1:0")
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var authority = await SimulatedAuthority.StartAsync(time);
        var log = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(AzureBot(authority).Concat(settings ?? new Dictionary<string, string?>()).GroupBy(one => one.Key).Select(same => same.Last()).Where(one => one.Value is not null));
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls(url);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddTeams();
        // In the place of the door that Teams brings.
        builder.Services.AddSingleton<ITeamsDoor, RecordingDoor>();
        var app = builder.Build();
        app.MapTeams();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            await authority.DisposeAsync();
            throw;
        }
        return new TeamsHost(app, authority, time, log);
    }

    /// <summary>A message as Teams sends it.</summary>
    public static JsonObject Activity() => new()
    {
        ["type"] = "message",
        ["id"] = "1776825925953",
        ["channelId"] = "msteams",
        ["serviceUrl"] = SimulatedAuthority.ServiceUrl,
        ["from"] = new JsonObject { ["id"] = "29:1ada", ["name"] = "Ada", ["aadObjectId"] = "0350c2c8-9d3f-4f0e-8a61-3f2f9d3c1a77" },
        ["recipient"] = new JsonObject { ["id"] = $"28:{SimulatedAuthority.AppId}", ["name"] = "LastAccessedBot" },
        ["conversation"] = new JsonObject { ["id"] = "a:1xH4", ["conversationType"] = "personal", ["tenantId"] = SimulatedAuthority.Tenant },
        ["text"] = "unused app-dev",
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = SimulatedAuthority.Tenant } },
    };

    public static JsonObject Activity(Action<JsonObject> change)
    {
        var activity = Activity();
        change(activity);
        return activity;
    }

    /// <summary>Sends a message as Teams would, and tells the status.</summary>
    public async Task<int> SendAsync(Func<TokenDraft, TokenDraft>? token = null, Action<JsonObject>? activity = null)
    {
        using var answer = await PostAsync(Authority.Mint(token), Activity(activity ?? (_ => { })).ToJsonString());
        return (int)answer.StatusCode;
    }

    /// <param name="token">null for none.</param>
    public async Task<HttpResponseMessage> PostAsync(string? token, string body, string type = "application/json", Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        change?.Invoke(request);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Authority.DisposeAsync();
    }
}

/// <summary>Remembers what came through, and acknowledges it as the test says.</summary>
internal sealed class RecordingDoor : ITeamsDoor
{
    public ConcurrentQueue<string> Received { get; } = new();

    public TeamsAck Answer { get; set; } = TeamsAck.Accepted;

    public Task<TeamsAck> ReceiveAsync(JsonElement activity, CancellationToken cancellation)
    {
        Received.Enqueue(activity.GetRawText());
        return Task.FromResult(Answer);
    }
}
