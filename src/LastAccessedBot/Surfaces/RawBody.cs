using System.Buffers;

namespace LastAccessedBot.Surfaces;

/// <summary>The bytes of a request's body, as they came.</summary>
internal sealed class RawBody : IDisposable
{
    private const int Usual = 16 * 1024;

    private readonly byte[] _buffer;
    private readonly int _length;

    private RawBody(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    /// <summary>Good until it is disposed of.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>null for a body of more bytes than that, of which no more are read.</summary>
    public static async Task<RawBody?> ReadAsync(HttpRequest request, int most, CancellationToken cancellation)
    {
        if (request.ContentLength > most) return null;
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? Usual) + 1);
        try
        {
            var length = 0;
            int read;
            while ((read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellation)) > 0)
            {
                length += read;
                if (length > most) return null;
                if (length == buffer.Length) buffer = Grown(buffer);
            }
            var body = new RawBody(buffer, length);
            buffer = null;
            return body;
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether the request says that its body is of this media type, whatever parameters follow.</summary>
    public static bool IsOfType(HttpRequest request, string type) =>
        request.ContentType is { } given && given.AsSpan(0, given.IndexOf(';') is >= 0 and var end ? end : given.Length).Trim().Equals(type, StringComparison.OrdinalIgnoreCase);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static byte[] Grown(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * full.Length);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
