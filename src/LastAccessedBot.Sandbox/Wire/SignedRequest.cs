using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>A request with its body read, and the parts of its Signature Version 4 header.</summary>
internal sealed record SignedRequest(HttpRequest Http, byte[] Body, string AccessKeyId, string[] Scope, string[] SignedHeaders, string Signature)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The service in the credential scope, e.g. <c>iam</c>.</summary>
    public string Service => Scope[2];

    /// <summary>The region in the credential scope, e.g. <c>us-east-1</c>.</summary>
    public string Region => Scope[1];

    public string Date => Header("x-amz-date");

    public string Token => Header("x-amz-security-token");

    public static SignedRequest? Read(HttpRequest http, byte[] body)
    {
        var authorization = http.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            return null;
        var fields = authorization[(Algorithm.Length + 1)..]
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(field => field.Split('=', 2))
            .Where(field => field.Length == 2)
            .DistinctBy(field => field[0])
            .ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
        if (!fields.TryGetValue("Credential", out var credential)
            || !fields.TryGetValue("SignedHeaders", out var headers)
            || !fields.TryGetValue("Signature", out var signature))
            return null;
        var parts = credential.Split('/');
        return parts.Length == 5 && parts[4] == "aws4_request"
            ? new SignedRequest(http, body, parts[0], parts[1..4], headers.Split(';'), signature)
            : null;
    }

    public bool IsSignedWith(string secret)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in Scope.Append("aws4_request"))
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var stringToSign = $"{Algorithm}\n{Date}\n{string.Join('/', Scope)}/aws4_request\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalRequest())))}";
        var expected = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));
        return BodyIsTheOneSigned()
            && SignedHeaders.Contains("host")
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(Signature));
    }

    private bool BodyIsTheOneSigned() => Header("x-amz-content-sha256") is "" or "UNSIGNED-PAYLOAD" || Header("x-amz-content-sha256") == BodyHash();

    private string CanonicalRequest() => string.Join('\n',
        Http.Method,
        Http.Path.ToUriComponent(),
        string.Join('&', Http.Query
            .SelectMany(parameter => parameter.Value.Select(value => Uri.EscapeDataString(parameter.Key) + "=" + Uri.EscapeDataString(value ?? "")))
            .Order(StringComparer.Ordinal)),
        string.Concat(SignedHeaders.Select(name => $"{name}:{CanonicalValue(name)}\n")),
        string.Join(';', SignedHeaders),
        Header("x-amz-content-sha256") is { Length: > 0 } declared ? declared : BodyHash());

    private string CanonicalValue(string header) => string.Join(',', Http.Headers[header]
        .Select(value => string.Join(' ', (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    private string Header(string name) => Http.Headers[name].ToString();

    private string BodyHash() => Hex(SHA256.HashData(Body));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
