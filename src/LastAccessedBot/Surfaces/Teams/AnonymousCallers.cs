using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>
/// Lets a test client on this machine in without a token. It admits nobody before every address that the host listens at is known to be
/// loopback, and stops the host where one is not.
/// </summary>
internal sealed class AnonymousCallers(IServer server) : IHostedLifecycleService
{
    // A proxy on this machine, such as a tunnel, brings strangers from loopback; it says so with one of these.
    private static readonly string[] s_signsOfAProxy = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "Via"];

    private volatile bool _isSafe;

    public bool Admit(HttpContext http) => _isSafe && ThisMachine.IsPeer(http) && ThisMachine.IsNamedBy(http.Request) && !Array.Exists(s_signsOfAProxy, http.Request.Headers.ContainsKey);

    /// <summary>Only now is it known where the host listens.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (addresses.Count == 0 || addresses.Any(address => !ThisMachine.IsListenedAt(address)))
            throw new InvalidOperationException(
                $"Teams:AllowAnonymousOnLoopback is set, and the bot listens at {Named(addresses)}: whoever reaches it could speak as anyone. Listen on 127.0.0.1 alone, or leave the setting out.");
        _isSafe = true;
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Named(ICollection<string> addresses) => addresses.Count == 0 ? "no known address" : string.Join(", ", addresses.Select(address => $"`{address}`"));
}
