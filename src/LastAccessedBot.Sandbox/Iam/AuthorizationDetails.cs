using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>The whole account in one call: four lists under one marker.</summary>
internal static class AuthorizationDetails
{
    public static readonly IamOperation[] Operations = [Read("GetAccountAuthorizationDetails", Get)];

    private static readonly string[] Filters = ["User", "Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy"];

    private static object[] Get(IamCall call)
    {
        var asked = call.Parameters.List("Filter");
        if (asked.Except(Filters).FirstOrDefault() is { } unknown)
            throw AwsException.Validation($"Value '{unknown}' at 'filter' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", Filters)}]");
        var usage = new PolicyUsage(call.State);
        bool Wanted(string filter) => asked.Count == 0 || asked.Contains(filter);

        var items = call.State.Identities.Where(identity => Wanted(identity.Kind.ToString())).Cast<object>()
            .Concat(Wanted("LocalManagedPolicy") ? call.State.Policies.Values : [])
            .Concat(Wanted("AWSManagedPolicy") ? call.State.AwsManagedPolicies.Values.Where(policy => usage.Attachments(policy) > 0) : []);
        return call.Page(items, page => new[]
        {
            List("UserDetailList", page.OfType<User>().Select(user => Detail(call, user))),
            List("GroupDetailList", page.OfType<Group>().Select(group => Detail(call, group))),
            List("RoleDetailList", page.OfType<Role>().Select(role => Detail(call, role))),
            List("Policies", page.OfType<ManagedPolicy>().Select(policy => Detail(call, policy, usage))),
        });
    }

    private static XElement Detail(IamCall call, Identity identity) => Member(
        Element("Path", identity.Path),
        Element(identity.Kind + "Name", identity.Name),
        Element(identity.Kind + "Id", identity.Id),
        Element("Arn", identity.ArnIn(call.State.Id)),
        Element("CreateDate", call.Resolve(identity.Created)),
        List(identity.Kind + "PolicyList", identity.Inline.Select(policy =>
            Member(Element("PolicyName", policy.Key), Document("PolicyDocument", policy.Value)))),
        Shapes.AttachedPolicies("AttachedManagedPolicies", call, identity),
        identity is User user ? List("GroupList", call.State.GroupsOf(user).Select(group => Member(group.Name))) : null,
        identity is Actor actor ? Shapes.Extras(actor) : null,
        identity is not Role role ? null : new object?[]
        {
            role.TrustPolicy is null ? null : Document("AssumeRolePolicyDocument", role.TrustPolicy),
            List("InstanceProfileList", role.InstanceProfiles.Select(name => Member(Shapes.InstanceProfile(call, role, name)))),
            Shapes.RoleLastUsed(call, role),
        });

    private static XElement Detail(IamCall call, ManagedPolicy policy, PolicyUsage usage) => Member(
        Shapes.Policy(call, policy, usage),
        List("PolicyVersionList", policy.Versions.Select(version =>
            Member(Document("Document", version.Document), Shapes.Version(call, policy, version)))));
}
