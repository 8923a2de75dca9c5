using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LastAccessedBot.Core.Audit;

/// <summary>The last entry of a record, by its number and its hash: whoever noted it can tell later that nothing up to it was changed.</summary>
public sealed record ChainHead(long Number, string Hash)
{
    /// <summary>Of a record without entries.</summary>
    public static ChainHead Start { get; } = new(0, new string('0', 64));

    /// <summary><c>NUMBER:HASH</c>, as people note it.</summary>
    public override string ToString() => $"{Number}:{Hash}";

    public static ChainHead? Parse(string text) =>
        text.Split(':') is [var number, { Length: 64 } hash] && long.TryParse(number, out var parsed) && hash.All(char.IsAsciiHexDigitLower) ? new ChainHead(parsed, hash) : null;
}

/// <summary>An entry at its place: numbers are consecutive, and each hash covers the one before it.</summary>
/// <param name="Hash">SHA-256 in lower-case hexadecimal digits.</param>
public sealed record ChainedEntry(long Number, AuditEntry Entry, string Previous, string Hash)
{
    public ChainHead Head => new(Number, Hash);
}

/// <summary>How entries are chained, so that none can be changed, taken out, put in or moved without the rest telling.</summary>
public static class AuditChain
{
    public static ChainedEntry Append(ChainHead head, AuditEntry entry) => new(head.Number + 1, entry, head.Hash, Hash(head.Number + 1, head.Hash, entry));

    /// <summary>SHA-256 over the number, the hash before, and the fields in their order, each with its length before it: no two records have the same bytes.</summary>
    public static string Hash(long number, string previous, AuditEntry entry)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[8];
        Add(size, number);
        Text(size, previous);
        Add(size, entry.At.UtcTicks);
        foreach (var field in (ReadOnlySpan<string?>)[entry.Actor, entry.Event, entry.ReviewId, entry.ProposalId, entry.Subject, entry.Detail, entry.Facts]) Text(size, field);
        return Convert.ToHexStringLower(sha.GetHashAndReset());

        void Add(Span<byte> into, long value)
        {
            BinaryPrimitives.WriteInt64BigEndian(into, value);
            sha.AppendData(into);
        }

        void Text(Span<byte> into, string? field)
        {
            var bytes = field is null ? null : Encoding.UTF8.GetBytes(field);
            Add(into, bytes?.Length ?? -1);
            if (bytes is not null) sha.AppendData(bytes);
        }
    }
}
