using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Console;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Tests.Surfaces.Console;

/// <summary>A real Kestrel with the console and a bot that a test scripts.</summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ConsoleHost(WebApplication app, string database)
    {
        _app = app;
        Database = database;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public string Database { get; }

    public IServiceProvider Services => _app.Services;

    public IChatSurface Surface => _app.Services.GetRequiredService<IChatSurface>();

    public static async Task<ConsoleHost> StartAsync(
        Func<IChatSurface, IReceiveChat>? bot = null, string? database = null, Action<WebApplicationBuilder>? also = null, bool enabled = true)
    {
        database ??= Path.Combine(Path.GetTempPath(), "last-accessed-bot-tests", Guid.NewGuid().ToString("N"), "console.db");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "LastAccessedBot", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Console:Enabled"] = enabled.ToString(),
            ["Console:ConnectionString"] = $"Data Source={database}",
            ["Console:People:0:Id"] = "paulo",
            ["Console:People:0:Name"] = "Paulo Santos",
            ["Console:People:0:Title"] = "Team lead, app-dev",
            ["Console:People:1:Id"] = "nikki",
            ["Console:People:1:Name"] = "Nikki Wolf",
            ["Console:People:1:Title"] = "Security",
            ["Console:People:2:Id"] = "zoe",
            ["Console:People:2:Name"] = "Zoë Martin",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddConsole();
        builder.Services.AddSingleton<IConsoleNames>(new TwoNames());
        builder.Services.AddSingleton(services => (bot ?? (surface => new EchoBot(surface)))(services.GetRequiredService<IChatSurface>()));
        also?.Invoke(builder);
        var app = builder.Build();
        app.MapConsole();
        await app.StartAsync();
        return new ConsoleHost(app, database);
    }

    public async Task<JsonElement> SayAsync(string user, string text, string? conversation = null) =>
        await BodyOf(await Client.PostAsJsonAsync("/api/console/messages", new { user, text, conversation }));

    public async Task<JsonElement> PressAsync(string user, string? message, string choice, object? inputs = null) =>
        await BodyOf(await Client.PostAsJsonAsync("/api/console/actions", new { user, message, choice, inputs }));

    public async Task<JsonElement> PollAsync(long after, string user, string? conversation = null) =>
        await Client.GetFromJsonAsync<JsonElement>($"/api/console/messages?after={after}&user={user}&conversation={conversation ?? "console"}");

    public Task<HttpResponseMessage> PostRawAsync(string path, string body, string contentType = "application/json") =>
        Client.PostAsync(path, new StringContent(body, Encoding.UTF8, contentType));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class TwoNames : IConsoleNames
    {
        public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>(["Development", "app-dev"]);
    }

    private static async Task<JsonElement> BodyOf(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
