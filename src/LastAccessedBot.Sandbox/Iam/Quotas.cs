using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>IAM's limits. Documents are counted without white space.</summary>
internal static class Quotas
{
    private const int ManagedPolicyCharacters = 6144;
    private const int VersionsPerPolicy = 5;
    private const int GroupsPerUser = 10;
    private const int TagsPerEntity = 50;

    public static void CheckManaged(PolicyText document) => Check(Characters(document) <= ManagedPolicyCharacters, "PolicySize", ManagedPolicyCharacters);

    public static void CheckNewVersion(ManagedPolicy policy)
    {
        if (policy.Versions.Count >= VersionsPerPolicy)
        {
            throw AwsException.LimitExceeded(
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.");
        }
    }

    /// <summary>The quota holds for the sum of the entity's inline policies.</summary>
    public static void CheckInline(Identity identity, string policyName, PolicyText document)
    {
        var most = identity.Kind switch { EntityKind.User => 2048, EntityKind.Group => 5120, _ => 10240 };
        var others = identity.Inline
            .Where(policy => !policy.Key.Equals(policyName, StringComparison.OrdinalIgnoreCase))
            .Sum(policy => Characters(policy.Value));
        if (others + Characters(document) > most)
            throw AwsException.LimitExceeded($"Maximum policy size of {most} bytes exceeded for {identity.Kind.ToString().ToLowerInvariant()} {identity.Name}");
    }

    public static void CheckAttachment(Identity identity) =>
        Check(identity.Attached.Count < (identity.Kind == EntityKind.Group ? 10 : 20), $"PoliciesPer{identity.Kind}", identity.Kind == EntityKind.Group ? 10 : 20);

    public static void CheckMembership(int groups) => Check(groups < GroupsPerUser, "GroupsPerUser", GroupsPerUser);

    public static void CheckTags(int tags) => Check(tags <= TagsPerEntity, "TagsPerEntity", TagsPerEntity);

    private static int Characters(PolicyText document) => document.Json.Count(character => !char.IsWhiteSpace(character));

    private static void Check(bool holds, string quota, int most)
    {
        if (!holds)
            throw AwsException.LimitExceeded($"Cannot exceed quota for {quota}: {most}");
    }
}
