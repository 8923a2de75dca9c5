using System.Collections.Immutable;
using System.Text.Json;

namespace LastAccessedBot.Aws.Wire;

/// <summary>
/// The operations of Organizations under the names that the official SDK gives them, so that <c>AWSSDK.Organizations</c> can take this
/// class's place. They want the management account's credentials or a delegated administrator's. Lists come whole. Every method throws
/// <see cref="Flows.AwsFailureException"/> (refused, unreachable, or for changes: outcome unknown) and <see cref="OperationCanceledException"/>.
/// </summary>
public sealed partial class OrganizationsClient
{
    private readonly WireClient wire;

    internal OrganizationsClient(WireClient wire) => this.wire = wire;

    /// <summary>Refused with <c>AWSOrganizationsNotInUseException</c> for an account that stands alone.</summary>
    public Task<Organization> DescribeOrganizationAsync(CancellationToken ct) =>
        ReadAsync("DescribeOrganization", [], answer => Organization.From(answer.Required("Organization")), ct);

    /// <summary>The root, with the policy types that are on; <c>DescribeOrganization</c>'s list of them is stale.</summary>
    public Task<ImmutableArray<OrganizationRoot>> ListRootsAsync(CancellationToken ct) =>
        ListAsync("ListRoots", [], "Roots", OrganizationRoot.From, ct);

    public Task<ImmutableArray<OrganizationalUnit>> ListOrganizationalUnitsForParentAsync(string parentId, CancellationToken ct) =>
        ListAsync("ListOrganizationalUnitsForParent", [("ParentId", parentId)], "OrganizationalUnits", OrganizationalUnit.From, ct);

    public Task<ImmutableArray<OrganizationAccount>> ListAccountsForParentAsync(string parentId, CancellationToken ct) =>
        ListAsync("ListAccountsForParent", [("ParentId", parentId)], "Accounts", OrganizationAccount.From, ct);

    public Task<ImmutableArray<OrganizationAccount>> ListAccountsAsync(CancellationToken ct) =>
        ListAsync("ListAccounts", [], "Accounts", OrganizationAccount.From, ct);

    /// <summary>The one parent of an account or OU.</summary>
    public Task<ImmutableArray<OrganizationParent>> ListParentsAsync(string childId, CancellationToken ct) =>
        ListAsync("ListParents", [("ChildId", childId)], "Parents", OrganizationParent.From, ct);

    public Task<OrganizationPolicy> DescribePolicyAsync(string policyId, CancellationToken ct) =>
        ReadAsync("DescribePolicy", [("PolicyId", policyId)], answer => OrganizationPolicy.From(answer.Required("Policy")), ct);

    /// <param name="filter">The type, like <c>SERVICE_CONTROL_POLICY</c>.</param>
    public Task<ImmutableArray<OrganizationPolicySummary>> ListPoliciesAsync(string filter, CancellationToken ct) =>
        ListAsync("ListPolicies", [("Filter", filter)], "Policies", OrganizationPolicySummary.From, ct);

    /// <summary>The policies attached to the target itself; inherited ones hang on its parents.</summary>
    public Task<ImmutableArray<OrganizationPolicySummary>> ListPoliciesForTargetAsync(string targetId, string filter, CancellationToken ct) =>
        ListAsync("ListPoliciesForTarget", [("TargetId", targetId), ("Filter", filter)], "Policies", OrganizationPolicySummary.From, ct);

    public Task<ImmutableArray<PolicyTargetSummary>> ListTargetsForPolicyAsync(string policyId, CancellationToken ct) =>
        ListAsync("ListTargetsForPolicy", [("PolicyId", policyId)], "Targets", PolicyTargetSummary.From, ct);

    /// <param name="resourceId">A root, OU, account or policy.</param>
    public Task<ImmutableArray<OrganizationTag>> ListTagsForResourceAsync(string resourceId, CancellationToken ct) =>
        ListAsync("ListTagsForResource", [("ResourceId", resourceId)], "Tags", OrganizationTag.From, ct);

    private Task<T> ReadAsync<T>(string operation, IReadOnlyList<(string, string?)> parameters, Func<JsonElement, T> read, CancellationToken ct) =>
        wire.ReadAsync(operation, parameters, body => Answer(body, read), ct);

    private async Task<ImmutableArray<T>> ListAsync<T>(
        string operation, IReadOnlyList<(string, string?)> parameters, string list, Func<JsonElement, T> read, CancellationToken ct)
    {
        var all = ImmutableArray.CreateBuilder<T>();
        string? token = null;
        do
        {
            var before = token;
            (var page, token) = await ReadAsync(
                operation, [.. parameters, ("NextToken", token)], answer => (answer.Items(list, read), answer.NextToken("NextToken", before)), ct);
            all.AddRange(page);
        }
        while (token is not null);
        return all.ToImmutable();
    }

    private static T Answer<T>(byte[] body, Func<JsonElement, T> read) => JsonAnswer.Of(body, read);
}
