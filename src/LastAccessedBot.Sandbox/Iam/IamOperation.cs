using System.Collections.Frozen;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>An operation of the Query protocol: what it answers is the content of its result element; null for none.</summary>
public sealed record IamOperation(string Name, bool Writes, Func<IamCall, object?> Run)
{
    /// <summary>Every operation of IAM that the sandbox speaks.</summary>
    public static readonly FrozenDictionary<string, IamOperation> All = new[]
    {
        PolicyReads.Operations,
        PolicyWrites.Operations,
        PolicyVersions.Operations,
        IdentityReads.Operations,
        IdentityWrites.Operations,
        Attachments.Operations,
        InlinePolicies.Operations,
        Memberships.Operations,
        InstanceProfiles.Operations,
        Boundaries.Operations,
        UserCredentials.Operations,
        Tagging.Operations,
        AuthorizationDetails.Operations,
        AccessReports.Operations,
        OrganizationReports.Operations,
    }.SelectMany(operations => operations).ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    public static IamOperation Read(string name, Func<IamCall, object?> run) => new(name, false, run);

    public static IamOperation Write(string name, Func<IamCall, object?> run) => new(name, true, run);

    /// <summary>A change that answers nothing.</summary>
    public static IamOperation Write(string name, Action<IamCall> run) => new(name, true, call =>
    {
        run(call);
        return null;
    });
}
