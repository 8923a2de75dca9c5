using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

internal static class IdentityReads
{
    public static readonly IamOperation[] Operations =
    [
        Read("ListUsers", call => List(call, "Users", call.State.Users.Values)),
        Read("ListGroups", call => List(call, "Groups", call.State.Groups.Values)),
        Read("ListRoles", call => List(call, "Roles", call.State.Roles.Values)),
        Read("GetUser", GetUser),
        Read("GetGroup", GetGroup),
        Read("GetRole", call => Element("Role", Shapes.IdentityInFull(call, call.Role()))),
        Read("ListGroupsForUser", call => call.Page("Groups", call.State.GroupsOf(call.User()), group => Member(Shapes.Identity(call, group)))),
    ];

    private static object[] List(IamCall call, string listName, IEnumerable<Identity> identities) =>
        call.Page(listName, identities.Where(identity => call.UnderPath(identity.Path)), identity => Member(Shapes.Identity(call, identity)));

    /// <summary>Without a name: the caller.</summary>
    private static XElement GetUser(IamCall call)
    {
        var user = call.Parameters["UserName"] is null && call.State.Users.TryGetValue(call.Service.Caller.Name, out var caller) ? caller : call.User();
        return Element("User", Shapes.IdentityInFull(call, user));
    }

    private static object[] GetGroup(IamCall call)
    {
        var group = call.Group();
        return
        [
            Element("Group", Shapes.Identity(call, group)),
            .. call.Page("Users", group.Members.Select(member => call.State.Users[member]), user => Member(Shapes.Identity(call, user))),
        ];
    }
}
