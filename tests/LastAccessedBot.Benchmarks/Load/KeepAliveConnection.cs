using System.Diagnostics;
using System.Net.Sockets;

namespace LastAccessedBot.Benchmarks.Load;

/// <summary>One HTTP connection that sends a request as soon as the one before it is answered. It knows as little HTTP as that takes: what it costs is taken from the receiver.</summary>
internal sealed class KeepAliveConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64 * 1024];

    /// <summary>How long each answered request took, in ticks of <see cref="Stopwatch"/>.</summary>
    public List<long> Answered { get; } = new(100_000);

    /// <summary>Answers that did not say that all is well.</summary>
    public int Errors { get; private set; }

    public async Task RunAsync(Uri receiver, IRequests requests, long until)
    {
        await _socket.ConnectAsync(receiver.Host, receiver.Port);
        var request = new byte[requests.Length];
        while (Stopwatch.GetTimestamp() is var started && started < until)
        {
            if (!requests.TryTake(request)) throw new InvalidOperationException("The receiver is faster than requests were prepared for.");
            await _socket.SendAsync(request);
            if (await StatusAsync() is 200 or 202) Answered.Add(Stopwatch.GetTimestamp() - started);
            else Errors++;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> StatusAsync()
    {
        var length = 0;
        do
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length));
            if (read == 0) throw new IOException("The receiver closed a connection.");
            length += read;
        }
        while (!IsWhole(_answer.AsSpan(0, length)));
        return ((_answer[9] - '0') * 100) + ((_answer[10] - '0') * 10) + (_answer[11] - '0');
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var at = answer[..end].IndexOf("Content-Length: "u8);
        // Without a length, an answer comes in chunks, and the last one is empty.
        return at < 0 ? answer.EndsWith("0\r\n\r\n"u8) : answer.Length == end + "\r\n\r\n".Length + Number(answer[(at + "Content-Length: ".Length)..]);
    }

    private static int Number(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text[..text.IndexOf((byte)'\r')]) number = (number * 10) + (digit - '0');
        return number;
    }
}
