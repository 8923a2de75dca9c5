using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace LastAccessedBot.Surfaces.Slack.Socket;

/// <summary>How a connection came to its end.</summary>
internal enum SocketEnd
{
    /// <summary>The other side closed it, or the line is dead.</summary>
    Lost,

    /// <summary>Slack asked for another connection in its place.</summary>
    Refresh,

    /// <summary>Slack has too many connections of this app.</summary>
    TooMany,

    /// <summary>Socket Mode was switched off for the app.</summary>
    SwitchedOff,
}

/// <summary>One Socket Mode connection: frames in, acknowledgements out, on the same socket.</summary>
internal sealed partial class SocketConnection(WebSocket socket, ISlackDoor door, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Slack sends a ping about every half minute; ours are answered at once.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20), LongestSilence = TimeSpan.FromSeconds(10);

    private const int LargestFrame = 1024 * 1024, MostAtOnce = 32;
    private static readonly TimeSpan s_forTheLast = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _sending = new(1), _room = new(MostAtOnce);
    private readonly TaskCompletionSource _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _refresh = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Ends when Slack said hello; cancelled when the connection ended before.</summary>
    public Task Hello => _hello.Task;

    /// <summary>Ends when Slack asked for another connection in the place of this one, which goes on until it is closed.</summary>
    public Task RefreshAsked => _refresh.Task;

    /// <summary>Receives until the end.</summary>
    public async Task<SocketEnd> RunAsync()
    {
        try
        {
            return await ReceiveAsync(_end.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or OperationCanceledException)
        {
            if (!_end.IsCancellationRequested) LogLost(failure);
            return SocketEnd.Lost;
        }
        finally
        {
            _hello.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <summary>Takes nothing more, acknowledges what was taken, and says goodbye; all within seconds.</summary>
    public async Task CloseAsync()
    {
        _end.CancelAfter(s_forTheLast);
        try
        {
            for (var taken = 0; taken < MostAtOnce; taken++) await _room.WaitAsync(_end.Token);
            if (socket.State == WebSocketState.Open) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _end.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            LogLost(failure);
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _end.Dispose();
    }

    private async Task<SocketEnd> ReceiveAsync(CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        while (true)
        {
            buffer.ResetWrittenCount();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.GetMemory(4 * 1024), cancellation);
                buffer.Advance(part.Count);
                if (buffer.WrittenCount > LargestFrame)
                {
                    LogTooLarge();
                    return SocketEnd.Lost;
                }
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close) return _refresh.Task.IsCompleted ? SocketEnd.Refresh : SocketEnd.Lost;
            switch (SocketFrame.Read(buffer.WrittenMemory))
            {
                case SocketFrame.Hello:
                    _hello.TrySetResult();
                    break;
                case SocketFrame.Disconnect { Reason: "too_many_websockets" }:
                    return SocketEnd.TooMany;
                case SocketFrame.Disconnect { Reason: "link_disabled" or "socket_mode_disabled" }:
                    return SocketEnd.SwitchedOff;
                case SocketFrame.Disconnect:
                    _refresh.TrySetResult();
                    break;
                case SocketFrame.Envelope envelope:
                    await _room.WaitAsync(cancellation);
                    _ = AnswerAsync(envelope);
                    break;
                default:
                    LogUnread(buffer.WrittenCount);
                    break;
            }
        }
    }

    // Not the connection's token: what was taken from Slack is stored and acknowledged, even while the connection ends.
    private async Task AnswerAsync(SocketFrame.Envelope envelope)
    {
        try
        {
            var ack = envelope.Kind is { } kind ? await door.ReceiveAsync(kind, envelope.Payload, CancellationToken.None) : SlackAck.Empty;
            if (ack is SlackAck.Malformed) LogMalformed();
            var answer = new JsonObject { ["envelope_id"] = envelope.Id };
            if (envelope.TakesAnswer && ack is SlackAck.Taken { Json: { } json }) answer["payload"] = JsonNode.Parse(json);
            await SendAsync(System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString()));
        }
        catch (Exception failure)
        {
            // Without an acknowledgement, Slack delivers again, to this connection or another one.
            LogNotTaken(failure);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task SendAsync(byte[] frame)
    {
        using var patience = new CancellationTokenSource(s_forTheLast, time);
        await _sending.WaitAsync(patience.Token);
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A Socket Mode connection was lost")]
    private partial void LogLost(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A Socket Mode frame was larger than any of Slack's; the connection is given up")]
    private partial void LogTooLarge();

    [LoggerMessage(Level = LogLevel.Debug, Message = "A Socket Mode frame of {Bytes} bytes is of no known type")]
    private partial void LogUnread(int bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A Socket Mode envelope held a payload that is not Slack's")]
    private partial void LogMalformed();

    [LoggerMessage(Level = LogLevel.Error, Message = "A Socket Mode envelope could not be taken; Slack will deliver it again")]
    private partial void LogNotTaken(Exception failure);
}
