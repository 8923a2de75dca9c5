using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

internal static class IdentityWrites
{
    public static readonly IamOperation[] Operations =
    [
        Write("CreateUser", CreateUser),
        Write("CreateGroup", CreateGroup),
        Write("CreateRole", CreateRole),
        Write("DeleteUser", DeleteUser),
        Write("DeleteGroup", DeleteGroup),
        Write("DeleteRole", DeleteRole),
    ];

    private static XElement CreateUser(IamCall call)
    {
        var user = new User
        {
            Name = NewName(call, EntityKind.User),
            Path = Names.Path(call.Parameters["Path"]),
            Id = UniqueId.New(EntityKind.User),
            Created = call.Now,
            Boundary = call.Parameters["PermissionsBoundary"] is null ? null : call.Policy("PermissionsBoundary").Arn,
        };
        Tagging.Set(user.Tags, call.Parameters.Tags());
        call.State.Users.Add(user.Name, user);
        return Element("User", Shapes.IdentityInFull(call, user));
    }

    private static XElement CreateGroup(IamCall call)
    {
        var group = new Group
        {
            Name = NewName(call, EntityKind.Group),
            Path = Names.Path(call.Parameters["Path"]),
            Id = UniqueId.New(EntityKind.Group),
            Created = call.Now,
        };
        call.State.Groups.Add(group.Name, group);
        return Element("Group", Shapes.Identity(call, group));
    }

    private static XElement CreateRole(IamCall call)
    {
        var role = new Role
        {
            Name = NewName(call, EntityKind.Role),
            Path = Names.Path(call.Parameters["Path"]),
            Id = UniqueId.New(EntityKind.Role),
            Created = call.Now,
            Description = call.Parameters["Description"] ?? "",
            TrustPolicy = PolicyGrammar.Trust(call["AssumeRolePolicyDocument"]),
            MaxSessionDuration = call.Parameters.Number("MaxSessionDuration", 3600, 3600, 43200),
            Boundary = call.Parameters["PermissionsBoundary"] is null ? null : call.Policy("PermissionsBoundary").Arn,
        };
        Tagging.Set(role.Tags, call.Parameters.Tags());
        call.State.Roles.Add(role.Name, role);
        return Element("Role", Shapes.IdentityInFull(call, role));
    }

    private static void DeleteUser(IamCall call)
    {
        var user = call.User();
        RefuseWhile(user.LoginProfile is not null, "login profile");
        RefuseWhile(user.AccessKeys.Count > 0, "access keys");
        RefuseWhile(user.MfaDevices.Count > 0, "MFA devices");
        RefuseWhile(user.SshPublicKeys.Count > 0, "SSH public keys");
        RefuseWhile(user.SigningCertificates.Count > 0, "signing certificates");
        RefuseWhile(user.ServiceSpecificCredentials.Count > 0, "service-specific credentials");
        RefusePolicies(user);
        if (call.State.GroupsOf(user).Any())
            throw AwsException.DeleteConflict("Cannot delete entity, must remove users from group first.");
        call.State.Users.Remove(user.Name);
    }

    private static void DeleteGroup(IamCall call)
    {
        var group = call.Group();
        if (group.Members.Count > 0)
            throw AwsException.DeleteConflict("Cannot delete entity, must remove users from group first.");
        RefusePolicies(group);
        call.State.Groups.Remove(group.Name);
    }

    private static void DeleteRole(IamCall call)
    {
        var role = call.ModifiableRole();
        if (role.InstanceProfiles.Count > 0)
            throw AwsException.DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        RefusePolicies(role);
        call.State.Roles.Remove(role.Name);
    }

    private static string NewName(IamCall call, EntityKind kind)
    {
        var name = Names.Check(call[kind + "Name"]);
        return call.State.Find(kind, name) is null ? name : throw AwsException.EntityAlreadyExists($"{kind} with name {name} already exists.");
    }

    private static void RefusePolicies(Identity identity)
    {
        if (identity.Attached.Count > 0)
            throw AwsException.DeleteConflict("Cannot delete entity, must detach all policies first.");
        if (identity.Inline.Count > 0)
            throw AwsException.DeleteConflict("Cannot delete entity, must delete policies first.");
    }

    private static void RefuseWhile(bool present, string what)
    {
        if (present)
            throw AwsException.DeleteConflict($"Cannot delete entity, must delete {what} first.");
    }
}
