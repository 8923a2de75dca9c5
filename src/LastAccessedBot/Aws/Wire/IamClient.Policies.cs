using System.Collections.Immutable;

namespace LastAccessedBot.Aws.Wire;

/// <content>Managed policies. IAM has no conditional write: whoever changes a policy compares before and reads after.</content>
public sealed partial class IamClient
{
    /// <summary>Lists policies, without their tags and descriptions.</summary>
    /// <param name="scope"><c>All</c>, <c>AWS</c> or <c>Local</c> (the customer managed ones).</param>
    /// <param name="policyUsageFilter"><c>PermissionsPolicy</c>, <c>PermissionsBoundary</c>, or <c>null</c> for both.</param>
    public Task<ImmutableArray<IamPolicy>> ListPoliciesAsync(string scope, bool onlyAttached, string? policyUsageFilter, CancellationToken ct) =>
        ListAsync("ListPolicies",
            [("Scope", scope), ("OnlyAttached", onlyAttached ? "true" : "false"), ("PolicyUsageFilter", policyUsageFilter), MostItems],
            page => page.Members("Policies", IamPolicy.From), ct);

    public Task<IamPolicy> GetPolicyAsync(string policyArn, CancellationToken ct) =>
        ReadAsync("GetPolicy", [("PolicyArn", policyArn)], result => IamPolicy.From(result.Required("Policy")), ct);

    /// <param name="policyUsageFilter"><c>PermissionsPolicy</c>: attached to; <c>PermissionsBoundary</c>: the boundary of; <c>null</c>: both.</param>
    public async Task<EntitiesForPolicy> ListEntitiesForPolicyAsync(string policyArn, string? policyUsageFilter, CancellationToken ct)
    {
        var pages = await PagesAsync("ListEntitiesForPolicy", [("PolicyArn", policyArn), ("PolicyUsageFilter", policyUsageFilter), MostItems],
            page => new EntitiesForPolicy(
                page.Members("PolicyGroups", one => one.Text("GroupName")), page.Members("PolicyUsers", one => one.Text("UserName")),
                page.Members("PolicyRoles", one => one.Text("RoleName"))), ct);
        return new(
            [.. pages.SelectMany(page => page.PolicyGroups)], [.. pages.SelectMany(page => page.PolicyUsers)],
            [.. pages.SelectMany(page => page.PolicyRoles)]);
    }

    /// <summary>The versions without their documents.</summary>
    public Task<ImmutableArray<IamPolicyVersion>> ListPolicyVersionsAsync(string policyArn, CancellationToken ct) =>
        ListAsync("ListPolicyVersions", [("PolicyArn", policyArn), MostItems], page => page.Members("Versions", IamPolicyVersion.From), ct);

    /// <summary>One version, with its document.</summary>
    public Task<IamPolicyVersion> GetPolicyVersionAsync(string policyArn, string versionId, CancellationToken ct) =>
        ReadAsync("GetPolicyVersion", [("PolicyArn", policyArn), ("VersionId", versionId)],
            result => IamPolicyVersion.From(result.Required("PolicyVersion")), ct);

    /// <summary>Stores a version; refused with <c>LimitExceeded</c> when there are five already.</summary>
    /// <returns>The version as IAM numbered it.</returns>
    public Task<IamPolicyVersion> CreatePolicyVersionAsync(string policyArn, string policyDocument, bool setAsDefault, CancellationToken ct) =>
        ChangeAsync("CreatePolicyVersion",
            [("PolicyArn", policyArn), ("PolicyDocument", policyDocument), ("SetAsDefault", setAsDefault ? "true" : "false")],
            result => IamPolicyVersion.From(result.Required("PolicyVersion")), ct);

    /// <summary>Takes effect on everybody whom the policy is attached to.</summary>
    public Task SetDefaultPolicyVersionAsync(string policyArn, string versionId, CancellationToken ct) =>
        ChangeAsync("SetDefaultPolicyVersion", [("PolicyArn", policyArn), ("VersionId", versionId)], ct);

    /// <summary>Refused with <c>DeleteConflict</c> for the default version.</summary>
    public Task DeletePolicyVersionAsync(string policyArn, string versionId, CancellationToken ct) =>
        ChangeAsync("DeletePolicyVersion", [("PolicyArn", policyArn), ("VersionId", versionId)], ct);

    /// <summary>Refused with <c>EntityAlreadyExists</c> when the name is taken, in any case of its letters and under any path.</summary>
    public Task<IamPolicy> CreatePolicyAsync(
        string policyName, string path, string policyDocument, string? description, IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        ChangeAsync("CreatePolicy",
            [("PolicyName", policyName), ("Path", path), ("PolicyDocument", policyDocument), ("Description", description), .. Numbered(tags)],
            result => IamPolicy.From(result.Required("Policy")), ct);

    /// <summary>Refused with <c>DeleteConflict</c> while the policy is attached, or caps somebody, or has versions besides its default.</summary>
    public Task DeletePolicyAsync(string policyArn, CancellationToken ct) => ChangeAsync("DeletePolicy", [("PolicyArn", policyArn)], ct);
}
