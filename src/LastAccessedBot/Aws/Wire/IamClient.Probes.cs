using System.Collections.Immutable;

namespace LastAccessedBot.Aws.Wire;

public sealed partial class IamClient
{
    /// <summary>The lists that need no name to begin with.</summary>
    internal static ImmutableArray<string> Probes { get; } = ["ListUsers", "ListGroups", "ListRoles", "ListPolicies", "GetAccountAuthorizationDetails"];

    /// <summary>Asks for a page of one, to see whether AWS answers it.</summary>
    /// <param name="operation">One of <see cref="Probes"/>.</param>
    internal Task ProbeAsync(string operation, CancellationToken ct) => ReadAsync(operation, [("MaxItems", "1")], _ => true, ct);
}
