using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>Continuation markers: opaque, and good only for the list and the caller that they were given for.</summary>
public sealed class Markers
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public string Write(string list, int offset)
    {
        var text = Encoding.ASCII.GetBytes(offset.ToString(CultureInfo.InvariantCulture));
        return Convert.ToBase64String([.. Seal(list, text), .. text]);
    }

    /// <returns>The offset; null for a marker that is not ours, or not for this list.</returns>
    public int? Read(string list, string marker)
    {
        var bytes = new byte[marker.Length];
        if (!Convert.TryFromBase64String(marker, bytes, out var length) || length <= SealLength)
            return null;
        var text = bytes[SealLength..length];
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SealLength), Seal(list, text))
            && int.TryParse(text, CultureInfo.InvariantCulture, out var offset) ? offset : null;
    }

    private const int SealLength = 12;

    private byte[] Seal(string list, byte[] text) => HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(list), 0, .. text])[..SealLength];
}

/// <summary>A piece of a list; <see cref="Next"/> is null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How the sandbox cuts lists.</summary>
public sealed record Paging(Markers Markers, int? Cap, bool EmptyFirstPage)
{
    public Page<T> Cut<T>(IEnumerable<T> all, string list, string? marker, int asked)
    {
        var items = all.ToList();
        var offset = marker is null ? 0 : Markers.Read(list, marker) ?? throw AwsException.Validation("Invalid Marker.");
        if (marker is null && EmptyFirstPage && items.Count > 0)
            return new Page<T>([], Markers.Write(list, 0));
        var page = items.Skip(offset).Take(Math.Min(asked, Cap ?? int.MaxValue)).ToList();
        var next = offset + page.Count;
        return new Page<T>(page, next < items.Count ? Markers.Write(list, next) : null);
    }
}
