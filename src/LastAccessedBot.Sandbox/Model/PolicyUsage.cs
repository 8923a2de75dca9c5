namespace LastAccessedBot.Sandbox.Model;

/// <summary>How often each policy is in use, counted once: lists ask it for every policy of a large account.</summary>
internal sealed class PolicyUsage(AccountState state)
{
    private readonly Dictionary<string, int> attachments = state.Identities
        .SelectMany(identity => identity.Attached)
        .CountBy(arn => arn)
        .ToDictionary();

    private readonly Dictionary<string, int> boundaries = state.Actors
        .Select(actor => actor.Boundary)
        .OfType<string>()
        .CountBy(arn => arn)
        .ToDictionary();

    public int Attachments(ManagedPolicy policy) => attachments.GetValueOrDefault(policy.Arn);

    public int Boundaries(ManagedPolicy policy) => boundaries.GetValueOrDefault(policy.Arn);

    /// <param name="filter">PermissionsPolicy, PermissionsBoundary, or empty for either.</param>
    public bool IsUsed(ManagedPolicy policy, string filter) =>
        (filter != "PermissionsBoundary" && Attachments(policy) > 0) || (filter != "PermissionsPolicy" && Boundaries(policy) > 0);
}
