using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Reports;
using LastAccessedBot.Sandbox.Services;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>The organization's service access report, for the management account alone.</summary>
internal static class OrganizationReports
{
    public static readonly IamOperation[] Operations =
    [
        Read("GenerateOrganizationsAccessReport", Generate),
        Read("GetOrganizationsAccessReport", Get),
    ];

    private static XElement Generate(IamCall call)
    {
        OnlyManagement(call);
        var organization = call.State.Organization;
        var path = call["EntityPath"];
        var subject = organization.Nodes.FirstOrDefault(node => organization.EntityPathOf(node) == path)
            ?? throw AwsException.InvalidInput($"The entity path {path} is not valid.");
        var policyId = call.Parameters["OrganizationsPolicyId"];
        var policy = policyId is null ? null : organization.Policies.GetValueOrDefault(policyId)
            ?? throw AwsException.InvalidInput($"The policy {policyId} does not exist.");
        var report = new OrganizationReport(organization, call.Service.LoadedAt, call.Service.Now, ServiceCatalog.Default).Of(subject, policy);
        return AccessReports.Start(call, path, actionLevel: false, new ReportOutcome.OrganizationServices(report));
    }

    private static object[] Get(IamCall call)
    {
        OnlyManagement(call);
        var job = call.Service.Jobs.Find(call.Service.Caller, call["JobId"]);
        var sortKey = call.Parameters.OneOf("SortKey", "SERVICE_NAMESPACE_ASCENDING",
            "SERVICE_NAMESPACE_ASCENDING", "SERVICE_NAMESPACE_DESCENDING", "LAST_AUTHENTICATED_TIME_ASCENDING", "LAST_AUTHENTICATED_TIME_DESCENDING");
        var services = job.ResultAt<ReportOutcome.OrganizationServices>(call.Service.Now)?.Accesses ?? [];
        return
        [
            .. AccessReports.Status(call, job, "ErrorDetails"),
            Element("NumberOfServicesAccessible", services.Count),
            Element("NumberOfServicesNotAccessed", services.Count(service => service.Last is null)),
            .. call.Page("AccessDetails", Sorted(services, sortKey), service => Member(
                Element("ServiceName", service.Name),
                Element("ServiceNamespace", service.Namespace),
                service.Last is not { } last ? null : new object[]
                {
                    Element("Region", "us-east-1"),
                    Element("EntityPath", service.EntityPath!),
                    Element("LastAuthenticatedTime", last),
                },
                Element("TotalAuthenticatedEntities", service.Accounts))),
        ];
    }

    private static IEnumerable<OrganizationServiceAccess> Sorted(IReadOnlyList<OrganizationServiceAccess> services, string sortKey) => sortKey switch
    {
        "SERVICE_NAMESPACE_DESCENDING" => services.OrderByDescending(service => service.Namespace, StringComparer.Ordinal),
        "LAST_AUTHENTICATED_TIME_ASCENDING" => services.OrderBy(service => service.Last),
        "LAST_AUTHENTICATED_TIME_DESCENDING" => services.OrderByDescending(service => service.Last),
        _ => services,
    };

    private static void OnlyManagement(IamCall call)
    {
        if (call.Service.Caller.AccountId != call.State.Organization.ManagementAccountId)
            throw AwsException.AccessDenied($"User: {call.Service.Caller.Arn} is not authorized to perform: iam:{call.Operation}. Only the organization's management account may.");
    }
}
