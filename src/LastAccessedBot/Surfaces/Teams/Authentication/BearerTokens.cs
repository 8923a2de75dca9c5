using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LastAccessedBot.Surfaces.Teams.Authentication;

/// <summary>What is wrong with a token; the log names it.</summary>
internal enum TokenFault
{
    None,
    NoToken,
    Malformed,
    Algorithm,
    UnknownKey,
    Signature,
    Issuer,
    Audience,
    Lifetime,

    /// <summary>Nobody knows: there are no keys to check it with.</summary>
    NoKeys,
}

/// <summary>Checks the token that a request brings, by the Bot Framework's rules; what the token must have to do with the activity is <see cref="ActivityOrigin"/>'s.</summary>
internal sealed class BearerTokens(SigningKeys keys, IOptions<TeamsOptions> options, TimeProvider time)
{
    private const string Scheme = "Bearer ", ServiceUrlClaim = "serviceurl";

    /// <summary>The Bot Framework's have little more than 1,000 characters.</summary>
    private const int LongestToken = 8 * 1024;

    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    private static readonly string[] s_algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <param name="authorization">The header's values.</param>
    /// <returns>The token, or what is wrong with it.</returns>
    public async ValueTask<(VerifiedToken? Token, TokenFault Fault)> CheckAsync(StringValues authorization, CancellationToken cancellation)
    {
        if (authorization.Count == 0) return (null, TokenFault.NoToken);
        if (authorization.Count > 1 || authorization[0] is not { Length: <= LongestToken } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return (null, TokenFault.Malformed);
        return keys.Held()?.Verified.Find(header, time.GetUtcNow()) is { } known ? (known, TokenFault.None) : await VerifyAsync(header, cancellation);
    }

    private async Task<(VerifiedToken? Token, TokenFault Fault)> VerifyAsync(string header, CancellationToken cancellation)
    {
        if (Read(header[Scheme.Length..]) is not { } token) return (null, TokenFault.Malformed);
        if (!s_algorithms.Contains(token.Alg)) return (null, TokenFault.Algorithm);
        // Without an id of its own, the bot is nobody that a token could be meant for.
        if (options.Value.AppId.Length == 0) return (null, TokenFault.Audience);
        if (await keys.WithAsync(token.Kid ?? "", cancellation) is not { } held) return (null, TokenFault.NoKeys);
        if (held.Find(token.Kid ?? "") is not { } key) return (null, TokenFault.UnknownKey);
        var outcome = await _handler.ValidateTokenAsync(token, Rules(key));
        if (!outcome.IsValid) return (null, Fault(outcome.Exception));
        var verified = new VerifiedToken(token.TryGetPayloadValue<string>(ServiceUrlClaim, out var url) ? url : "", key.Endorsements, Later(token.ValidTo, s_skew));
        held.Verified.Add(header, verified);
        return (verified, TokenFault.None);
    }

    /// <summary>null for what is no token.</summary>
    private JsonWebToken? Read(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token);
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters Rules(SigningKey key) => new()
    {
        ValidAlgorithms = s_algorithms,
        RequireSignedTokens = true,
        ValidateIssuerSigningKey = true,
        IssuerSigningKey = key.Key,
        ValidIssuer = options.Value.TokenIssuer,
        ValidAudience = options.Value.AppId,
        RequireExpirationTime = true,
        LifetimeValidator = IsAlive,
    };

    private bool IsAlive(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters rules)
    {
        var now = time.GetUtcNow();
        return until is { } end && now < Later(end, s_skew) && (from is not { } begin || begin - s_skew <= now.UtcDateTime);
    }

    /// <summary>A token may name the end of all days.</summary>
    private static DateTimeOffset Later(DateTime end, TimeSpan by) => end > DateTime.MaxValue - by ? DateTimeOffset.MaxValue : new DateTimeOffset(DateTime.SpecifyKind(end, DateTimeKind.Utc)) + by;

    private static TokenFault Fault(Exception exception) => exception switch
    {
        SecurityTokenInvalidIssuerException => TokenFault.Issuer,
        SecurityTokenInvalidAudienceException => TokenFault.Audience,
        SecurityTokenInvalidLifetimeException => TokenFault.Lifetime,
        _ => TokenFault.Signature,
    };
}
