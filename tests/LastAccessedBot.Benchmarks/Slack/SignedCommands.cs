using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LastAccessedBot.Benchmarks.Load;

namespace LastAccessedBot.Benchmarks.Slack;

/// <summary>Slash commands as Slack sends them, each with a trigger id of its own.</summary>
internal sealed class SignedCommands : IRequests
{
    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";

    private const int TriggerLength = 24, SignatureLength = 64;
    private const string NoTrigger = "000000000000000000000000";

    private readonly byte[] _template;
    private readonly int _triggerAt, _signatureAt;
    private readonly byte[] _triggers, _signatures;
    private readonly int _count;
    private int _taken;

    /// <param name="text">What is typed after the command.</param>
    public SignedCommands(Uri receiver, Uri slack, string text, int count)
    {
        _count = count;
        var stamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = $"token=legacy&team_id={QuietSlack.Team}&team_domain=acme&channel_id=C0GENERAL&channel_name=general&user_id=U0PAULO&user_name=paulo&command=%2Funused"
            + $"&text={Uri.EscapeDataString(text)}&api_app_id=A0BOT&is_enterprise_install=false&response_url={Uri.EscapeDataString(new Uri(slack, "/respond").ToString())}&trigger_id={NoTrigger}";
        var head = "POST /slack/commands HTTP/1.1\r\n"
            + $"Host: {receiver.Authority}\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: application/json,*/*\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + $"Content-Length: {body.Length}\r\nX-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={new string('0', SignatureLength)}\r\n\r\n";
        _template = Encoding.ASCII.GetBytes(head + body);
        _triggerAt = _template.Length - TriggerLength;
        _signatureAt = head.Length - "\r\n\r\n".Length - SignatureLength;
        _triggers = new byte[count * TriggerLength];
        _signatures = new byte[count * SignatureLength];
        var run = Guid.NewGuid().ToString("N")[..8];
        var key = Encoding.UTF8.GetBytes(SigningSecret);
        var signed = Encoding.ASCII.GetBytes($"v0:{stamp}:{body}");
        Parallel.For(0, count, () => signed.ToArray(), (number, _, message) =>
        {
            var trigger = _triggers.AsSpan(number * TriggerLength, TriggerLength);
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{run}.{number:D13}.a"), trigger);
            trigger.CopyTo(message.AsSpan(message.Length - TriggerLength));
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, message)), _signatures.AsSpan(number * SignatureLength, SignatureLength));
            return message;
        }, _ => { });
    }

    public int Length => _template.Length;

    public bool TryTake(Span<byte> request)
    {
        var number = Interlocked.Increment(ref _taken) - 1;
        if (number >= _count) return false;
        _template.CopyTo(request);
        _signatures.AsSpan(number * SignatureLength, SignatureLength).CopyTo(request[_signatureAt..]);
        _triggers.AsSpan(number * TriggerLength, TriggerLength).CopyTo(request[_triggerAt..]);
        return true;
    }
}
