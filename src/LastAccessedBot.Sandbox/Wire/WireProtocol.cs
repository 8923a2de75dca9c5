using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>One of AWS's protocols that the sandbox speaks: how a call is read, and how errors are written.</summary>
internal abstract class WireProtocol
{
    public abstract string ContentType { get; }

    public static WireProtocol Of(HttpRequest request) =>
        request.Path != "/" ? RestJsonProtocol.Instance : request.Headers.ContainsKey("X-Amz-Target") ? JsonProtocol.Instance : QueryProtocol.Instance;

    public abstract WireCall Read(HttpRequest request, byte[] body, string service);

    public abstract (int Status, string Body) WriteError(AwsException error, string requestId);

    /// <summary>What the header x-amzn-ErrorType says of an error; null where only the body names it.</summary>
    public virtual string? ErrorType(AwsException error) => null;

    /// <summary>The refusals that come before any operation, as the protocols with JSON name them.</summary>
    protected static string ExceptionOf(AwsException error) => error.Code switch
    {
        "MissingAuthenticationToken" => "MissingAuthenticationTokenException",
        "InvalidClientTokenId" => "UnrecognizedClientException",
        "SignatureDoesNotMatch" or "RequestExpired" => "InvalidSignatureException",
        "ExpiredToken" => "ExpiredTokenException",
        "AccessDenied" => "AccessDeniedException",
        var code => code,
    };

    protected static JsonElement ParseObject(byte[] body, Func<AwsException> unreadable)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object)
                return parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Answered like any other body that is no object.
        }

        throw unreadable();
    }

    /// <summary>The parameters as texts, for the log.</summary>
    protected static IReadOnlyDictionary<string, string> Logged(JsonElement json) => json.EnumerateObject()
        .DistinctBy(parameter => parameter.Name)
        .ToDictionary(parameter => parameter.Name, parameter => parameter.Value.ToString(), StringComparer.Ordinal);
}

/// <summary>A call that was read and can be carried out; running it gives the body of the answer.</summary>
internal sealed record WireCall(
    string Service,
    string Operation,
    bool Writes,
    IReadOnlyDictionary<string, string> Parameters,
    Func<ServiceCall, string, string> Run)
{
    /// <summary>As policies name it, e.g. <c>iam:DetachGroupPolicy</c>.</summary>
    public string Action => $"{Service}:{Operation}";

    /// <summary>What an AccessDenied message says the call was about.</summary>
    public string ResourceIn(string accountId)
    {
        foreach (var (parameter, kind) in new[] { ("GroupName", "group"), ("UserName", "user"), ("RoleName", "role"), ("PolicyName", "policy") })
        {
            if (Parameters.TryGetValue(parameter, out var name))
                return $"arn:aws:iam::{accountId}:{kind}/{name}";
        }

        return Parameters.GetValueOrDefault("PolicyArn") ?? Parameters.GetValueOrDefault("Arn") ?? "*";
    }
}
