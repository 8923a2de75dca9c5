using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace LastAccessedBot.Aws.Wire;

/// <summary>Form parameters in, XML out: IAM.</summary>
internal sealed class QueryMarshaller(AwsService service) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = (WireRequest)input;
        var request = new DefaultRequest(call, service.Id);
        request.Parameters["Action"] = call.Operation;
        request.Parameters["Version"] = service.ApiVersion;
        foreach (var (name, value) in call.Parameters) request.Parameters[name] = value;
        return request;
    }
}

internal sealed class QueryUnmarshaller : XmlResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        var body = WireBody.ReadWhole(context.Stream);
        try
        {
            // Parsed here, inside the pipeline, so that a read whose answer was cut off is asked again.
            var requestId = body.Length == 0 ? null : Text(XmlAnswer.Parse(body), "RequestId");
            return new WireResponse { Body = body, Date = WireBody.DateOf(context.ResponseData), ResponseMetadata = new ResponseMetadata { RequestId = requestId } };
        }
        catch (XmlException unreadable)
        {
            throw WireBody.Unreadable(unreadable);
        }
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        try
        {
            var root = XmlAnswer.Parse(WireBody.ReadWhole(context.Stream));
            return new AmazonServiceException(
                Text(root, "Message"), innerException, ErrorType.Unknown, Text(root, "Code"), Text(root, "RequestId"), statusCode);
        }
        catch (XmlException)
        {
            // A proxy's page, or nothing: the status says all.
            return new AmazonServiceException(null, innerException, ErrorType.Unknown, null, null, statusCode);
        }
    }

    private static string? Text(XElement root, string name) => root.Descendants().FirstOrDefault(one => one.Name.LocalName == name)?.Value;
}
