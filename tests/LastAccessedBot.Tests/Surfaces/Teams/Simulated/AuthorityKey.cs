using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LastAccessedBot.Tests.Surfaces.Teams.Simulated;

/// <summary>A key of the authority's, and the channels that it is endorsed for.</summary>
internal sealed class AuthorityKey(params string[] endorsements) : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>As the keys document shows it.</summary>
    public JsonObject Published
    {
        get
        {
            var numbers = _rsa.ExportParameters(includePrivateParameters: false);
            var shown = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Id, ["x5t"] = Id, ["n"] = TokenDraft.Encode(numbers.Modulus!), ["e"] = TokenDraft.Encode(numbers.Exponent!) };
            if (endorsements.Length > 0) shown["endorsements"] = new JsonArray([.. endorsements.Select(channel => JsonValue.Create(channel))]);
            return shown;
        }
    }

    public byte[] Sign(string text, string algorithm) => algorithm switch
    {
        "RS256" => _rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "RS384" => _rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        "RS512" => _rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        "PS256" => _rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        // What a forger does who has read the keys document: its public half as the secret of a symmetric algorithm.
        "HS256" => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(text)),
        "none" => [],
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "no algorithm of the test's"),
    };

    public void Dispose() => _rsa.Dispose();
}

/// <summary>A token before it is signed: right as it stands, and wrong in any way that a test likes.</summary>
internal sealed record TokenDraft(AuthorityKey Key, DateTimeOffset From, DateTimeOffset Until)
{
    public string? Kid { get; init; } = Key.Id;

    public string Algorithm { get; init; } = "RS256";

    public string? Issuer { get; init; } = SimulatedAuthority.Issuer;

    public string? Audience { get; init; } = SimulatedAuthority.AppId;

    public string? ServiceUrl { get; init; } = SimulatedAuthority.ServiceUrl;

    public bool HasExpiry { get; init; } = true;

    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public string Signed()
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = Algorithm };
        if (Kid is not null) header["kid"] = Kid;
        var claims = new JsonObject { ["nbf"] = From.ToUnixTimeSeconds() };
        if (HasExpiry) claims["exp"] = Until.ToUnixTimeSeconds();
        if (Issuer is not null) claims["iss"] = Issuer;
        if (Audience is not null) claims["aud"] = Audience;
        if (ServiceUrl is not null) claims["serviceurl"] = ServiceUrl;
        var text = $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{text}.{Encode(Key.Sign(text, Algorithm))}";
    }
}
