using System.Net.WebSockets;
using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack.Socket;

/// <summary>
/// Slack without a public address: two connections that the bot opens, begun some seconds apart so that Slack never refreshes both at once.
/// Away or throttling, Slack is asked again ever more slowly; told that the settings are wrong, the bot stops asking and says so.
/// </summary>
internal sealed partial class SocketMode(SlackClient client, ISlackDoor door, IOptions<SlackOptions> options, TimeProvider time, ILogger<SocketMode> log) : BackgroundService, IHealthCheck
{
    public const int Connections = 2;
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1), s_longest = TimeSpan.FromSeconds(30), s_forHello = TimeSpan.FromSeconds(15);

    private int _connected;

    /// <summary>How many connections stand.</summary>
    public int Connected => Volatile.Read(ref _connected);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Connected switch
    {
        0 => HealthCheckResult.Unhealthy("No Socket Mode connection stands: Slack's commands and presses do not arrive."),
        < Connections => HealthCheckResult.Degraded("One Socket Mode connection stands."),
        _ => HealthCheckResult.Healthy(),
    });

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Connections).Select(number => KeepAsync(number, stoppingToken)));

    /// <summary>Keeps one connection standing.</summary>
    private async Task KeepAsync(int number, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(Apart * number, time, stopping);
            var pause = TimeSpan.Zero;
            while (true)
            {
                if (pause > TimeSpan.Zero) await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, stopping);
                var began = time.GetTimestamp();
                var end = await TryAsync(stopping);
                if (end is null) return;
                if (end is SocketEnd.SwitchedOff)
                {
                    LogSwitchedOff();
                    return;
                }
                stopping.ThrowIfCancellationRequested();
                // A connection that stood for a while was no failure: the next one is not kept waiting for those before it.
                pause = end is SocketEnd.TooMany ? s_longest
                    : pause == TimeSpan.Zero || time.GetElapsedTime(began) > s_longest ? s_first
                    : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, s_longest.Ticks));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <returns>null when asking again is of no use.</returns>
    private async Task<SocketEnd?> TryAsync(CancellationToken stopping)
    {
        try
        {
            return await ConnectAsync(stopping);
        }
        catch (SlackRefusedException refused) when (refused.Error is not ("internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "ratelimited"))
        {
            LogRefused(refused, refused.Error);
            return null;
        }
        catch (Exception failure) when (failure is SlackRefusedException or SlackUnreachableException or WebSocketException or IOException or TimeoutException)
        {
            LogAway(failure);
            return SocketEnd.Lost;
        }
    }

    private async Task<SocketEnd> ConnectAsync(CancellationToken stopping)
    {
        var (connection, run) = await OpenAsync(stopping);
        while (true)
        {
            await Task.WhenAny(run, connection.RefreshAsked);
            if (run.IsCompleted) return await run;
            try
            {
                // The new connection stands before the old one goes: no moment without one.
                var next = await OpenAsync(stopping);
                await connection.CloseAsync();
                await run;
                (connection, run) = next;
            }
            catch (Exception failure) when (failure is SlackRefusedException or SlackUnreachableException or WebSocketException or IOException or TimeoutException)
            {
                LogAway(failure);
                return await run;
            }
        }
    }

    /// <summary>Opens a connection and waits for Slack's hello.</summary>
    private async Task<(SocketConnection Connection, Task<SocketEnd> Run)> OpenAsync(CancellationToken stopping)
    {
        var answer = await client.CallAsync(SlackMethod.OpenSocket, options.Value.AppToken, "", new JsonObject(), stopping);
        if (!Uri.TryCreate(answer.Text("url"), UriKind.Absolute, out var address) || address.Scheme is not ("wss" or "ws"))
            throw new SlackRefusedException(SlackMethod.OpenSocket.Name, "no address in the answer", []);
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = SocketConnection.KeepAlive;
        socket.Options.KeepAliveTimeout = SocketConnection.LongestSilence;
        try
        {
            await socket.ConnectAsync(address, stopping);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        var connection = new SocketConnection(socket, door, time, log);
        var run = RunAsync(connection, stopping);
        await Task.WhenAny(connection.Hello, Task.Delay(s_forHello, time, stopping));
        if (connection.Hello.IsCompletedSuccessfully) return (connection, run);
        await connection.CloseAsync();
        await run;
        throw new TimeoutException("Slack said no hello");
    }

    private async Task<SocketEnd> RunAsync(SocketConnection connection, CancellationToken stopping)
    {
        Interlocked.Increment(ref _connected);
        try
        {
            using (connection)
            {
                await using var goodbye = stopping.Register(() => _ = connection.CloseAsync());
                return await connection.RunAsync();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _connected);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Slack refuses Socket Mode: {Error}. Check Slack:AppToken (an app-level token with connections:write) and that Socket Mode is on; then start again")]
    private partial void LogRefused(Exception refused, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Socket Mode was switched off for the app. Switch it on in the app's settings and start again")]
    private partial void LogSwitchedOff();

    [LoggerMessage(Level = LogLevel.Warning, Message = "No Socket Mode connection; trying again")]
    private partial void LogAway(Exception failure);
}
