using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Tests.Surfaces.Slack.Simulated;

/// <summary>Slack's end of Socket Mode: tickets, hello, envelopes that want their acknowledgement on the same socket.</summary>
internal sealed class SocketServer(SimulatedSlack slack)
{
    public const int MostConnections = 10;

    private readonly ConcurrentDictionary<string, bool> _tickets = new();
    private readonly ConcurrentDictionary<string, (SocketLine Line, TaskCompletionSource<JsonObject> Acked)> _envelopes = new();
    private int _number;

    /// <summary>The connections that stand, the oldest first.</summary>
    public List<SocketLine> Lines { get; } = [];

    /// <summary>Acknowledgements that came on another socket than their envelope, or of no envelope.</summary>
    public int Stray { get; private set; }

    /// <summary>Every connection that ever stood, and the most at one time.</summary>
    public int Opened { get; private set; }

    /// <summary>What <c>apps.connections.open</c> is refused with; null for nothing.</summary>
    public string? Refusal { get; set; }

    public JsonObject Open(string? authorization)
    {
        if (authorization != $"Bearer {SimulatedSlack.AppToken}") return new JsonObject { ["ok"] = false, ["error"] = "invalid_auth" };
        if (Refusal is { } error) return new JsonObject { ["ok"] = false, ["error"] = error };
        var ticket = Guid.NewGuid().ToString("N");
        _tickets[ticket] = true;
        return new JsonObject { ["ok"] = true, ["url"] = $"ws://127.0.0.1:{slack.Address.Port}/link?ticket={ticket}&app_id=A0BOT" };
    }

    public async Task AcceptAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest || !_tickets.TryRemove(http.Request.Query["ticket"].ToString(), out _))
        {
            http.Response.StatusCode = 403;
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var line = new SocketLine(Interlocked.Increment(ref _number), socket);
        var isOneTooMany = slack.Change(() =>
        {
            Lines.Add(line);
            Opened++;
            return Lines.Count > MostConnections;
        });
        try
        {
            if (isOneTooMany) await line.SendAsync(new JsonObject { ["type"] = "disconnect", ["reason"] = "too_many_websockets" });
            else await line.SendAsync(new JsonObject { ["type"] = "hello", ["num_connections"] = Lines.Count, ["connection_info"] = new JsonObject { ["app_id"] = "A0BOT" }, ["debug_info"] = new JsonObject { ["approximate_connection_time"] = 18060 } });
            await ListenAsync(line, http.RequestAborted);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // The bot died or hung up.
        }
        finally
        {
            slack.Change(() => Lines.Remove(line));
            foreach (var (_, envelope) in _envelopes.Where(one => one.Value.Line == line)) envelope.Acked.TrySetCanceled();
        }
    }

    /// <summary>Delivers a payload; unacknowledged, as when the connection dies, it is delivered again on any that stands.</summary>
    /// <returns>The acknowledgement.</returns>
    public async Task<JsonObject> DeliverAsync(string type, JsonObject payload, SocketLine? over = null)
    {
        for (var attempt = 0; ; attempt++)
        {
            await slack.WhenAsync(() => Lines.Count > 0, "a Socket Mode connection stands");
            SocketLine line;
            try
            {
                line = over is not null && attempt == 0 ? over : slack.Change(() => Lines[attempt % Lines.Count]);
            }
            catch (Exception gone) when (gone is DivideByZeroException or ArgumentOutOfRangeException)
            {
                continue;
            }
            var id = Guid.NewGuid().ToString();
            var acked = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
            _envelopes[id] = (line, acked);
            try
            {
                await line.SendAsync(new JsonObject { ["type"] = type, ["envelope_id"] = id, ["payload"] = payload.DeepClone(), ["accepts_response_payload"] = type == "slash_commands" || payload["type"]?.GetValue<string>() == "view_submission", ["retry_attempt"] = attempt, ["retry_reason"] = attempt > 0 ? "timeout" : "" });
                return await acked.Task.WaitAsync(TimeSpan.FromSeconds(3));
            }
            catch (Exception failure) when (attempt < 5 && failure is WebSocketException or TimeoutException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // As Slack does: once more, wherever there is a connection.
            }
        }
    }

    private async Task ListenAsync(SocketLine line, CancellationToken aborted)
    {
        var buffer = new byte[64 * 1024];
        while (await line.Socket.ReceiveAsync(buffer, aborted) is { MessageType: WebSocketMessageType.Text } part)
        {
            var ack = JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, part.Count))!.AsObject();
            if (_envelopes.TryRemove(ack["envelope_id"]!.GetValue<string>(), out var envelope) && envelope.Line == line) envelope.Acked.TrySetResult(ack);
            else slack.Change(() => Stray++);
        }
        if (line.Socket.State == WebSocketState.CloseReceived) await line.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, aborted);
    }
}

/// <summary>One connection of the bot's.</summary>
internal sealed class SocketLine(int number, WebSocket socket)
{
    private readonly SemaphoreSlim _sending = new(1);

    /// <summary>Counts from 1 in the order of connecting.</summary>
    public int Number { get; } = number;

    public WebSocket Socket { get; } = socket;

    public async Task SendAsync(JsonObject frame)
    {
        await _sending.WaitAsync();
        try
        {
            await Socket.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    public Task DisconnectAsync(string reason) => SendAsync(new JsonObject { ["type"] = "disconnect", ["reason"] = reason });
}
