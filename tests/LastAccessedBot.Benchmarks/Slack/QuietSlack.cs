using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Benchmarks.Slack;

/// <summary>As much of Slack's Web API as the bot calls under load: it says yes to everything, remembers nothing, and costs little.</summary>
internal sealed class QuietSlack : IAsyncDisposable
{
    public const string Team = "T0ACME";

    private static readonly byte[]
        s_auth = Encoding.ASCII.GetBytes($$"""{"ok":true,"team_id":"{{Team}}","user_id":"U0BOT"}"""),
        s_user = Encoding.ASCII.GetBytes($$$$"""{"ok":true,"user":{"id":"U0PAULO","team_id":"{{{{Team}}}}","profile":{"real_name":"Paulo Santos"}}}"""),
        s_yes = """{"ok":true}"""u8.ToArray();

    private readonly WebApplication _app;
    private long _posted;

    private QuietSlack(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Messages that were posted so far.</summary>
    public long Posted => Volatile.Read(ref _posted);

    public static async Task<QuietSlack> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var slack = new QuietSlack(app);
        app.Run(slack.AnswerAsync);
        await app.StartAsync();
        return slack;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext http)
    {
        var answer = http.Request.Path.Value switch
        {
            "/api/auth.test" => s_auth,
            "/api/users.info" => s_user,
            "/api/chat.postMessage" => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"ok":true,"channel":"C0GENERAL","ts":"1732000000.{{Interlocked.Increment(ref _posted):D7}}"}""")),
            _ => s_yes,
        };
        http.Response.ContentLength = answer.Length;
        return http.Response.Body.WriteAsync(answer).AsTask();
    }
}
