using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;

namespace LastAccessedBot.Sandbox.Iam;

internal static class Boundaries
{
    public static readonly IamOperation[] Operations =
    [
        Write("PutUserPermissionsBoundary", call => Put(call, call.User())),
        Write("PutRolePermissionsBoundary", call => Put(call, call.ModifiableRole())),
        Write("DeleteUserPermissionsBoundary", call => Delete(call.User())),
        Write("DeleteRolePermissionsBoundary", call => Delete(call.ModifiableRole())),
    ];

    private static void Put(IamCall call, Actor actor) => actor.Boundary = call.Policy("PermissionsBoundary").Arn;

    private static void Delete(Actor actor)
    {
        if (actor.Boundary is null)
            throw AwsException.NoSuchEntity($"{actor.Kind} {actor.Name} has no permissions boundary.");
        actor.Boundary = null;
    }
}
