using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>Why a request is not taken for Slack's.</summary>
public enum SignatureFault { None, MissingHeader, BadTimestamp, Stale, BadSignature, NoSecret }

/// <summary>Slack's request signing, version v0: an HMAC-SHA256 over the stamp and the raw bytes of the body.</summary>
public sealed class SlackSignature(string secret, TimeProvider time)
{
    public const string TimestampHeader = "X-Slack-Request-Timestamp", SignatureHeader = "X-Slack-Signature";

    /// <summary>How far the stamp may be from this host's clock, to either side.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(300);

    private const string Version = "v0=";
    private const int HexLength = 2 * HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    /// <summary>What can be said before the body is read: a request without a fresh stamp is not worth its bytes.</summary>
    public SignatureFault CheckHeaders(IHeaderDictionary headers)
    {
        if (_key.Length == 0) return SignatureFault.NoSecret;
        if (Single(headers[TimestampHeader]) is not { } stamp || Single(headers[SignatureHeader]) is null) return SignatureFault.MissingHeader;
        if (!long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799) return SignatureFault.BadTimestamp;
        return (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Window ? SignatureFault.Stale : SignatureFault.None;
    }

    /// <summary>The whole check; compares in constant time.</summary>
    public SignatureFault Check(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        if (CheckHeaders(headers) is not SignatureFault.None and var fault) return fault;
        var given = Single(headers[SignatureHeader])!;
        if (given.Length != Version.Length + HexLength || !given.StartsWith(Version, StringComparison.Ordinal)) return SignatureFault.BadSignature;
        Span<byte> expected = stackalloc byte[HexLength];
        Sign(Single(headers[TimestampHeader])!, body, expected);
        Span<byte> said = stackalloc byte[HexLength];
        return Encoding.ASCII.TryGetBytes(given.AsSpan(Version.Length), said, out var length) && length == HexLength && CryptographicOperations.FixedTimeEquals(expected, said)
            ? SignatureFault.None
            : SignatureFault.BadSignature;
    }

    private void Sign(string stamp, ReadOnlySpan<byte> body, Span<byte> lowerHex)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Span<byte> prefix = stackalloc byte[32];
        mac.AppendData(prefix[..Encoding.ASCII.GetBytes($"v0:{stamp}:", prefix)]);
        mac.AppendData(body);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        mac.GetHashAndReset(hash);
        Convert.TryToHexStringLower(hash, lowerHex, out _);
    }

    // A header given twice is nobody's honest request.
    private static string? Single(StringValues values) => values.Count == 1 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;
}
