using System.Xml.Linq;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>What machines get their role from: a profile holds one role at most, and stays when the role leaves.</summary>
internal static class InstanceProfiles
{
    public static readonly IamOperation[] Operations =
    [
        Read("GetInstanceProfile", Get),
        Read("ListInstanceProfilesForRole", ListForRole),
        Write("AddRoleToInstanceProfile", AddRole),
        Write("RemoveRoleFromInstanceProfile", RemoveRole),
    ];

    private static XElement Get(IamCall call)
    {
        var name = Existing(call);
        return Element("InstanceProfile", Shapes.InstanceProfile(call, call.State.Roles.Values.FirstOrDefault(role => role.InstanceProfiles.Contains(name)), name));
    }

    private static object[] ListForRole(IamCall call)
    {
        var role = call.Role();
        return call.Page("InstanceProfiles", role.InstanceProfiles, name => Member(Shapes.InstanceProfile(call, role, name)));
    }

    private static void AddRole(IamCall call)
    {
        var (role, name) = (call.ModifiableRole(), Existing(call));
        if (call.State.Roles.Values.Any(other => other.InstanceProfiles.Contains(name)))
            throw AwsException.LimitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
        role.InstanceProfiles.Add(name);
    }

    private static void RemoveRole(IamCall call)
    {
        var (role, name) = (call.ModifiableRole(), Existing(call));
        if (!role.InstanceProfiles.Remove(name))
            throw AwsException.NoSuchEntity($"Role {role.Name} in Instance Profile {name} cannot be found.");
    }

    private static string Existing(IamCall call) => call.State.InstanceProfiles.Contains(call["InstanceProfileName"])
        ? call["InstanceProfileName"]
        : throw AwsException.NoSuchEntity($"Instance Profile {call["InstanceProfileName"]} cannot be found.");
}
