using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace LastAccessedBot.Aws.Wire;

/// <summary>REST-JSON: Access Analyzer. An operation is a path; where a list goes on stands in the query string, all else in the body.</summary>
internal sealed class RestJsonMarshaller(AwsService service) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public const string NextToken = "nextToken";

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = (WireRequest)input;
        var request = new DefaultRequest(call, service.Id)
        {
            HttpMethod = "POST",
            ResourcePath = service.Paths![call.Operation],
            UseQueryString = true,
            Content = JsonSerializer.SerializeToUtf8Bytes(call.Parameters.Where(one => one.Name != NextToken).ToDictionary(one => one.Name, one => one.Value)),
        };
        request.Headers["Content-Type"] = "application/json";
        foreach (var (name, value) in call.Parameters.Where(one => one.Name == NextToken)) request.Parameters[name] = value;
        return request;
    }
}
