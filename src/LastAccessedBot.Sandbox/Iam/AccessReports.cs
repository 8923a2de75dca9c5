using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Reports;
using LastAccessedBot.Sandbox.Services;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>Service last accessed details: ask for a report, poll the job, read the pages.</summary>
internal static class AccessReports
{
    public static readonly IamOperation[] Operations =
    [
        Read("GenerateServiceLastAccessedDetails", Generate),
        Read("GetServiceLastAccessedDetails", Get),
        Read("GetServiceLastAccessedDetailsWithEntities", GetWithEntities),
        Read("ListPoliciesGrantingServiceAccess", ListPoliciesGrantingServiceAccess),
    ];

    private static XElement Generate(IamCall call)
    {
        var arn = call["Arn"];
        if (!arn.StartsWith("arn:aws:iam::", StringComparison.Ordinal))
            throw AwsException.InvalidInput($"ARN {arn} is not valid.");
        var actionLevel = call.Parameters.OneOf("Granularity", "SERVICE_LEVEL", "SERVICE_LEVEL", "ACTION_LEVEL") == "ACTION_LEVEL";
        var report = new AccessReport(call.State, call.Service.LoadedAt, call.Service.Now, ServiceCatalog.Default).Of(arn, actionLevel)
            ?? throw AwsException.NoSuchEntity($"ARN {arn} does not exist.");
        return Start(call, arn, actionLevel, new ReportOutcome.Services(report));
    }

    internal static XElement Start(IamCall call, string subject, bool actionLevel, ReportOutcome outcome)
    {
        var failing = call.Service.Faults.FailingReports;
        var failure = failing.GetValueOrDefault(subject) ?? (actionLevel ? failing.GetValueOrDefault($"ACTION_LEVEL {subject}") : null);
        var job = call.Service.Jobs.Start(call.Service.Caller, call.Service.Now, actionLevel,
            failure is null ? outcome : new ReportOutcome.Failed(failure.Code, failure.Message));
        return Element("JobId", job.Id);
    }

    private static object[] Get(IamCall call)
    {
        var job = call.Service.Jobs.Find(call.Service.Caller, call["JobId"]);
        var services = job.ResultAt<ReportOutcome.Services>(call.Service.Now)?.Accesses ?? [];
        return
        [
            .. Status(call, job, "Error"),
            Element("JobType", job.ActionLevel ? "ACTION_LEVEL" : "SERVICE_LEVEL"),
            .. call.Page("ServicesLastAccessed", services, service => Member(
                Element("ServiceName", service.Name),
                Element("ServiceNamespace", service.Namespace),
                service.Attempts.Count == 0 ? null : Last(call, service.Attempts[0]),
                Element("TotalAuthenticatedEntities", service.Attempts.Count),
                service.TrackedActions.Count == 0 ? null : List("TrackedActionsLastAccessed", service.TrackedActions.Select(action => Action(call, action))))),
        ];
    }

    private static object[] GetWithEntities(IamCall call)
    {
        var job = call.Service.Jobs.Find(call.Service.Caller, call["JobId"]);
        var service = call["ServiceNamespace"];
        var attempts = job.ResultAt<ReportOutcome.Services>(call.Service.Now)?.Accesses
            .FirstOrDefault(access => access.Namespace == service)?.Attempts ?? [];
        return
        [
            .. Status(call, job, "Error"),
            .. call.Page("EntityDetailsList", attempts, attempt => Member(
                Element("EntityInfo",
                    Element("Arn", attempt.By.ArnIn(call.State.Id)),
                    Element("Name", attempt.By.Name),
                    Element("Type", attempt.By.Kind.ToString().ToUpperInvariant()),
                    Element("Id", attempt.By.Id),
                    Element("Path", attempt.By.Path)),
                Element("LastAuthenticated", attempt.At))),
        ];
    }

    internal static object[] Status(IamCall call, ReportJob job, string errorElement)
    {
        var status = job.StatusAt(call.Service.Now);
        List<object> elements = [Element("JobStatus", status), Element("JobCreationDate", job.Created)];
        if (status != "IN_PROGRESS")
            elements.Add(Element("JobCompletionDate", job.Completed));
        if (status == "FAILED" && job.Outcome is ReportOutcome.Failed failed)
            elements.Add(Element(errorElement, Element("Code", failed.Code), Element("Message", failed.Message)));
        return [.. elements];
    }

    private static object[] Last(IamCall call, Attempt attempt) =>
    [
        Element("LastAuthenticated", attempt.At),
        Element("LastAuthenticatedEntity", attempt.By.ArnIn(call.State.Id)),
        Element("LastAuthenticatedRegion", "us-east-1"),
    ];

    private static XElement Action(IamCall call, ActionAccess action) => Member(
        Element("ActionName", action.Name),
        action.Last is not { } last ? null : new object[]
        {
            Element("LastAccessedEntity", last.By.ArnIn(call.State.Id)),
            Element("LastAccessedTime", last.At),
            Element("LastAccessedRegion", "us-east-1"),
        });

    private static object[] ListPoliciesGrantingServiceAccess(IamCall call)
    {
        var identity = call.State.FindIdentity(call["Arn"]) ?? throw AwsException.NoSuchEntity($"ARN {call["Arn"]} does not exist.");
        Identity[] holders = identity is User user ? [user, .. call.State.GroupsOf(user)] : [identity];
        return call.Page("PoliciesGrantingServiceAccess", call.Parameters.List("ServiceNamespaces"), service => Member(
            Element("ServiceNamespace", service),
            List("Policies", holders.SelectMany(holder => Granting(call, holder, service)).DistinctBy(policy => policy.ToString()))));
    }

    private static IEnumerable<XElement> Granting(IamCall call, Identity holder, string service) =>
        holder.Attached.Select(arn => call.State.FindPolicy(arn)!)
            .Where(policy => policy.Default.Document.Document.GrantsService(service))
            .Select(policy => Member(
                Element("PolicyName", policy.Name),
                Element("PolicyType", "MANAGED"),
                Element("PolicyArn", policy.Arn)))
            .Concat(holder.Inline.Where(policy => policy.Value.Document.GrantsService(service)).Select(policy => Member(
                Element("PolicyName", policy.Key),
                Element("PolicyType", "INLINE"),
                Element("EntityType", holder.Kind.ToString().ToUpperInvariant()),
                Element("EntityName", holder.Name))));
}
