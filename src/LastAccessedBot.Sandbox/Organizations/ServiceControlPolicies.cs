using System.Text.Json.Nodes;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Organizations.OrganizationsOperation;

namespace LastAccessedBot.Sandbox.Organizations;

/// <summary>SCPs have no versions: an update overwrites, and attaching twice is an error here.</summary>
internal static class ServiceControlPolicies
{
    private const int ContentCharacters = 10_240;
    private const int PoliciesPerTarget = 10;

    public static readonly OrganizationsOperation[] Operations =
    [
        Read("ListPolicies", ListPolicies),
        Read("DescribePolicy", call => Full(call, call.Policy())),
        Read("ListPoliciesForTarget", ListPoliciesForTarget),
        Read("ListTargetsForPolicy", ListTargetsForPolicy),
        Write("CreatePolicy", CreatePolicy),
        Write("UpdatePolicy", UpdatePolicy),
        Write("DeletePolicy", DeletePolicy),
        Write("AttachPolicy", AttachPolicy),
        Write("DetachPolicy", DetachPolicy),
    ];

    private static JsonObject ListPolicies(OrganizationsCall call)
    {
        call.RequireScpFilter("Filter");
        return call.Page("Policies", call.Organization.Policies.Values, policy => Summary(call, policy));
    }

    private static JsonObject ListPoliciesForTarget(OrganizationsCall call)
    {
        call.RequireScpFilter("Filter");
        var target = call.Node("TargetId", "TargetNotFoundException");
        return call.Page("Policies", call.Organization.AttachedTo(target.Id), policy => Summary(call, policy));
    }

    private static JsonObject ListTargetsForPolicy(OrganizationsCall call) =>
        call.Page("Targets", call.Policy().Targets.Select(id => call.Organization.Find(id)!), target => new JsonObject
        {
            ["TargetId"] = target.Id,
            ["Arn"] = call.Organization.ArnOf(target),
            ["Name"] = target.Name,
            ["Type"] = target.Type,
        });

    private static JsonObject CreatePolicy(OrganizationsCall call)
    {
        call.RequireScpFilter("Type");
        RefuseDuplicate(call, call["Name"], except: null);
        var policy = new ServiceControlPolicy
        {
            Id = "p-" + UniqueId.New("")[..10].ToLowerInvariant(),
            Name = call["Name"],
            Description = call.Text("Description") ?? "",
            Content = Content(call["Content"]),
        };
        call.Organization.Policies.Add(policy.Id, policy);
        return Full(call, policy);
    }

    private static JsonObject UpdatePolicy(OrganizationsCall call)
    {
        var policy = call.OwnPolicy();
        var name = call.Text("Name") ?? policy.Name;
        RefuseDuplicate(call, name, except: policy);
        var content = call.Text("Content") is { } text ? Content(text) : policy.Content;
        policy.Name = name;
        policy.Description = call.Text("Description") ?? policy.Description;
        policy.Content = content;
        return Full(call, policy);
    }

    private static void DeletePolicy(OrganizationsCall call)
    {
        var policy = call.OwnPolicy();
        if (policy.Targets.Count > 0)
            throw new AwsException("PolicyInUseException", 400, "The policy is attached to one or more entities. You must detach it before you delete it.");
        call.Organization.Policies.Remove(policy.Id);
    }

    private static void AttachPolicy(OrganizationsCall call)
    {
        var policy = call.Policy();
        var target = call.Node("TargetId", "TargetNotFoundException");
        if (policy.Targets.Contains(target.Id))
            throw new AwsException("DuplicatePolicyAttachmentException", 400, "A policy is already attached to the specified target.");
        if (call.Organization.AttachedTo(target.Id).Count() >= PoliciesPerTarget)
            throw Constraint("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED: You have attached the maximum number of policies of this type.");
        policy.Targets.Add(target.Id);
    }

    private static void DetachPolicy(OrganizationsCall call)
    {
        var policy = call.Policy();
        var target = call.Node("TargetId", "TargetNotFoundException");
        if (!policy.Targets.Contains(target.Id))
            throw new AwsException("PolicyNotAttachedException", 400, "The policy isn't attached to the specified target.");
        if (call.Organization.AttachedTo(target.Id).Count() == 1)
            throw Constraint("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED: You must keep at least one policy of this type attached.");
        policy.Targets.Remove(target.Id);
    }

    private static PolicyText Content(string json) => json.Length <= ContentCharacters
        ? PolicyGrammar.Scp(json)
        : throw Constraint("POLICY_CONTENT_LIMIT_EXCEEDED: The policy content is too long.");

    private static void RefuseDuplicate(OrganizationsCall call, string name, ServiceControlPolicy? except)
    {
        if (call.Organization.Policies.Values.Any(policy => policy != except && policy.Name == name))
            throw new AwsException("DuplicatePolicyException", 400, "A policy with the same name already exists.");
    }

    private static AwsException Constraint(string message) => new("ConstraintViolationException", 400, message);

    private static JsonObject Full(OrganizationsCall call, ServiceControlPolicy policy) => new()
    {
        ["Policy"] = new JsonObject { ["PolicySummary"] = Summary(call, policy), ["Content"] = policy.Content.Json },
    };

    private static JsonObject Summary(OrganizationsCall call, ServiceControlPolicy policy) => new()
    {
        ["Id"] = policy.Id,
        ["Arn"] = call.Organization.ArnOf(policy),
        ["Name"] = policy.Name,
        ["Description"] = policy.Description,
        ["Type"] = "SERVICE_CONTROL_POLICY",
        ["AwsManaged"] = policy.AwsManaged,
    };
}
