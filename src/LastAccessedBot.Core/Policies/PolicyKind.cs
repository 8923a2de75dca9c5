namespace LastAccessedBot.Core.Policies;

/// <summary>Where a document lives, which decides how long it may be. Source: the IAM and Organizations quota pages.</summary>
/// <param name="Word">The name that the command line takes.</param>
/// <param name="Quota">The most characters; white space between the elements is not counted.</param>
public sealed record PolicyKind(string Word, int Quota)
{
    public static PolicyKind Managed { get; } = new("managed", 6_144);

    /// <summary>The quota of a user's inline policies is for all of them together.</summary>
    public static PolicyKind InlineOnUser { get; } = new("inline-user", 2_048);

    public static PolicyKind InlineOnGroup { get; } = new("inline-group", 5_120);

    public static PolicyKind InlineOnRole { get; } = new("inline-role", 10_240);

    public static PolicyKind ServiceControl { get; } = new("scp", 10_240);

    public static IReadOnlyList<PolicyKind> All { get; } = [Managed, InlineOnUser, InlineOnGroup, InlineOnRole, ServiceControl];
}
