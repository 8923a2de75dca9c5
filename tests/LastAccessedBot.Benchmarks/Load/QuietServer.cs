using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Benchmarks.Load;

/// <summary>As much of a chat platform as the bot calls under load: it says yes to everything, remembers nothing, and costs little.</summary>
/// <param name="answer">The answer to a request. The number is that of a new message, for where the request posts one; asking for it counts it.</param>
internal sealed class QuietServer(Func<HttpRequest, Func<long>, byte[]> answer) : IAsyncDisposable
{
    private readonly WebApplication _app = Build();
    private long _posted;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Messages that were posted so far.</summary>
    public long Posted => Volatile.Read(ref _posted);

    public async Task<QuietServer> StartAsync()
    {
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    private Task AnswerAsync(HttpContext http)
    {
        var said = answer(http.Request, () => Interlocked.Increment(ref _posted));
        http.Response.ContentLength = said.Length;
        return http.Response.Body.WriteAsync(said).AsTask();
    }
}
