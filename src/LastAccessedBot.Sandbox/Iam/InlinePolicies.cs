using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;
using static LastAccessedBot.Sandbox.Iam.Xml;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>Inline policies of users, groups and roles: no versions, and a put overwrites silently.</summary>
internal static class InlinePolicies
{
    public static readonly IamOperation[] Operations = [.. Enum.GetValues<EntityKind>().SelectMany(kind => new[]
    {
        Read($"List{kind}Policies", call => call.Page("PolicyNames", call.Identity(kind).Inline.Keys, name => Member(name))),
        Read($"Get{kind}Policy", call => Get(call, kind)),
        Write($"Put{kind}Policy", call => Put(call, kind)),
        Write($"Delete{kind}Policy", call => Delete(call, kind)),
    })];

    private static object[] Get(IamCall call, EntityKind kind)
    {
        var identity = call.Identity(kind);
        var (name, document) = identity.Inline.FirstOrDefault(policy => policy.Key.Equals(call["PolicyName"], StringComparison.OrdinalIgnoreCase));
        return document is null ? throw Missing(call, kind) :
        [
            Element(kind + "Name", identity.Name),
            Element("PolicyName", name),
            Document("PolicyDocument", document),
        ];
    }

    private static void Put(IamCall call, EntityKind kind)
    {
        var identity = call.ModifiableIdentity(kind);
        var name = Names.Check(call["PolicyName"]);
        var document = PolicyGrammar.Identity(call["PolicyDocument"]);
        Quotas.CheckInline(identity, name, document);
        identity.Inline[name] = document;
    }

    private static void Delete(IamCall call, EntityKind kind)
    {
        if (!call.ModifiableIdentity(kind).Inline.Remove(call["PolicyName"]))
            throw Missing(call, kind);
    }

    private static AwsException Missing(IamCall call, EntityKind kind) =>
        AwsException.NoSuchEntity($"The {kind.ToString().ToLowerInvariant()} policy with name {call["PolicyName"]} cannot be found.");
}
