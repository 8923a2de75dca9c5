using System.Collections.Immutable;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws;

/// <inheritdoc/>
internal sealed class AccountEditor(IamClient iam, IAccountReader account, CredentialReader credentials, OrganizationEditor organization) : IAccountEditor
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
            case EditSubject.Boundary { Identity: var capped }:
                var under = await account.IdentityAsync(capped, cancellation);
                return new SubjectState.Boundary(under?.Id, under?.BoundaryArn);
            case EditSubject.Policy { Arn: var policyArn }:
                return new SubjectState.Policy(await account.PolicyAsync(policyArn, cancellation) is { } policy ? StoredPolicy.Of(policy) : null);
            case EditSubject.IdentityItself { Identity: var itself }:
                return new SubjectState.IdentityItself(await StoredAsync(itself, cancellation));
            case EditSubject.InstanceProfileRole { InstanceProfile: var profileName, Role: var roleName }:
                var profile = await Existing.OrNullAsync(iam.GetInstanceProfileAsync(profileName, cancellation));
                var role = await Existing.OrNullAsync(iam.GetRoleAsync(roleName, cancellation));
                return new SubjectState.InstanceProfileRole(profile?.InstanceProfileId, role?.RoleId, profile?.Roles.Contains(roleName) ?? false);
            case EditSubject.Credential { User: var keyUser, CredentialKind: var kind, Id: var id }:
                return await UserIdAsync(keyUser, cancellation) is { } keyUserId
                    ? new SubjectState.Credential(keyUserId, (await credentials.OfKindAsync(keyUser, kind, cancellation)).FirstOrDefault(one => one.Id == id)?.IsActive)
                    : new SubjectState.Credential(null, null);
            case EditSubject.LoginProfile { User: var passwordUser }:
                return await UserIdAsync(passwordUser, cancellation) is { } passwordUserId
                    ? new SubjectState.LoginProfile(passwordUserId, await credentials.PasswordSinceAsync(passwordUser, cancellation))
                    : new SubjectState.LoginProfile(null, null);
            case EditSubject.MfaDevice { User: var deviceUser, SerialNumber: var serial }:
                return await UserIdAsync(deviceUser, cancellation) is { } deviceUserId
                    ? new SubjectState.MfaDevice(deviceUserId, (await iam.ListMfaDevicesAsync(deviceUser, cancellation)).Contains(serial))
                    : new SubjectState.MfaDevice(null, false);
            case EditSubject.Scp scp:
                return await organization.ReadAsync(scp, cancellation);
            case EditSubject.ScpAttachment attachment:
                return await organization.ReadAsync(attachment, cancellation);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public async Task<ImmutableArray<string>> MakeAsync(AccountEdit edit, CancellationToken cancellation)
    {
        using var requests = RequestIds.Gather();
        await SendAsync(edit, cancellation);
        return requests.All;
    }

    private Task SendAsync(AccountEdit edit, CancellationToken cancellation) => edit switch
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
        AccountEdit.PutBoundary { On: { Kind: IdentityKind.User, Name: var name }, PolicyArn: var arn } => iam.PutUserPermissionsBoundaryAsync(name, arn, cancellation),
        AccountEdit.PutBoundary { On.Name: var name, PolicyArn: var arn } => iam.PutRolePermissionsBoundaryAsync(name, arn, cancellation),
        AccountEdit.DeleteBoundary { On: { Kind: IdentityKind.User, Name: var name } } => iam.DeleteUserPermissionsBoundaryAsync(name, cancellation),
        AccountEdit.DeleteBoundary { On.Name: var name } => iam.DeleteRolePermissionsBoundaryAsync(name, cancellation),
        AccountEdit.CreateIdentity { Identity: { Kind: IdentityKind.User, Name: var name } } user => iam.CreateUserAsync(name, user.Path, user.BoundaryArn, user.Tags, cancellation),
        AccountEdit.CreateIdentity { Identity: { Kind: IdentityKind.Group, Name: var name }, Path: var path } => iam.CreateGroupAsync(name, path, cancellation),
        AccountEdit.CreateIdentity { Identity.Name: var name, Role: { } settings } role =>
            iam.CreateRoleAsync(name, role.Path, settings.TrustPolicy, settings.Description, settings.MaxSessionDuration, role.BoundaryArn, role.Tags, cancellation),
        AccountEdit.DeleteIdentity { Identity: { Kind: IdentityKind.User, Name: var name } } => iam.DeleteUserAsync(name, cancellation),
        AccountEdit.DeleteIdentity { Identity: { Kind: IdentityKind.Group, Name: var name } } => iam.DeleteGroupAsync(name, cancellation),
        AccountEdit.DeleteIdentity { Identity.Name: var name } => iam.DeleteRoleAsync(name, cancellation),
        AccountEdit.AddRoleToInstanceProfile { InstanceProfile: var profile, Role: var role } => iam.AddRoleToInstanceProfileAsync(profile, role, cancellation),
        AccountEdit.RemoveRoleFromInstanceProfile { InstanceProfile: var profile, Role: var role } => iam.RemoveRoleFromInstanceProfileAsync(profile, role, cancellation),
        AccountEdit.SetAccessKeyStatus { User: var user, AccessKeyId: var id, IsActive: var isActive } => iam.UpdateAccessKeyAsync(user, id, isActive ? "Active" : "Inactive", cancellation),
        AccountEdit.DeleteCredential { User: var user, CredentialKind: CredentialKind.AccessKey, Id: var id } => iam.DeleteAccessKeyAsync(user, id, cancellation),
        AccountEdit.DeleteCredential { User: var user, CredentialKind: CredentialKind.SshPublicKey, Id: var id } => iam.DeleteSshPublicKeyAsync(user, id, cancellation),
        AccountEdit.DeleteCredential { User: var user, CredentialKind: CredentialKind.SigningCertificate, Id: var id } => iam.DeleteSigningCertificateAsync(user, id, cancellation),
        AccountEdit.DeleteCredential { User: var user, Id: var id } => iam.DeleteServiceSpecificCredentialAsync(user, id, cancellation),
        AccountEdit.DeleteLoginProfile { User: var user } => iam.DeleteLoginProfileAsync(user, cancellation),
        AccountEdit.DeactivateMfaDevice { User: var user, SerialNumber: var serial } => iam.DeactivateMfaDeviceAsync(user, serial, cancellation),
        _ => organization.Make(edit, cancellation) ?? throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<StoredIdentity?> StoredAsync(IdentityRef name, CancellationToken cancellation)
    {
        if (await account.IdentityAsync(name, cancellation) is not { } identity) return null;
        var role = name.Kind == IdentityKind.Role ? AccountReader.Settings(await iam.GetRoleAsync(name.Name, cancellation)) : null;
        return new StoredIdentity(identity.Id, identity.Path, identity.Tags, identity.BoundaryArn, role);
    }

    private async Task<string?> UserIdAsync(string user, CancellationToken cancellation) => (await Existing.OrNullAsync(iam.GetUserAsync(user, cancellation)))?.UserId;
}
