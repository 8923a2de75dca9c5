using System.Text;
using System.Xml.Linq;
using LastAccessedBot.Sandbox.Iam;
using LastAccessedBot.Sandbox.Sts;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Sandbox.Wire;

/// <summary>A form goes in, XML comes out: IAM and STS.</summary>
internal sealed class QueryProtocol : WireProtocol
{
    public static readonly QueryProtocol Instance = new();

    private static readonly XNamespace Iam = "https://iam.amazonaws.com/doc/2010-05-08/";
    private static readonly XNamespace Sts = "https://sts.amazonaws.com/doc/2011-06-15/";

    public override string ContentType => "text/xml";

    public override WireCall Read(HttpRequest request, byte[] body, string service)
    {
        var parameters = QueryParameters.Parse(Encoding.UTF8.GetString(body));
        var name = parameters["Action"] ?? throw new AwsException("MissingAction", 400, "The request must contain the parameter Action.");
        var operation = (service == "sts" ? StsOperations.All : IamOperation.All).GetValueOrDefault(name)
            ?? throw new AwsException("InvalidAction", 400, $"Could not find operation {name} for version {parameters["Version"]}");
        var xmlNamespace = service == "sts" ? Sts : Iam;
        return new WireCall(service, name, operation.Writes, parameters.All, (call, requestId) =>
        {
            if (service == "iam")
                RefuseManagementAccount(call, name);
            var result = operation.Run(new IamCall(call, name, parameters));
            return Write(xmlNamespace, new XElement(name + "Response",
                result is null ? null : new XElement(name + "Result", result),
                new XElement("ResponseMetadata", new XElement("RequestId", requestId))));
        });
    }

    public override (int Status, string Body) WriteError(AwsException error, string requestId) => (error.Status, Write(Iam, new XElement("ErrorResponse",
        new XElement("Error",
            new XElement("Type", error.Status >= 500 ? "Receiver" : "Sender"),
            new XElement("Code", error.Code),
            new XElement("Message", error.Message)),
        new XElement("RequestId", requestId))));

    private static string Write(XNamespace xmlNamespace, XElement root)
    {
        foreach (var element in root.DescendantsAndSelf())
            element.Name = xmlNamespace + element.Name.LocalName;
        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static void RefuseManagementAccount(ServiceCall call, string operation)
    {
        if (call.Caller.AccountId != call.State.Id && !operation.EndsWith("OrganizationsAccessReport", StringComparison.Ordinal))
            throw AwsException.AccessDenied($"User: {call.Caller.Arn} is not authorized to perform: iam:{operation}. The sandbox simulates the IAM of {call.State.Id} alone.");
    }
}
