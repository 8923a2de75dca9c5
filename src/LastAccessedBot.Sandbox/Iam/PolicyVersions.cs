using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

internal static class PolicyVersions
{
    public static readonly IamOperation[] Operations =
    [
        Read("ListPolicyVersions", ListPolicyVersions),
        Read("GetPolicyVersion", GetPolicyVersion),
        Write("CreatePolicyVersion", CreatePolicyVersion),
        Write("SetDefaultPolicyVersion", SetDefaultPolicyVersion),
        Write("DeletePolicyVersion", DeletePolicyVersion),
    ];

    private static object[] ListPolicyVersions(IamCall call)
    {
        var policy = call.Policy();
        return call.Page("Versions", policy.Versions.AsEnumerable().Reverse(), version => Member(Shapes.Version(call, policy, version)));
    }

    private static XElement GetPolicyVersion(IamCall call)
    {
        var policy = call.Policy();
        var version = Find(call, policy);
        return Element("PolicyVersion", Document("Document", version.Document), Shapes.Version(call, policy, version));
    }

    private static XElement CreatePolicyVersion(IamCall call)
    {
        var policy = call.CustomerPolicy();
        var document = PolicyGrammar.Identity(call["PolicyDocument"]);
        Quotas.CheckManaged(document);
        Quotas.CheckNewVersion(policy);
        var version = policy.Add(document, call.Now);
        if (call.Parameters.Flag("SetAsDefault"))
            policy.DefaultVersion = version.Number;
        return Element("PolicyVersion", Shapes.Version(call, policy, version));
    }

    private static void SetDefaultPolicyVersion(IamCall call)
    {
        var policy = call.CustomerPolicy();
        policy.DefaultVersion = Find(call, policy).Number;
    }

    private static void DeletePolicyVersion(IamCall call)
    {
        var policy = call.CustomerPolicy();
        var version = Find(call, policy);
        if (version.Number == policy.DefaultVersion)
            throw AwsException.DeleteConflict("Cannot delete the default version of a policy.");
        policy.Versions.Remove(version);
    }

    private static PolicyVersion Find(IamCall call, ManagedPolicy policy) =>
        policy.Versions.Find(version => version.Id == call["VersionId"])
        ?? throw AwsException.NoSuchEntity($"Policy {policy.Arn} version {call["VersionId"]} does not exist or is not attachable.");
}
