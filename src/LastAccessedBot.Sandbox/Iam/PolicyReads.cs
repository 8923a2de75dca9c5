using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

internal static class PolicyReads
{
    public static readonly IamOperation[] Operations =
    [
        Read("ListPolicies", ListPolicies),
        Read("GetPolicy", call => Element("Policy", Shapes.PolicyInFull(call, call.Policy()))),
        Read("ListEntitiesForPolicy", ListEntitiesForPolicy),
        Read("ListPolicyTags", call => call.Page("Tags", call.Policy().Tags, tag => Member(Element("Key", tag.Key), Element("Value", tag.Value)))),
    ];

    private static object[] ListPolicies(IamCall call)
    {
        var scope = call.Parameters.OneOf("Scope", "All", "All", "AWS", "Local");
        var filter = call.Parameters.OneOf("PolicyUsageFilter", "", "PermissionsPolicy", "PermissionsBoundary");
        var usage = new PolicyUsage(call.State);
        var onlyAttached = call.Parameters.Flag("OnlyAttached");
        var policies = (scope == "AWS" ? [] : call.State.Policies.Values.AsEnumerable())
            .Concat(scope == "Local" ? [] : call.State.AwsManagedPolicies.Values)
            .Where(policy => call.UnderPath(policy.Path))
            .Where(policy => (!onlyAttached && filter.Length == 0) || usage.IsUsed(policy, filter));
        return call.Page("Policies", policies, policy => Member(Shapes.Policy(call, policy, usage)));
    }

    /// <summary>Three lists under one marker: a page may end inside any of them.</summary>
    private static object[] ListEntitiesForPolicy(IamCall call)
    {
        var policy = call.Policy();
        var usage = call.Parameters.OneOf("PolicyUsageFilter", "", "PermissionsPolicy", "PermissionsBoundary");
        var filter = call.Parameters.OneOf("EntityFilter", "", "User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy");
        var entities = (usage == "PermissionsBoundary" ? [] : call.State.AttachedTo(policy))
            .Concat(usage == "PermissionsPolicy" ? [] : call.State.BoundedBy(policy))
            .Distinct()
            .Where(entity => filter.Length == 0 || entity.Kind.ToString() == filter)
            .Where(entity => call.UnderPath(entity.Path));
        return call.Page(entities, page => new[] { EntityKind.Group, EntityKind.User, EntityKind.Role }.Select(kind => List(
            $"Policy{kind}s",
            page.Where(entity => entity.Kind == kind).Select(Entity))));
    }

    private static XElement Entity(Identity entity) =>
        Member(Element(entity.Kind + "Name", entity.Name), Element(entity.Kind + "Id", entity.Id));
}
