using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.OverEntity;

/// <summary>A service control policy with its text read.</summary>
internal sealed record Scp(ServiceControlPolicy Policy, Parsed<PolicyDocument> Read)
{
    public static Scp Of(ServiceControlPolicy policy) => new(policy, PolicyDocument.Read(policy.Content));

    public string Name => Policy.Name;

    public PolicyDocument? Document => (Read as Parsed<PolicyDocument>.Ok)?.Value;

    public bool Grants(ServiceNamespace service) => Document?.Grants(service) ?? false;

    /// <summary>An Allow statement of it lists <c>*</c>.</summary>
    public bool AllowsEverything => Document is { } document && document.Statements.Any(statement => statement is { IsAllow: true, IsNot: false } && statement.Actions.Any(IsEverything));

    /// <summary>A Deny statement of it lists the whole service, or everything.</summary>
    public bool DeniesAllOf(ServiceNamespace service) => Document is { } document && document.Statements.Any(statement => statement is { IsAllow: false, IsNot: false }
        && statement.Actions.Any(action => IsEverything(action) || action.Equals($"{service}:*", StringComparison.OrdinalIgnoreCase)));

    private static bool IsEverything(string action) => action is "*" or "*:*";
}
