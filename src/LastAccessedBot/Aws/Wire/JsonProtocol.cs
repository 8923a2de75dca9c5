using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace LastAccessedBot.Aws.Wire;

/// <summary>AWS JSON 1.1: Organizations and CloudTrail.</summary>
internal sealed class JsonMarshaller(AwsService service) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = (WireRequest)input;
        var request = new DefaultRequest(call, service.Id)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = call.Body is { } body ? JsonSerializer.SerializeToUtf8Bytes(body) : JsonSerializer.SerializeToUtf8Bytes(call.Parameters.ToDictionary(one => one.Name, one => one.Value)),
        };
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers["X-Amz-Target"] = $"{service.TargetPrefix}.{call.Operation}";
        return request;
    }
}

/// <summary>Answers of both protocols that speak JSON.</summary>
internal sealed class JsonUnmarshaller : JsonResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext context)
    {
        var body = WireBody.ReadWhole(context.Stream);
        try
        {
            if (body.Length > 0) JsonDocument.Parse(body).Dispose();
            return new WireResponse { Body = body, Date = WireBody.DateOf(context.ResponseData), ResponseMetadata = new ResponseMetadata { RequestId = RequestId(context) } };
        }
        catch (JsonException unreadable)
        {
            throw WireBody.Unreadable(unreadable);
        }
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        // REST names the error in a header, JSON 1.1 in the body.
        var (code, message) = (Header(context, "x-amzn-ErrorType")?.Split(':')[0], (string?)null);
        try
        {
            using var answer = JsonDocument.Parse(WireBody.ReadWhole(context.Stream));
            foreach (var property in answer.RootElement.EnumerateObject())
            {
                // The type may carry its model's name before a #, and the message comes in either case.
                if (property.NameEquals("__type")) code = property.Value.GetString()?.Split('#')[^1];
                if (property.Name.Equals("message", StringComparison.OrdinalIgnoreCase)) message = property.Value.GetString();
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // A proxy's page, or nothing: the status says all.
        }
        return new AmazonServiceException(message, innerException, ErrorType.Unknown, code, RequestId(context), statusCode);
    }

    protected override bool ShouldReadEntireResponse(IWebResponseData response, bool readEntireResponse) => false;

    private static string? RequestId(JsonUnmarshallerContext context) => Header(context, "x-amzn-RequestId");

    private static string? Header(JsonUnmarshallerContext context, string name) =>
        context.ResponseData.IsHeaderPresent(name) ? context.ResponseData.GetHeaderValue(name) : null;
}
