using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;

namespace LastAccessedBot.Sandbox.Iam;

internal static class Memberships
{
    public static readonly IamOperation[] Operations =
    [
        Write("AddUserToGroup", AddUserToGroup),
        Write("RemoveUserFromGroup", RemoveUserFromGroup),
    ];

    private static void AddUserToGroup(IamCall call)
    {
        var group = call.Group();
        var user = call.User();
        if (group.Members.Contains(user.Name))
            return;
        Quotas.CheckMembership(call.State.GroupsOf(user).Count());
        group.Members.Add(user.Name);
    }

    private static void RemoveUserFromGroup(IamCall call)
    {
        var group = call.Group();
        var user = call.User();
        if (!group.Members.Remove(user.Name))
            throw AwsException.NoSuchEntity($"User {user.Name} is not in group {group.Name}.");
    }
}
