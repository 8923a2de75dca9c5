using System.Globalization;
using System.Text;
using System.Text.Json;
using LastAccessedBot.Benchmarks.Load;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;

namespace LastAccessedBot.Benchmarks.Teams;

/// <summary>Messages as Teams sends them, each with an id of its own, all with one valid token.</summary>
internal sealed class SentMessages : IRequests
{
    private const int IdLength = 16;
    private const string NoId = "0000000000000000";

    private static long s_next = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 100;

    private readonly byte[] _template;
    private readonly int _idAt;
    private readonly long _first;
    private readonly int _count;
    private int _taken;

    /// <param name="text">What is said.</param>
    public SentMessages(Uri receiver, Uri serviceUrl, string token, string text, int count)
    {
        _count = count;
        // None has the id of one of another run: it would be known, and not stored.
        _first = Interlocked.Add(ref s_next, count) - count;
        var body = JsonSerializer.Serialize(new
        {
            type = "message",
            timestamp = "2026-11-24T09:00:00.0000000Z",
            channelId = "msteams",
            serviceUrl,
            from = new { id = "29:paulo", name = "Paulo Santos", aadObjectId = "00000000-0000-0000-0000-000000000001" },
            recipient = new { id = $"28:{SimulatedAuthority.AppId}", name = "LastAccessedBot" },
            conversation = new { id = "a:paulo", conversationType = "personal", tenantId = SimulatedAuthority.Tenant },
            text,
            textFormat = "plain",
            locale = "en-US",
            channelData = new { tenant = new { id = SimulatedAuthority.Tenant } },
            id = NoId,
        });
        var head = "POST /api/messages HTTP/1.1\r\n"
            + $"Host: {receiver.Authority}\r\nUser-Agent: Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)\r\nContent-Type: application/json; charset=utf-8\r\n"
            + $"Authorization: Bearer {token}\r\nContent-Length: {body.Length}\r\n\r\n";
        _template = Encoding.ASCII.GetBytes(head + body);
        _idAt = head.Length + body.IndexOf(NoId, StringComparison.Ordinal);
    }

    public int Length => _template.Length;

    public bool TryTake(Span<byte> request)
    {
        var number = Interlocked.Increment(ref _taken) - 1;
        if (number >= _count) return false;
        _template.CopyTo(request);
        (_first + number).TryFormat(request.Slice(_idAt, IdLength), out _, $"D{IdLength}", CultureInfo.InvariantCulture);
        return true;
    }
}
