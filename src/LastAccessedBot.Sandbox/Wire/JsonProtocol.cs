using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Sandbox.CloudTrail;
using LastAccessedBot.Sandbox.Organizations;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>JSON 1.1, with the operation in a header: AWS Organizations and CloudTrail.</summary>
internal sealed class JsonProtocol : WireProtocol
{
    public static readonly JsonProtocol Instance = new();

    private const string Target = "AWSOrganizationsV20161128.", TrailTarget = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string ContentType => "application/x-amz-json-1.1";

    public override WireCall Read(HttpRequest request, byte[] body, string service)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        if (target == TrailTarget)
        {
            var asked = ParseObject(body, () => new AwsException("SerializationException", 400, "The body is not a JSON object."));
            return new WireCall("cloudtrail", "LookupEvents", false, Logged(asked), (call, _) => EventLookup.Run(call, asked).ToJsonString(Written));
        }

        var operation = target.StartsWith(Target, StringComparison.Ordinal) ? OrganizationsOperation.All.GetValueOrDefault(target[Target.Length..]) : null;
        if (operation is null)
            throw new AwsException("UnknownOperationException", 400, $"Unknown operation {target}");
        var json = ParseObject(body, () => new AwsException("SerializationException", 400, "The body is not a JSON object."));
        return new WireCall("organizations", operation.Name, operation.Writes, Logged(json), (call, _) =>
        {
            RefuseMemberAccount(call, operation.Name);
            return operation.Run(new OrganizationsCall(call, operation.Name, json))?.ToJsonString(Written) ?? "";
        });
    }

    public override (int Status, string Body) WriteError(AwsException error, string requestId) =>
        (error.Status >= 500 ? error.Status : 400, new JsonObject { ["__type"] = CodeOf(error), ["Message"] = error.Message }.ToJsonString(Written));

    /// <summary>The same refusals have other names in this protocol.</summary>
    private static string CodeOf(AwsException error) => error.Code switch
    {
        "Throttling" => "TooManyRequestsException",
        "ServiceFailure" => "ServiceException",
        "ValidationError" => "InvalidInputException",
        _ => ExceptionOf(error),
    };

    private static void RefuseMemberAccount(ServiceCall call, string operation)
    {
        if (call.Caller.AccountId != call.State.Organization.ManagementAccountId && operation != "DescribeOrganization")
            throw AwsException.AccessDenied("You don't have permissions to access this resource.");
    }
}
