using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Sandbox.AccessAnalyzer;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>REST-JSON, where the path is the operation: IAM Access Analyzer.</summary>
internal sealed class RestJsonProtocol : WireProtocol
{
    public static readonly RestJsonProtocol Instance = new();

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string ContentType => "application/json";

    public override WireCall Read(HttpRequest request, byte[] body, string service)
    {
        var operation = AnalyzerOperation.ByPath[request.Path.Value!];
        var json = ParseObject(body, () => AwsException.Validation("Invalid JSON format in request body."));
        var (token, most) = (Query(request, "nextToken"), Query(request, "maxResults"));
        return new WireCall("access-analyzer", operation.Name, false, Logged(json), (call, _) =>
            operation.Run(new AnalyzerCall(call, operation.Name, json, token, most)).ToJsonString(Written));
    }

    public override (int Status, string Body) WriteError(AwsException error, string requestId)
    {
        var body = new JsonObject { ["message"] = error.Message };
        if (error.Code == "ValidationError")
            body["reason"] = "other";
        return (error.Code == "Throttling" ? StatusCodes.Status429TooManyRequests : error.Status, body.ToJsonString(Written));
    }

    public override string ErrorType(AwsException error) => error.Code switch
    {
        "Throttling" => "ThrottlingException",
        "ServiceFailure" => "InternalServerException",
        "ValidationError" => "ValidationException",
        _ => ExceptionOf(error),
    };

    private static string? Query(HttpRequest request, string name) => request.Query.TryGetValue(name, out var value) ? value.ToString() : null;
}
