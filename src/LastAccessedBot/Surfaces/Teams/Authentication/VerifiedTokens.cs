using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LastAccessedBot.Surfaces.Teams.Authentication;

/// <summary>What a token says, after it was found to be good.</summary>
/// <param name="ServiceUrl">The service address that its holder speaks for; empty where it names none.</param>
/// <param name="Endorsements">The channels that its key may sign for.</param>
/// <param name="Until">When it is good no longer, the skew of clocks included.</param>
internal sealed record VerifiedToken(string ServiceUrl, FrozenSet<string> Endorsements, DateTimeOffset Until);

/// <summary>Tokens that were verified: Teams sends the same one for about an hour, and to verify it costs more than all the rest. The token itself is not kept.</summary>
internal sealed class VerifiedTokens
{
    /// <summary>Teams has a few at a time; where there are more than this, all of them are forgotten.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<(Int128, Int128), VerifiedToken> _byHash = new();

    /// <summary>null for a token that was not verified, or is over.</summary>
    public VerifiedToken? Find(ReadOnlySpan<char> token, DateTimeOffset now) => _byHash.TryGetValue(Hash(token), out var verified) && now < verified.Until ? verified : null;

    public void Add(ReadOnlySpan<char> token, VerifiedToken verified)
    {
        if (_byHash.Count >= Most) _byHash.Clear();
        _byHash[Hash(token)] = verified;
    }

    private static (Int128, Int128) Hash(ReadOnlySpan<char> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token), hash);
        return (BinaryPrimitives.ReadInt128LittleEndian(hash), BinaryPrimitives.ReadInt128LittleEndian(hash[16..]));
    }
}
