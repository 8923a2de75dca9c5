using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace LastAccessedBot.Surfaces.Teams.Authentication;

/// <summary>A key that tokens are signed with.</summary>
/// <param name="Endorsements">The channels that it may sign for, such as <c>msteams</c>.</param>
internal sealed record SigningKey(RsaSecurityKey Key, FrozenSet<string> Endorsements);

/// <summary>The keys of one fetch, and the tokens that were verified with them.</summary>
internal sealed class KeySet
{
    private readonly FrozenDictionary<string, SigningKey> _keys;

    private KeySet(FrozenDictionary<string, SigningKey> keys, long fetchedAt) => (_keys, FetchedAt) = (keys, fetchedAt);

    public int Count => _keys.Count;

    /// <summary>A timestamp of the <see cref="TimeProvider"/>'s.</summary>
    public long FetchedAt { get; }

    public VerifiedTokens Verified { get; } = new();

    /// <summary>Reads a JSON Web Key Set, of which keys that are not for RSA signatures are left out.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidDataException">There is no such key in it.</exception>
    public static KeySet Read(ReadOnlyMemory<byte> document, long fetchedAt)
    {
        using var json = JsonDocument.Parse(document);
        var keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var one in json.RootElement.Array("keys")?.EnumerateArray() ?? default)
            if (one.Text("kid") is { } id && Read(one, id) is { } key) keys.TryAdd(id, key);
        return keys.Count > 0 ? new KeySet(keys.ToFrozenDictionary(StringComparer.Ordinal), fetchedAt) : throw new InvalidDataException("the document holds no key for RSA signatures");
    }

    public SigningKey? Find(string id) => _keys.GetValueOrDefault(id);

    private static SigningKey? Read(JsonElement key, string id)
    {
        if (key.Text("kty") != "RSA" || key.Text("use") is not (null or "sig") || Number(key, "n") is not { } modulus || Number(key, "e") is not { } exponent) return null;
        var endorsements = key.Array("endorsements")?.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!) ?? [];
        return new SigningKey(new RsaSecurityKey(new RSAParameters { Modulus = modulus, Exponent = exponent }) { KeyId = id }, endorsements.ToFrozenSet(StringComparer.Ordinal));
    }

    private static byte[]? Number(JsonElement key, string name)
    {
        try
        {
            return key.Text(name) is { } text ? Base64UrlEncoder.DecodeBytes(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
