using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;
using static LastAccessedBot.Sandbox.Iam.IamOperation;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>Managed policies on users, groups and roles: the same three operations for each kind.</summary>
internal static class Attachments
{
    public static readonly IamOperation[] Operations = [.. Enum.GetValues<EntityKind>().SelectMany(kind => new[]
    {
        Read($"ListAttached{kind}Policies", call => List(call, kind)),
        Write($"Attach{kind}Policy", call => Attach(call, kind)),
        Write($"Detach{kind}Policy", call => Detach(call, kind)),
    })];

    private static object[] List(IamCall call, EntityKind kind) => call.Page(
        "AttachedPolicies",
        call.Identity(kind).Attached.Where(arn => call.UnderPath(call.State.FindPolicy(arn)!.Path)),
        arn => Shapes.AttachedPolicy(call, arn));

    /// <summary>Attaching twice is no error.</summary>
    private static void Attach(IamCall call, EntityKind kind)
    {
        var identity = call.ModifiableIdentity(kind);
        var policy = call.Policy();
        if (identity.Attached.Contains(policy.Arn))
            return;
        Quotas.CheckAttachment(identity);
        identity.Attached.Add(policy.Arn);
    }

    /// <summary>Detaching twice is one.</summary>
    private static void Detach(IamCall call, EntityKind kind)
    {
        var policy = call.Policy();
        if (!call.ModifiableIdentity(kind).Attached.Remove(policy.Arn))
            throw AwsException.NoSuchEntity($"Policy {policy.Arn} was not found.");
    }
}
