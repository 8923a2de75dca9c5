using System.Collections.Frozen;
using System.Xml.Linq;
using LastAccessedBot.Sandbox.Iam;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Sts;

internal static class StsOperations
{
    public static readonly FrozenDictionary<string, IamOperation> All = new[]
    {
        Read("GetCallerIdentity", GetCallerIdentity),
        Read("AssumeRole", AssumeRole),
    }.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    private static object[] GetCallerIdentity(IamCall call)
    {
        var caller = call.Service.Caller;
        return
        [
            Element("Arn", caller.Arn),
            Element("UserId", call.State.FindIdentity(caller.Arn)?.Id ?? UniqueId.Of("AIDA", caller.Arn)),
            Element("Account", caller.AccountId),
        ];
    }

    /// <summary>
    /// Any role of the accounts whose trust policy has nothing against it, and any role name of the management account, whose IAM is not simulated.
    /// Of a trust policy the external id is looked at, and for a role of another account, whether it names the caller's.
    /// </summary>
    private static object[] AssumeRole(IamCall call)
    {
        var roleArn = call["RoleArn"];
        var sessionName = SessionName(call["RoleSessionName"]);
        var duration = TimeSpan.FromSeconds(call.Parameters.Number("DurationSeconds", 3600, 900, 43200));
        var (home, role) = call.Service.Root.Accounts.Prepend(call.Service.Root).SelectMany(account => account.Roles.Values.Select(role => (account.Id, Role: role))).FirstOrDefault(one => one.Role.ArnIn(one.Id) == roleArn);
        var managementRoles = $"arn:aws:iam::{call.Service.Root.Organization.ManagementAccountId}:role/";
        if (role is null ? !roleArn.StartsWith(managementRoles, StringComparison.Ordinal) : !Trust.Admits(role.TrustPolicy, home == call.State.Id, call.Service.Caller, call.Parameters["ExternalId"]))
            throw AwsException.AccessDenied($"User: {call.Service.Caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {roleArn}");
        var roleName = roleArn[(roleArn.LastIndexOf('/') + 1)..];
        var assumed = $"arn:aws:sts::{roleArn.Split(':')[4]}:assumed-role/{roleName}/{sessionName}";
        var session = call.Service.Sessions.Open(assumed, call.Service.Now + duration);
        return
        [
            Element("Credentials",
                Element("AccessKeyId", session.AccessKeyId),
                Element("SecretAccessKey", session.Secret),
                Element("SessionToken", session.Token),
                Element("Expiration", session.Expires)),
            Element("AssumedRoleUser",
                Element("AssumedRoleId", (role?.Id ?? UniqueId.Of(EntityKind.Role, roleArn)) + ":" + sessionName),
                Element("Arn", assumed)),
        ];
    }

    private static string SessionName(string sessionName) => sessionName.Contains('/', StringComparison.Ordinal)
        ? throw AwsException.Validation("1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*")
        : sessionName;
}
