using System.Collections.Immutable;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws;

/// <inheritdoc/>
internal sealed class AccountEditor(IamClient iam, IAccountReader account) : IAccountEditor
{
    public async Task<SubjectState> ReadAsync(EditSubject subject, CancellationToken cancellation)
    {
        switch (subject)
        {
            case EditSubject.Attachment { Identity: var name, PolicyArn: var arn }:
                var holder = await account.IdentityAsync(name, cancellation);
                return new SubjectState.Attachment(holder?.Id, holder?.Attached.Contains(arn) ?? false);
            case EditSubject.Membership { Group: var groupName, User: var userName }:
                var group = account.IdentityAsync(new IdentityRef(IdentityKind.Group, groupName), cancellation);
                var user = account.IdentityAsync(new IdentityRef(IdentityKind.User, userName), cancellation);
                await Task.WhenAll(group, user);
                return new SubjectState.Membership((await group)?.Id, (await user)?.Id, (await group)?.Members.Contains(userName) ?? false);
            case EditSubject.Inline { Identity: var owner, Name: var policyName }:
                var on = await account.IdentityAsync(owner, cancellation);
                return new SubjectState.Inline(on?.Id, on?.Inline.GetValueOrDefault(policyName));
            case EditSubject.Policy { Arn: var policyArn }:
                return new SubjectState.Policy(await account.PolicyAsync(policyArn, cancellation) is { } policy ? StoredPolicy.Of(policy) : null);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public Task MakeAsync(AccountEdit edit, CancellationToken cancellation) => edit switch
    {
        AccountEdit.AttachPolicy { To: { Kind: IdentityKind.User, Name: var name }, PolicyArn: var arn } => iam.AttachUserPolicyAsync(name, arn, cancellation),
        AccountEdit.AttachPolicy { To: { Kind: IdentityKind.Group, Name: var name }, PolicyArn: var arn } => iam.AttachGroupPolicyAsync(name, arn, cancellation),
        AccountEdit.AttachPolicy { To.Name: var name, PolicyArn: var arn } => iam.AttachRolePolicyAsync(name, arn, cancellation),
        AccountEdit.DetachPolicy { From: { Kind: IdentityKind.User, Name: var name }, PolicyArn: var arn } => iam.DetachUserPolicyAsync(name, arn, cancellation),
        AccountEdit.DetachPolicy { From: { Kind: IdentityKind.Group, Name: var name }, PolicyArn: var arn } => iam.DetachGroupPolicyAsync(name, arn, cancellation),
        AccountEdit.DetachPolicy { From.Name: var name, PolicyArn: var arn } => iam.DetachRolePolicyAsync(name, arn, cancellation),
        AccountEdit.AddUserToGroup { Group: var group, User: var user } => iam.AddUserToGroupAsync(group, user, cancellation),
        AccountEdit.RemoveUserFromGroup { Group: var group, User: var user } => iam.RemoveUserFromGroupAsync(group, user, cancellation),
        AccountEdit.CreatePolicyVersion { PolicyArn: var arn, Document: var document, SetAsDefault: var isDefault } => iam.CreatePolicyVersionAsync(arn, document, isDefault, cancellation),
        AccountEdit.SetDefaultPolicyVersion { PolicyArn: var arn, VersionId: var version } => iam.SetDefaultPolicyVersionAsync(arn, version, cancellation),
        AccountEdit.DeletePolicyVersion { PolicyArn: var arn, VersionId: var version } => iam.DeletePolicyVersionAsync(arn, version, cancellation),
        AccountEdit.PutInlinePolicy { On: { Kind: IdentityKind.User, Name: var name }, Name: var policy, Document: var document } => iam.PutUserPolicyAsync(name, policy, document, cancellation),
        AccountEdit.PutInlinePolicy { On: { Kind: IdentityKind.Group, Name: var name }, Name: var policy, Document: var document } => iam.PutGroupPolicyAsync(name, policy, document, cancellation),
        AccountEdit.PutInlinePolicy { On.Name: var name, Name: var policy, Document: var document } => iam.PutRolePolicyAsync(name, policy, document, cancellation),
        AccountEdit.DeleteInlinePolicy { On: { Kind: IdentityKind.User, Name: var name }, Name: var policy } => iam.DeleteUserPolicyAsync(name, policy, cancellation),
        AccountEdit.DeleteInlinePolicy { On: { Kind: IdentityKind.Group, Name: var name }, Name: var policy } => iam.DeleteGroupPolicyAsync(name, policy, cancellation),
        AccountEdit.DeleteInlinePolicy { On.Name: var name, Name: var policy } => iam.DeleteRolePolicyAsync(name, policy, cancellation),
        AccountEdit.CreatePolicy create => iam.CreatePolicyAsync(create.Name, create.Path, create.Document, create.Description, create.Tags, cancellation),
        AccountEdit.DeletePolicy { PolicyArn: var arn } => iam.DeletePolicyAsync(arn, cancellation),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
