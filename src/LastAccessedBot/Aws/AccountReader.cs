using System.Collections.Immutable;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;
using PolicyVersion = LastAccessedBot.Core.Account.PolicyVersion;

namespace LastAccessedBot.Aws;

/// <inheritdoc/>
internal sealed partial class AccountReader(IamClient iam, CredentialReader credentials, IAmazonSecurityTokenService sts) : IAccountReader
{
    public async Task<CallerIdentity> CallerAsync(CancellationToken ct)
    {
        try
        {
            var caller = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), ct);
            return new(caller.Account, caller.Arn);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            throw WireFailure.OfRead("STS.GetCallerIdentity", exception);
        }
    }

    public async Task<AccountNames> NamesAsync(CancellationToken ct)
    {
        var users = iam.ListUsersAsync(ct);
        var groups = iam.ListGroupsAsync(ct);
        var roles = iam.ListRolesAsync(ct);
        var policies = iam.ListPoliciesAsync("Local", onlyAttached: false, policyUsageFilter: null, ct);
        await Task.WhenAll(users, groups, roles, policies);
        return new(
            [
                .. (await users).Select(user => User(user.UserName)),
                .. (await groups).Select(group => Group(group.GroupName)),
                .. (await roles).Select(role => Role(role.RoleName)),
            ],
            [.. (await policies).Select(policy => new PolicyName(policy.PolicyName, policy.Arn))]);
    }

    public Task<Identity?> IdentityAsync(IdentityRef identity, CancellationToken ct) => IdentityAsync(identity, inFull: false, ct);

    public Task<Identity?> IdentityInFullAsync(IdentityRef identity, CancellationToken ct) => IdentityAsync(identity, inFull: true, ct);

    public async Task<ManagedPolicy?> PolicyAsync(string arn, CancellationToken ct)
    {
        if (await Existing.OrNullAsync(iam.GetPolicyAsync(arn, ct)) is not { } policy) return null;
        if (policy.Arn.Contains(":iam::aws:policy/", StringComparison.Ordinal)) return await WithDefaultVersionAsync(policy, ct);
        var attachedTo = AttachedToAsync(arn, ct);
        // Asked for even when the policy's own count is 0: the count may lag behind, and an edit rests on this.
        var boundaryOf = BoundaryOfAsync(arn, ct);
        var versions = VersionsAsync(arn, ct);
        await Task.WhenAll(attachedTo, boundaryOf, versions);
        return Whole(policy, await versions, await attachedTo, await boundaryOf);
    }

    public async Task<ImmutableArray<GrantingPolicy>> GrantingPoliciesAsync(string arn, ServiceNamespace service, CancellationToken ct) =>
        [.. (await iam.ListPoliciesGrantingServiceAccessAsync(arn, [service.Value], ct))
            .Where(granted => granted.ServiceNamespace.Equals(service.Value, StringComparison.OrdinalIgnoreCase))
            .SelectMany(granted => granted.Policies)
            .Select(policy => new GrantingPolicy(policy.PolicyName, policy.PolicyArn, policy.PolicyArn is null ? Holder(policy) : null))];

    public async Task<ImmutableArray<PolicySummary>> AttachedCustomerPoliciesAsync(CancellationToken ct) =>
        [.. (await iam.GetAccountAuthorizationDetailsAsync(["LocalManagedPolicy"], ct)).Policies.Where(detail => detail.Policy.AttachmentCount > 0).Select(Summary)];

    // Only the first read of an entity decides that there is none; one that vanishes later, in between, is an error to the reader.
    private async Task<Identity?> IdentityAsync(IdentityRef identity, bool inFull, CancellationToken ct)
    {
        switch (identity.Kind)
        {
            case IdentityKind.User:
                if (await Existing.OrNullAsync(iam.GetUserAsync(identity.Name, ct)) is not { } user) return null;
                var signIns = inFull ? credentials.OfUserAsync(user, ct) : Task.FromResult<UserDetails?>(null);
                return await UserAsync(user, ct) with { User = await signIns };
            case IdentityKind.Group:
                return await Existing.OrNullAsync(iam.GetGroupAsync(identity.Name, ct)) is { } group ? await GroupAsync(group, ct) : null;
            default:
                if (await Existing.OrNullAsync(iam.GetRoleAsync(identity.Name, ct)) is not { } role) return null;
                var details = inFull ? RoleDetailsAsync(role, ct) : Task.FromResult<RoleDetails?>(null);
                return await RoleAsync(role, ct) with { Role = await details };
        }
    }

    private async Task<Identity> UserAsync(IamUser user, CancellationToken ct)
    {
        var name = user.UserName;
        var attached = iam.ListAttachedUserPoliciesAsync(name, ct);
        var groups = iam.ListGroupsForUserAsync(name, ct);
        var inline = InlineAsync(iam.ListUserPoliciesAsync(name, ct), policy => iam.GetUserPolicyAsync(name, policy, ct));
        await Task.WhenAll(attached, groups, inline);
        return new Identity
        {
            Ref = User(name),
            Arn = user.Arn,
            Path = user.Path,
            Id = user.UserId,
            Created = user.CreateDate,
            Tags = user.Tags,
            BoundaryArn = user.PermissionsBoundary,
            Attached = Arns(await attached),
            Inline = await inline,
            Groups = [.. (await groups).Select(group => group.GroupName)],
        };
    }

    private async Task<Identity> GroupAsync(GroupWithUsers found, CancellationToken ct)
    {
        var group = found.Group;
        var name = group.GroupName;
        var attached = iam.ListAttachedGroupPoliciesAsync(name, ct);
        var inline = InlineAsync(iam.ListGroupPoliciesAsync(name, ct), policy => iam.GetGroupPolicyAsync(name, policy, ct));
        await Task.WhenAll(attached, inline);
        return new Identity
        {
            Ref = Group(name),
            Arn = group.Arn,
            Path = group.Path,
            Id = group.GroupId,
            Created = group.CreateDate,
            Attached = Arns(await attached),
            Inline = await inline,
            Members = [.. found.Users.Select(user => user.UserName)],
        };
    }

    private async Task<Identity> RoleAsync(IamRole role, CancellationToken ct)
    {
        var name = role.RoleName;
        var attached = iam.ListAttachedRolePoliciesAsync(name, ct);
        var inline = InlineAsync(iam.ListRolePoliciesAsync(name, ct), policy => iam.GetRolePolicyAsync(name, policy, ct));
        await Task.WhenAll(attached, inline);
        return new Identity
        {
            Ref = Role(name),
            Arn = role.Arn,
            Path = role.Path,
            Id = role.RoleId,
            Created = role.CreateDate,
            Tags = role.Tags,
            BoundaryArn = role.PermissionsBoundary,
            Attached = Arns(await attached),
            Inline = await inline,
        };
    }

    private async Task<RoleDetails?> RoleDetailsAsync(IamRole role, CancellationToken ct) => new(
        Settings(role), role.RoleLastUsed, [.. (await iam.ListInstanceProfilesForRoleAsync(role.RoleName, ct)).Select(profile => profile.InstanceProfileName)]);

    internal static RoleSettings Settings(IamRole role) => new(
        role.AssumeRolePolicyDocument ?? throw new AwsUnreachableException("IAM.GetRole", $"AWS gave no trust policy for role `{role.RoleName}`"),
        role.Description is { Length: > 0 } description ? description : null, role.MaxSessionDuration);

    private async Task<ManagedPolicy> WithDefaultVersionAsync(IamPolicy policy, CancellationToken ct)
    {
        var version = iam.GetPolicyVersionAsync(policy.Arn, policy.DefaultVersionId, ct);
        var attachedTo = AttachedToAsync(policy.Arn, ct);
        var boundaryOf = policy.PermissionsBoundaryUsageCount > 0
            ? BoundaryOfAsync(policy.Arn, ct)
            : Task.FromResult(ImmutableSortedSet<IdentityRef>.Empty);
        await Task.WhenAll(version, attachedTo, boundaryOf);
        return Whole(policy, [Version(await version)], await attachedTo, await boundaryOf);
    }

    private async Task<ImmutableArray<PolicyVersion>> VersionsAsync(string arn, CancellationToken ct)
    {
        var listed = await iam.ListPolicyVersionsAsync(arn, ct);
        var read = await Task.WhenAll(listed.Select(version => iam.GetPolicyVersionAsync(arn, version.VersionId, ct)));
        return [.. read.Select(Version)];
    }

    private async Task<ImmutableSortedSet<IdentityRef>> AttachedToAsync(string arn, CancellationToken ct) =>
        Refs(await iam.ListEntitiesForPolicyAsync(arn, "PermissionsPolicy", ct));

    private async Task<ImmutableSortedSet<IdentityRef>> BoundaryOfAsync(string arn, CancellationToken ct) =>
        Refs(await iam.ListEntitiesForPolicyAsync(arn, "PermissionsBoundary", ct));

    private static async Task<ImmutableSortedDictionary<string, string>> InlineAsync(
        Task<ImmutableArray<string>> names, Func<string, Task<string>> document)
    {
        var read = await Task.WhenAll((await names).Select(async name => KeyValuePair.Create(name, await document(name))));
        return read.ToImmutableSortedDictionary();
    }

    // The reading takes several calls. Should the default have moved between them, there is no whole policy to give.
    private static ManagedPolicy Whole(
        IamPolicy policy, ImmutableArray<PolicyVersion> versions,
        ImmutableSortedSet<IdentityRef> attachedTo, ImmutableSortedSet<IdentityRef> boundaryOf) =>
        versions.Where(version => version.IsDefault).ToArray() is not [var one] || one.Id != policy.DefaultVersionId
            ? throw new AwsUnreachableException(
                "IAM.GetPolicyVersion", $"`{policy.PolicyName}` got another default version while it was being read; try again")
            : new ManagedPolicy
            {
                Name = policy.PolicyName,
                Arn = policy.Arn,
                Path = policy.Path,
                Id = policy.PolicyId,
                Created = policy.CreateDate,
                Description = policy.Description,
                Tags = policy.Tags,
                Versions = versions,
                AttachedTo = attachedTo,
                BoundaryOf = boundaryOf,
            };

    private static PolicyVersion Version(IamPolicyVersion version) => new(
        version.VersionId, version.IsDefaultVersion, version.CreateDate,
        version.Document ?? throw new AwsUnreachableException("IAM.GetPolicyVersion", $"AWS gave no document for version `{version.VersionId}`"));

    private static ImmutableSortedSet<string> Arns(ImmutableArray<AttachedPolicy> attached) => [.. attached.Select(policy => policy.PolicyArn)];

    private static ImmutableSortedSet<IdentityRef> Refs(EntitiesForPolicy entities) =>
        [.. entities.PolicyUsers.Select(User), .. entities.PolicyGroups.Select(Group), .. entities.PolicyRoles.Select(Role)];

    private static IdentityRef Holder(PolicyGrantingServiceAccess policy) => (policy.EntityType, policy.EntityName) switch
    {
        ("USER", { } name) => User(name),
        ("GROUP", { } name) => Group(name),
        ("ROLE", { } name) => Role(name),
        _ => throw new AwsUnreachableException("IAM.ListPoliciesGrantingServiceAccess", $"AWS's answer could not be read: it does not say whose inline policy `{policy.PolicyName}` is"),
    };

    private static IdentityRef User(string name) => new(IdentityKind.User, name);

    private static IdentityRef Group(string name) => new(IdentityKind.Group, name);

    private static IdentityRef Role(string name) => new(IdentityKind.Role, name);
}
