namespace LastAccessedBot.Aws.Wire;

/// <content>
/// Changes of policies. All may be refused with <c>ConcurrentModificationException</c> or <c>PolicyChangesInProgressException</c>: somebody else's
/// change was under way, and this one was not made.
/// </content>
public sealed partial class OrganizationsClient
{
    /// <param name="description">May be empty.</param>
    /// <param name="type">Like <c>SERVICE_CONTROL_POLICY</c>.</param>
    public Task<OrganizationPolicy> CreatePolicyAsync(string name, string description, string type, string content, CancellationToken ct) =>
        wire.ChangeAsync("CreatePolicy", [("Name", name), ("Description", description), ("Type", type), ("Content", content)],
            body => Answer(body, answer => OrganizationPolicy.From(answer.Required("Policy"))), ct);

    /// <summary>Replaces the content; there are no versions, so keep the old content. What is <c>null</c> stays.</summary>
    public Task<OrganizationPolicy> UpdatePolicyAsync(string policyId, string? name, string? description, string? content, CancellationToken ct) =>
        wire.ChangeAsync("UpdatePolicy", [("PolicyId", policyId), ("Name", name), ("Description", description), ("Content", content)],
            body => Answer(body, answer => OrganizationPolicy.From(answer.Required("Policy"))), ct);

    /// <summary>Refused with <c>PolicyInUseException</c> while it is attached to anything.</summary>
    public Task DeletePolicyAsync(string policyId, CancellationToken ct) => ChangeAsync("DeletePolicy", [("PolicyId", policyId)], ct);

    /// <summary>Refused with <c>DuplicatePolicyAttachmentException</c> where it is attached already.</summary>
    public Task AttachPolicyAsync(string policyId, string targetId, CancellationToken ct) => ChangeAsync("AttachPolicy", [("PolicyId", policyId), ("TargetId", targetId)], ct);

    /// <summary>Refused with <c>PolicyNotAttachedException</c> where it is not attached, and for the last SCP of a target.</summary>
    public Task DetachPolicyAsync(string policyId, string targetId, CancellationToken ct) => ChangeAsync("DetachPolicy", [("PolicyId", policyId), ("TargetId", targetId)], ct);

    // These answer with nothing but their success.
    private async Task ChangeAsync(string operation, IReadOnlyList<(string, string?)> parameters, CancellationToken ct) =>
        await wire.ChangeAsync(operation, parameters, _ => true, ct);
}
