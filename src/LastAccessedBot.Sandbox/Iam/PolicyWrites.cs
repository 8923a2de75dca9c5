using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

internal static class PolicyWrites
{
    public static readonly IamOperation[] Operations =
    [
        Write("CreatePolicy", CreatePolicy),
        Write("DeletePolicy", DeletePolicy),
    ];

    private static XElement CreatePolicy(IamCall call)
    {
        var name = Names.Check(call["PolicyName"]);
        var document = PolicyGrammar.Identity(call["PolicyDocument"]);
        Quotas.CheckManaged(document);
        if (call.State.Policies.ContainsKey(name))
            throw AwsException.EntityAlreadyExists($"A policy called {name} already exists. Duplicate names are not allowed.");
        var path = Names.Path(call.Parameters["Path"]);
        var policy = new ManagedPolicy
        {
            Name = name,
            Arn = $"arn:aws:iam::{call.State.Id}:policy{path}{name}",
            Id = UniqueId.New("ANPA"),
            Path = path,
            Description = call.Parameters["Description"] ?? "",
            Created = call.Now,
        };
        Tagging.Set(policy.Tags, call.Parameters.Tags());
        policy.DefaultVersion = policy.Add(document, call.Now).Number;
        call.State.Policies.Add(name, policy);
        return Element("Policy", Shapes.PolicyInFull(call, policy));
    }

    private static void DeletePolicy(IamCall call)
    {
        var policy = call.CustomerPolicy();
        if (call.State.AttachedTo(policy).Any() || call.State.BoundedBy(policy).Any())
            throw AwsException.DeleteConflict("Cannot delete a policy attached to entities.");
        if (policy.Versions.Count > 1)
            throw AwsException.DeleteConflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.");
        call.State.Policies.Remove(policy.Name);
    }
}
