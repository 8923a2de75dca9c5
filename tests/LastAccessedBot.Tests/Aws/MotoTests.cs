using System.Collections.Immutable;
using LastAccessedBot.Aws;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Aws;

public sealed class MotoTests(Moto moto) : IClassFixture<Moto>
{
    private const string Document = """
        {
          "Version": "2012-10-17",
          "Statement": [ { "Sid": "A", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::a+b/%20*" } ]
        }
        """;

    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly ImmutableSortedDictionary<string, string> Team = ImmutableSortedDictionary<string, string>.Empty.Add("team", "payments");

    [Fact]
    public async Task The_life_of_a_managed_policy()
    {
        moto.Require();
        var iam = moto.Iam;
        var arn = (await iam.CreatePolicyAsync("life", "/app/", Document, "a life", Team, Ct)).Arn;
        Assert.Equal("arn:aws:iam::123456789012:policy/app/life", arn);
        var policy = await iam.GetPolicyAsync(arn, Ct);
        Assert.Equal(("v1", "a life", "payments"), (policy.DefaultVersionId, policy.Description, policy.Tags["team"]));
        Assert.Equal(Document, (await iam.GetPolicyVersionAsync(arn, "v1", Ct)).Document);

        for (var version = 2; version <= 5; version++)
            Assert.Equal($"v{version}", (await iam.CreatePolicyVersionAsync(arn, Document, setAsDefault: version == 2, Ct)).VersionId);
        Assert.Equal("LimitExceeded", (await RefusedAsync(iam.CreatePolicyVersionAsync(arn, Document, setAsDefault: true, Ct))).Code);
        Assert.Equal("DeleteConflict", (await RefusedAsync(iam.DeletePolicyVersionAsync(arn, "v2", Ct))).Code);
        await iam.SetDefaultPolicyVersionAsync(arn, "v1", Ct);
        await iam.DeletePolicyVersionAsync(arn, "v2", Ct);
        Assert.Equal(["v1", "v3", "v4", "v5"], (await iam.ListPolicyVersionsAsync(arn, Ct)).Select(version => version.VersionId).Order());
        foreach (var version in (string[])["v3", "v4", "v5"]) await iam.DeletePolicyVersionAsync(arn, version, Ct);

        Assert.Contains(await iam.ListPoliciesAsync("Local", onlyAttached: false, null, Ct), one => one.Arn == arn);
        await iam.DeletePolicyAsync(arn, Ct);
        Assert.True((await RefusedAsync(iam.GetPolicyAsync(arn, Ct))).IsNoSuchEntity);
    }

    [Fact]
    public async Task Attachments_inline_policies_and_members_of_every_kind_of_identity()
    {
        moto.Require();
        var iam = moto.Iam;
        await moto.MakeAsync(AwsService.Iam, "CreateGroup", ("GroupName", "g1"));
        await moto.MakeAsync(AwsService.Iam, "CreateUser", ("UserName", "u1"), ("Path", "/team/a/"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "x y"));
        await moto.MakeAsync(AwsService.Iam, "CreateRole", ("RoleName", "r1"), ("AssumeRolePolicyDocument", Document.Replace("\"Resource\": \"arn:aws:s3:::a+b/%20*\"", "\"Principal\": \"*\"", StringComparison.Ordinal)));
        var arn = (await iam.CreatePolicyAsync("shared", "/", Document, null, Team, Ct)).Arn;

        await iam.AddUserToGroupAsync("g1", "u1", Ct);
        await iam.AttachGroupPolicyAsync("g1", arn, Ct);
        await iam.AttachUserPolicyAsync("u1", arn, Ct);
        await iam.AttachRolePolicyAsync("r1", arn, Ct);
        await iam.PutGroupPolicyAsync("g1", "in", Document, Ct);
        await iam.PutUserPolicyAsync("u1", "in", Document, Ct);
        await iam.PutRolePolicyAsync("r1", "in", Document, Ct);

        var reader = new AccountReader(iam, new CredentialReader(iam), TokenService(moto.Options));
        foreach (var identity in new IdentityRef[] { new(IdentityKind.Group, "g1"), new(IdentityKind.User, "u1"), new(IdentityKind.Role, "r1") })
        {
            var read = await reader.IdentityAsync(identity, Ct);
            Assert.Equal((identity, Document, arn), (read!.Ref, read.Inline["in"], Assert.Single(read.Attached)));
        }
        var user = await reader.IdentityAsync(new IdentityRef(IdentityKind.User, "u1"), Ct);
        Assert.Equal(("/team/a/", "x y", "g1"), (user!.Path, user.Tags["team"], Assert.Single(user.Groups)));
        Assert.Equal(["u1"], (await reader.IdentityAsync(new IdentityRef(IdentityKind.Group, "g1"), Ct))!.Members);

        var policy = await reader.PolicyAsync(arn, Ct);
        Assert.Equal(["user u1", "group g1", "role r1"], policy!.AttachedTo.Select(one => one.ToString()));
        Assert.Equal(("v1", Document), (policy.Default.Id, policy.Default.Document));
        Assert.Equal(3, Assert.Single(await iam.ListPoliciesAsync("Local", onlyAttached: true, "PermissionsPolicy", Ct), one => one.Arn == arn).AttachmentCount);
        Assert.Null(await reader.IdentityAsync(new IdentityRef(IdentityKind.Role, "nobody"), Ct));
        Assert.Null(await reader.PolicyAsync("arn:aws:iam::123456789012:policy/none", Ct));
        var names = await reader.NamesAsync(Ct);
        Assert.Superset(new HashSet<IdentityRef> { new(IdentityKind.User, "u1"), new(IdentityKind.Group, "g1"), new(IdentityKind.Role, "r1") }, names.Identities.ToHashSet());
        Assert.Contains(new PolicyName("shared", arn), names.Policies);

        // Not LocalManagedPolicy: moto leaves out the policies' names there.
        var account = await iam.GetAccountAuthorizationDetailsAsync(["User", "Group", "Role"], Ct);
        Assert.Equal(Document, account.UserDetailList.Single(one => one.User.UserName == "u1").UserPolicyList.Single().PolicyDocument);
        Assert.Single(account.GroupDetailList.Single(one => one.Group.GroupName == "g1").AttachedManagedPolicies);
        Assert.Single(account.RoleDetailList.Single(one => one.Role.RoleName == "r1").RolePolicyList);

        await iam.DetachGroupPolicyAsync("g1", arn, Ct);
        await iam.DetachUserPolicyAsync("u1", arn, Ct);
        await iam.DetachRolePolicyAsync("r1", arn, Ct);
        Assert.True((await RefusedAsync(iam.DetachRolePolicyAsync("r1", arn, Ct))).IsNoSuchEntity);
        await iam.DeleteGroupPolicyAsync("g1", "in", Ct);
        await iam.DeleteUserPolicyAsync("u1", "in", Ct);
        await iam.DeleteRolePolicyAsync("r1", "in", Ct);
        await iam.RemoveUserFromGroupAsync("g1", "u1", Ct);
        Assert.Empty(await iam.ListGroupsForUserAsync("u1", Ct));
        Assert.Empty(await iam.ListAccessKeysAsync("u1", Ct));
    }

    [Fact]
    public async Task A_list_of_more_than_one_page()
    {
        moto.Require();
        // AWS's own policies, some 1,300 of them: two pages at the most items that IAM gives.
        var policies = await moto.Iam.ListPoliciesAsync("AWS", onlyAttached: false, null, Ct);
        Assert.InRange(policies.Select(policy => policy.Arn).Distinct().Count(), 1001, int.MaxValue);
    }

    [Fact]
    public async Task An_AWS_managed_policy_is_read_with_its_default_version()
    {
        moto.Require();
        var policy = await new AccountReader(moto.Iam, new CredentialReader(moto.Iam), TokenService(moto.Options)).PolicyAsync("arn:aws:iam::aws:policy/ReadOnlyAccess", Ct);
        Assert.True(policy!.IsAwsManaged);
        Assert.Contains("s3:Get*", Assert.Single(policy.Versions).Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_caller_is_told_by_STS()
    {
        moto.Require();
        var caller = await new AccountReader(moto.Iam, new CredentialReader(moto.Iam), TokenService(moto.Options)).CallerAsync(Ct);
        Assert.Equal("123456789012", caller.AccountId);
    }

    [Fact]
    public async Task An_organization_and_a_service_control_policy()
    {
        moto.Require();
        var organizations = moto.Organizations;
        Assert.Equal("AWSOrganizationsNotInUseException", (await RefusedAsync(organizations.DescribeOrganizationAsync(Ct))).Code);
        await moto.MakeAsync(AwsService.Organizations, "CreateOrganization", ("FeatureSet", "ALL"));
        Assert.Equal(("ALL", "123456789012"), await organizations.DescribeOrganizationAsync(Ct) is var one ? (one.FeatureSet, one.MasterAccountId) : default);
        var root = Assert.Single(await organizations.ListRootsAsync(Ct)).Id;
        await moto.MakeAsync(AwsService.Organizations, "EnablePolicyType", ("RootId", root), ("PolicyType", "SERVICE_CONTROL_POLICY"));
        Assert.Contains("SERVICE_CONTROL_POLICY", Assert.Single(await organizations.ListRootsAsync(Ct)).EnabledPolicyTypes);
        await moto.MakeAsync(AwsService.Organizations, "CreateOrganizationalUnit", ("ParentId", root), ("Name", "prod"));
        var unit = Assert.Single(await organizations.ListOrganizationalUnitsForParentAsync(root, Ct)).Id;
        Assert.Equal(new OrganizationParent(root, "ROOT"), Assert.Single(await organizations.ListParentsAsync(unit, Ct)));
        Assert.Equal("123456789012", Assert.Single(await organizations.ListAccountsForParentAsync(root, Ct)).Id);

        await moto.MakeAsync(AwsService.Organizations, "CreatePolicy", ("Name", "cap"), ("Description", ""), ("Type", "SERVICE_CONTROL_POLICY"), ("Content", Document));
        var cap = Assert.Single(await organizations.ListPoliciesAsync("SERVICE_CONTROL_POLICY", Ct), policy => policy.Name == "cap");
        await moto.MakeAsync(AwsService.Organizations, "AttachPolicy", ("PolicyId", cap.Id), ("TargetId", unit));
        Assert.Equal((unit, "ORGANIZATIONAL_UNIT"), Assert.Single(await organizations.ListTargetsForPolicyAsync(cap.Id, Ct)) is var target ? (target.TargetId, target.Type) : default);
        Assert.Contains(await organizations.ListPoliciesForTargetAsync(unit, "SERVICE_CONTROL_POLICY", Ct), policy => policy.Id == cap.Id);
        Assert.Equal("{}", (await organizations.UpdatePolicyAsync(cap.Id, null, null, "{}", Ct)).Content);
        Assert.Equal(("{}", "cap"), await organizations.DescribePolicyAsync(cap.Id, Ct) is var read ? (read.Content, read.PolicySummary.Name) : default);

        var around = (await new OrganizationReader(organizations, Microsoft.Extensions.Options.Options.Create(moto.Options)).Begin().AroundAsync(unit, Ct))!;
        Assert.Equal([root, unit], around.Path.Select(entity => entity.Ref.Id));
        Assert.Equal(["FullAWSAccess", "cap"], around.AttachedTo(around.Subject.Ref).Select(policy => policy.Name).Order(StringComparer.Ordinal));
        await EditedAndBackAsync(new AccountEditor(moto.Iam, null!, null!, new OrganizationEditor(organizations)), around);
    }

    private static async Task EditedAndBackAsync(IAccountEditor editor, OrganizationState around)
    {
        var inverses = new Stack<AccountEdit>();
        foreach (var edit in (AccountEdit[])[new AccountEdit.CreateScp("deny", "text", Document), new AccountEdit.AttachScp("deny", around.Subject.Ref), new AccountEdit.UpdateScp("cap", Document)])
            foreach (var inverse in await OrganizationReaderTests.MakeAsync(editor, edit)) inverses.Push(inverse);
        Assert.Equal(new SubjectState.ScpAttachment(((SubjectState.Scp)await editor.ReadAsync(new EditSubject.Scp("deny"), Ct)).Stored!.Id, true), await editor.ReadAsync(new EditSubject.ScpAttachment("deny", around.Subject.Ref.Id), Ct));
        foreach (var inverse in inverses) await OrganizationReaderTests.MakeAsync(editor, inverse);
        Assert.Equal(new SubjectState.Scp(null), await editor.ReadAsync(new EditSubject.Scp("deny"), Ct));
        Assert.Equal("{}", ((SubjectState.Scp)await editor.ReadAsync(new EditSubject.Scp("cap"), Ct)).Stored!.Content);
    }

    private static Amazon.SecurityToken.AmazonSecurityTokenServiceClient TokenService(AwsOptions options) =>
        new(options.SandboxCredentials, new Amazon.SecurityToken.AmazonSecurityTokenServiceConfig { ServiceURL = options.Endpoint });

    private static Task<AwsRefusedException> RefusedAsync(Task call) => Assert.ThrowsAsync<AwsRefusedException>(() => call);
}
