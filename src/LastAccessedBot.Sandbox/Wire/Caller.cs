using System.Collections.Concurrent;
using System.Security.Cryptography;
using LastAccessedBot.Sandbox.Model;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>Who signed the request.</summary>
public sealed record Caller(string AccessKeyId, string Arn)
{
    public string AccountId => Arn.Split(':')[4];

    public string Name => Arn[(Arn.LastIndexOf('/') + 1)..];
}

/// <summary>A session that AssumeRole gave out.</summary>
public sealed record Session(string AccessKeyId, string Secret, string Token, string Arn, DateTimeOffset Expires);

/// <summary>The sessions that are alive; they end with the process.</summary>
public sealed class SessionStore
{
    private readonly ConcurrentDictionary<string, Session> sessions = new(StringComparer.Ordinal);

    public Session Open(string arn, DateTimeOffset expires)
    {
        var session = new Session(
            UniqueId.New("ASIA")[..20],
            RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 40),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(96)),
            arn,
            expires);
        return sessions[session.AccessKeyId] = session;
    }

    public Session? Find(string accessKeyId) => sessions.GetValueOrDefault(accessKeyId);
}
