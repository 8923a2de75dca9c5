using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>The structures that several operations answer with. Lists carry less than Get operations, as at AWS.</summary>
internal static class Shapes
{
    public static object?[] Policy(IamCall call, ManagedPolicy policy, PolicyUsage usage) =>
    [
        Element("PolicyName", policy.Name),
        Element("PolicyId", policy.Id),
        Element("Arn", policy.Arn),
        Element("Path", policy.Path),
        Element("DefaultVersionId", policy.Default.Id),
        Element("AttachmentCount", usage.Attachments(policy)),
        Element("PermissionsBoundaryUsageCount", usage.Boundaries(policy)),
        Element("IsAttachable", true),
        Element("CreateDate", call.Resolve(policy.Created)),
        Element("UpdateDate", policy.Versions.Max(version => call.Resolve(version.Created))),
    ];

    public static object?[] PolicyInFull(IamCall call, ManagedPolicy policy) =>
    [
        .. Policy(call, policy, new PolicyUsage(call.State)),
        policy.Description.Length > 0 ? Element("Description", policy.Description) : null,
        policy.Tags.Count > 0 ? Tags(policy.Tags) : null,
    ];

    public static object?[] Version(IamCall call, ManagedPolicy policy, PolicyVersion version) =>
    [
        Element("VersionId", version.Id),
        Element("IsDefaultVersion", version.Number == policy.DefaultVersion),
        Element("CreateDate", call.Resolve(version.Created)),
    ];

    public static object?[] Identity(IamCall call, Identity identity) =>
    [
        Element("Path", identity.Path),
        Element(identity.Kind + "Name", identity.Name),
        Element(identity.Kind + "Id", identity.Id),
        Element("Arn", identity.ArnIn(call.State.Id)),
        Element("CreateDate", call.Resolve(identity.Created)),
        identity is User { PasswordLastUsed: { } used } ? Element("PasswordLastUsed", call.Resolve(used)) : null,
        identity is Role role ? RoleBasics(role) : null,
    ];

    public static object?[] IdentityInFull(IamCall call, Identity identity) =>
    [
        .. Identity(call, identity),
        .. identity is Actor actor ? Extras(actor) : [],
        identity is Role role ? RoleLastUsed(call, role) : null,
    ];

    public static XElement AttachedPolicies(string listName, IamCall call, Identity identity) =>
        List(listName, identity.Attached.Select(arn => AttachedPolicy(call, arn)));

    public static XElement AttachedPolicy(IamCall call, string arn) =>
        Member(Element("PolicyName", call.State.FindPolicy(arn)!.Name), Element("PolicyArn", arn));

    /// <param name="role">The role that the profile holds; null for none.</param>
    public static object?[] InstanceProfile(IamCall call, Role? role, string name) =>
    [
        Element("InstanceProfileName", name),
        Element("InstanceProfileId", UniqueId.Of("AIPA", name)),
        Element("Arn", $"arn:aws:iam::{call.State.Id}:instance-profile/{name}"),
        Element("Path", "/"),
        Element("CreateDate", call.Resolve(When.DaysAgo(420))),
        List("Roles", role is null ? [] : [Member(Identity(call, role))]),
    ];

    public static object?[] Extras(Actor actor) =>
    [
        actor.Boundary is null ? null : Element("PermissionsBoundary",
            Element("PermissionsBoundaryType", "Policy"),
            Element("PermissionsBoundaryArn", actor.Boundary)),
        actor.Tags.Count > 0 ? Tags(actor.Tags) : null,
    ];

    public static XElement RoleLastUsed(IamCall call, Role role) => role.Used.Count == 0
        ? Element("RoleLastUsed")
        : Element("RoleLastUsed",
            Element("LastUsedDate", role.Used.Values.Max(call.Resolve)),
            Element("Region", "us-east-1"));

    private static object?[] RoleBasics(Role role) =>
    [
        role.TrustPolicy is null ? null : Document("AssumeRolePolicyDocument", role.TrustPolicy),
        role.Description.Length > 0 ? Element("Description", role.Description) : null,
        Element("MaxSessionDuration", role.MaxSessionDuration),
    ];
}
