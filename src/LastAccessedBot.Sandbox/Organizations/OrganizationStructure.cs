using System.Text.Json.Nodes;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Organizations.OrganizationsOperation;

namespace LastAccessedBot.Sandbox.Organizations;

internal static class OrganizationStructure
{
    public static readonly OrganizationsOperation[] Operations =
    [
        Read("DescribeOrganization", call => new JsonObject { ["Organization"] = Describe(call.Organization) }),
        Read("ListRoots", call => call.Page("Roots", [call.Organization.Root], root => Root(call, root))),
        Read("ListOrganizationalUnitsForParent", call => call.Page("OrganizationalUnits", call.Parent().Units, unit => Unit(call, unit))),
        Read("ListAccountsForParent", call => call.Page("Accounts", call.Parent().Accounts, account => Account(call, account))),
        Read("ListAccounts", call => call.Page("Accounts", call.Organization.Accounts, account => Account(call, account))),
        Read("ListParents", ListParents),
        Read("DescribeOrganizationalUnit", DescribeOrganizationalUnit),
        Read("DescribeAccount", DescribeAccount),
    ];

    private static JsonObject Describe(Organization organization) => new()
    {
        ["Id"] = organization.Id,
        ["Arn"] = $"arn:aws:organizations::{organization.ManagementAccountId}:organization/{organization.Id}",
        ["FeatureSet"] = "ALL",
        ["MasterAccountId"] = organization.ManagementAccountId,
        ["MasterAccountArn"] = $"arn:aws:organizations::{organization.ManagementAccountId}:account/{organization.Id}/{organization.ManagementAccountId}",
        ["MasterAccountEmail"] = organization.Accounts.FirstOrDefault(account => account.Id == organization.ManagementAccountId)?.Email,
    };

    private static JsonObject Root(OrganizationsCall call, OrganizationalUnit root) => new()
    {
        ["Id"] = root.Id,
        ["Arn"] = call.Organization.ArnOf(root),
        ["Name"] = root.Name,
        ["PolicyTypes"] = new JsonArray(new JsonObject { ["Type"] = "SERVICE_CONTROL_POLICY", ["Status"] = "ENABLED" }),
    };

    private static JsonObject Unit(OrganizationsCall call, OrganizationalUnit unit) => new()
    {
        ["Id"] = unit.Id,
        ["Arn"] = call.Organization.ArnOf(unit),
        ["Name"] = unit.Name,
        ["Path"] = call.Organization.EntityPathOf(unit) + "/",
    };

    private static JsonObject Account(OrganizationsCall call, OrganizationAccount account) => new()
    {
        ["Id"] = account.Id,
        ["Arn"] = call.Organization.ArnOf(account),
        ["Email"] = account.Email,
        ["Name"] = account.Name,
        ["State"] = "ACTIVE",
        ["JoinedTimestamp"] = account.Joined.Since(call.Service.LoadedAt).ToUnixTimeMilliseconds() / 1000.0,
        ["JoinedMethod"] = account.Id == call.Organization.ManagementAccountId ? "INVITED" : "CREATED",
        ["Paths"] = new JsonArray(call.Organization.EntityPathOf(account) + "/"),
    };

    private static JsonObject ListParents(OrganizationsCall call)
    {
        var child = call.Node("ChildId", "ChildNotFoundException");
        OrganizationalUnit[] parents = call.Organization.ParentOf(child.Id) is { } parent ? [parent] : [];
        return call.Page("Parents", parents, unit => new JsonObject { ["Id"] = unit.Id, ["Type"] = unit.Type });
    }

    private static JsonObject DescribeOrganizationalUnit(OrganizationsCall call) =>
        call.Node("OrganizationalUnitId", "OrganizationalUnitNotFoundException") is OrganizationalUnit { IsRoot: false } unit
            ? new JsonObject { ["OrganizationalUnit"] = Unit(call, unit) }
            : throw new AwsException("OrganizationalUnitNotFoundException", 400, "You specified an organizational unit that doesn't exist.");

    private static JsonObject DescribeAccount(OrganizationsCall call) =>
        call.Node("AccountId", "AccountNotFoundException") is OrganizationAccount account
            ? new JsonObject { ["Account"] = Account(call, account) }
            : throw new AwsException("AccountNotFoundException", 400, "You specified an account that doesn't exist.");
}
