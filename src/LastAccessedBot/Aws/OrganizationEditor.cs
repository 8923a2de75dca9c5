using System.Net;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws;

/// <summary>Makes single edits of service control policies. They are named by their names; AWS's ids are looked up for each call.</summary>
internal sealed class OrganizationEditor(OrganizationsClient organizations)
{
    public async Task<SubjectState.Scp> ReadAsync(EditSubject.Scp subject, CancellationToken cancellation)
    {
        if (await IdAsync(subject.Name, cancellation) is not { } id || await Existing.OrNullAsync(organizations.DescribePolicyAsync(id, cancellation)) is not { } policy)
            return new SubjectState.Scp(null);
        return new SubjectState.Scp(new StoredScp(policy.PolicySummary.Id, policy.PolicySummary.Name, policy.PolicySummary.Description, policy.Content));
    }

    public async Task<SubjectState.ScpAttachment> ReadAsync(EditSubject.ScpAttachment subject, CancellationToken cancellation)
    {
        if (await IdAsync(subject.Name, cancellation) is not { } id) return new SubjectState.ScpAttachment(null, false);
        return new SubjectState.ScpAttachment(id, (await organizations.ListTargetsForPolicyAsync(id, cancellation)).Any(target => target.TargetId == subject.TargetId));
    }

    /// <summary>null: the edit is of something else.</summary>
    public Task? Make(AccountEdit edit, CancellationToken cancellation) => edit switch
    {
        AccountEdit.CreateScp create => organizations.CreatePolicyAsync(create.Name, create.Description, OrganizationReader.ScpType, create.Content, cancellation),
        AccountEdit.UpdateScp { Name: var name, Content: var content } => OfAsync("UpdatePolicy", name, id => organizations.UpdatePolicyAsync(id, null, null, content, cancellation), cancellation),
        AccountEdit.DeleteScp { Name: var name } => OfAsync("DeletePolicy", name, id => organizations.DeletePolicyAsync(id, cancellation), cancellation),
        AccountEdit.AttachScp { Name: var name, To.Id: var target } => OfAsync("AttachPolicy", name, id => organizations.AttachPolicyAsync(id, target, cancellation), cancellation),
        AccountEdit.DetachScp { Name: var name, From.Id: var target } => OfAsync("DetachPolicy", name, id => organizations.DetachPolicyAsync(id, target, cancellation), cancellation),
        _ => null,
    };

    private async Task OfAsync(string operation, string name, Func<string, Task> make, CancellationToken cancellation) => await make(await IdAsync(name, cancellation)
        ?? throw new AwsRefusedException($"Organizations.{operation}", "PolicyNotFoundException", $"there is no service control policy `{name}` any more", null, HttpStatusCode.OK));

    private async Task<string?> IdAsync(string name, CancellationToken cancellation) =>
        (await organizations.ListPoliciesAsync(OrganizationReader.ScpType, cancellation)).FirstOrDefault(policy => policy.Name == name)?.Id;
}
