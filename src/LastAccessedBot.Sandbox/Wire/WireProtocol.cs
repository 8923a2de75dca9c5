using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>One of AWS's two protocols that the sandbox speaks: how a call is read, and how errors are written.</summary>
internal abstract class WireProtocol
{
    public abstract string ContentType { get; }

    public static WireProtocol Of(HttpRequest request) =>
        request.Headers.ContainsKey("X-Amz-Target") ? JsonProtocol.Instance : QueryProtocol.Instance;

    public abstract WireCall Read(HttpRequest request, byte[] body, string service);

    public abstract (int Status, string Body) WriteError(AwsException error, string requestId);
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
