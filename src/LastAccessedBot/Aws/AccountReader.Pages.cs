using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Aws;

/// <content>The account by the page.</content>
internal sealed partial class AccountReader
{
    /// <summary>IAM's own measure: a page with the texts of a hundred policies and all their versions is some megabytes.</summary>
    private const int PageSize = 100;

    private static readonly string[] s_whole = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];

    public async IAsyncEnumerable<AccountPage> PagesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var page in iam.GetAccountAuthorizationDetailsPagesAsync(s_whole, PageSize, ct))
            yield return new AccountPage(
                [.. page.UserDetailList.Select(Identity), .. page.GroupDetailList.Select(Identity), .. page.RoleDetailList.Select(Identity)],
                [.. page.Policies.Select(Summary)]);
    }

    private static Identity Identity(UserDetail detail) => new()
    {
        Ref = User(detail.User.UserName),
        Arn = detail.User.Arn,
        Path = detail.User.Path,
        Id = detail.User.UserId,
        Created = detail.User.CreateDate,
        Tags = detail.User.Tags,
        BoundaryArn = detail.User.PermissionsBoundary,
        Attached = Arns(detail.AttachedManagedPolicies),
        Inline = Inline(detail.UserPolicyList),
        Groups = [.. detail.GroupList],
    };

    private static Identity Identity(GroupDetail detail) => new()
    {
        Ref = Group(detail.Group.GroupName),
        Arn = detail.Group.Arn,
        Path = detail.Group.Path,
        Id = detail.Group.GroupId,
        Created = detail.Group.CreateDate,
        Attached = Arns(detail.AttachedManagedPolicies),
        Inline = Inline(detail.GroupPolicyList),
    };

    private static Identity Identity(RoleDetail detail) => new()
    {
        Ref = Role(detail.Role.RoleName),
        Arn = detail.Role.Arn,
        Path = detail.Role.Path,
        Id = detail.Role.RoleId,
        Created = detail.Role.CreateDate,
        Tags = detail.Role.Tags,
        BoundaryArn = detail.Role.PermissionsBoundary,
        Attached = Arns(detail.AttachedManagedPolicies),
        Inline = Inline(detail.RolePolicyList),
    };

    private static PolicySummary Summary(ManagedPolicyDetail detail)
    {
        var version = detail.PolicyVersionList.FirstOrDefault(one => one.IsDefaultVersion)
            ?? throw new AwsUnreachableException("IAM.GetAccountAuthorizationDetails", $"AWS gave no default version of `{detail.Policy.PolicyName}`");
        return new PolicySummary(detail.Policy.PolicyName, detail.Policy.Arn, detail.Policy.AttachmentCount, version.CreateDate, Version(version).Document);
    }

    private static ImmutableSortedDictionary<string, string> Inline(ImmutableArray<PolicyDetail> policies) =>
        policies.ToImmutableSortedDictionary(policy => policy.PolicyName, policy => policy.PolicyDocument);
}
