namespace LastAccessedBot.Tests.Sandbox;

public sealed class IdentityTests : SandboxFixture
{
    private const string Document = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}""";

    [Fact]
    public async Task Attaching_twice_is_no_error_and_detaching_twice_is()
    {
        (string, string)[] pair = [("GroupName", "app-dev"), ("PolicyArn", SandboxClient.PolicyArn("App-Dev-ElasticTranscoder"))];
        Assert.Equal(200, (await Aws.Iam("AttachGroupPolicy", pair)).Status);
        Assert.Equal(200, (await Aws.Iam("DetachGroupPolicy", pair)).Status);
        var again = await Aws.Iam("DetachGroupPolicy", pair);
        Assert.Equal((404, "NoSuchEntity"), (again.Status, again.Code));
    }

    [Fact]
    public async Task Undoing_every_change_restores_the_account_exactly()
    {
        var before = Server.Account.Snapshot();
        var policy = SandboxClient.PolicyArn("App-Dev-Route53");
        await Aws.Iam("DetachGroupPolicy", ("GroupName", "app-dev"), ("PolicyArn", policy));
        await Aws.Iam("RemoveUserFromGroup", ("GroupName", "security-team"), ("UserName", "nikhilj"));
        await Aws.Iam("PutUserPolicy", ("UserName", "nikhilj"), ("PolicyName", "extra"), ("PolicyDocument", Document));
        await Aws.Iam("PutRolePermissionsBoundary", ("RoleName", "pipeline"), ("PermissionsBoundary", policy));
        await Aws.Iam("TagUser", ("UserName", "nikhilj"), ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "b"));
        await Aws.Iam("CreatePolicyVersion", ("PolicyArn", policy), ("PolicyDocument", Document), ("SetAsDefault", "true"));
        Assert.NotEqual(before, Server.Account.Snapshot());

        await Aws.Iam("SetDefaultPolicyVersion", ("PolicyArn", policy), ("VersionId", "v1"));
        await Aws.Iam("UntagUser", ("UserName", "nikhilj"), ("TagKeys.member.1", "a"));
        await Aws.Iam("DeleteRolePermissionsBoundary", ("RoleName", "pipeline"));
        await Aws.Iam("DeleteUserPolicy", ("UserName", "nikhilj"), ("PolicyName", "extra"));
        await Aws.Iam("AddUserToGroup", ("GroupName", "security-team"), ("UserName", "nikhilj"));
        await Aws.Iam("AttachGroupPolicy", ("GroupName", "app-dev"), ("PolicyArn", policy));
        Assert.Equal(before, Server.Account.Snapshot());
    }

    [Fact]
    public async Task A_user_goes_only_when_nothing_hangs_on_them_any_more()
    {
        (string, string) user = ("UserName", "wang-xiulan");
        (string Action, (string, string)[] More)[] steps =
        [
            ("DeleteLoginProfile", []),
            ("DeleteAccessKey", [("AccessKeyId", "AKIAWANGXIULAN000001")]),
            ("DeleteAccessKey", [("AccessKeyId", "AKIAWANGXIULAN000002")]),
            ("DeactivateMFADevice", [("SerialNumber", "arn:aws:iam::123456789012:mfa/wang-xiulan")]),
            ("DeleteSSHPublicKey", [("SSHPublicKeyId", "APKAWANGXIULAN000001")]),
            ("DeleteSigningCertificate", [("CertificateId", "WANGXIULANSIGNINGCERT000001")]),
            ("DeleteServiceSpecificCredential", [("ServiceSpecificCredentialId", "ACCAWANGXIULAN000001")]),
            ("DetachUserPolicy", [("PolicyArn", SandboxClient.PolicyArn("Legacy-Reporting"))]),
            ("DeleteUserPolicy", [("PolicyName", "own-queue")]),
            ("RemoveUserFromGroup", [("GroupName", "contractors")]),
        ];
        foreach (var (action, more) in steps)
        {
            var refused = await Aws.Iam("DeleteUser", user);
            Assert.Equal((409, "DeleteConflict"), (refused.Status, refused.Code));
            Assert.Equal(200, (await Aws.Iam(action, [user, .. more])).Status);
        }

        Assert.Equal(200, (await Aws.Iam("DeleteUser", user)).Status);
        Assert.Equal("NoSuchEntity", (await Aws.Iam("GetUser", user)).Code);
    }

    [Fact]
    public async Task A_group_with_members_and_a_role_in_an_instance_profile_stay()
    {
        Assert.Equal("DeleteConflict", (await Aws.Iam("DeleteGroup", ("GroupName", "data-science"))).Code);
        await Aws.Iam("DetachRolePolicy", ("RoleName", "old-build-server"), ("PolicyArn", SandboxClient.PolicyArn("Terraform-Pipeline-Artifacts")));
        Assert.Equal("DeleteConflict", (await Aws.Iam("DeleteRole", ("RoleName", "old-build-server"))).Code);
        await Aws.Iam("RemoveRoleFromInstanceProfile", ("RoleName", "old-build-server"), ("InstanceProfileName", "old-build-server"));
        Assert.Equal(200, (await Aws.Iam("DeleteRole", ("RoleName", "old-build-server"))).Status);
    }

    [Fact]
    public async Task An_instance_profile_stays_without_its_role_and_takes_one_at_a_time()
    {
        (string, string) profile = ("InstanceProfileName", "nightly-export"), role = ("RoleName", "nightly-export");
        Assert.Equal("LimitExceeded", (await Aws.Iam("AddRoleToInstanceProfile", profile, ("RoleName", "pipeline"))).Code);
        Assert.Equal(200, (await Aws.Iam("RemoveRoleFromInstanceProfile", profile, role)).Status);
        Assert.Equal((404, "NoSuchEntity"), (await Aws.Iam("RemoveRoleFromInstanceProfile", profile, role)) is var again ? (again.Status, again.Code) : default);
        Assert.Empty((await Aws.Iam("GetInstanceProfile", profile)).List("Roles"));
        Assert.Equal(200, (await Aws.Iam("AddRoleToInstanceProfile", profile, role)).Status);
        Assert.Equal("nightly-export", Assert.Single((await Aws.Iam("ListInstanceProfilesForRole", role)).List("InstanceProfiles")).Element("InstanceProfileName")!.Value);
        Assert.Equal("NoSuchEntity", (await Aws.Iam("GetInstanceProfile", ("InstanceProfileName", "nobodys"))).Code);
    }

    [Fact]
    public async Task An_access_key_is_switched_off_and_on()
    {
        (string, string)[] key = [("UserName", "wang-xiulan"), ("AccessKeyId", "AKIAWANGXIULAN000001")];
        Assert.Equal(200, (await Aws.Iam("UpdateAccessKey", [.. key, ("Status", "Inactive")])).Status);
        Assert.All(await Aws.All("ListAccessKeys", "AccessKeyMetadata", ("UserName", "wang-xiulan")), one => Assert.Equal("Inactive", one.Element("Status")!.Value));
        Assert.Equal("ValidationError", (await Aws.Iam("UpdateAccessKey", [.. key, ("Status", "Asleep")])).Code);
        Assert.Equal("NoSuchEntity", (await Aws.Iam("UpdateAccessKey", ("UserName", "nikhilj"), ("AccessKeyId", "AKIAWANGXIULAN000001"), ("Status", "Active"))).Code);
    }

    [Fact]
    public async Task A_service_linked_role_belongs_to_AWS()
    {
        var answer = await Aws.Iam("DeleteRole", ("RoleName", "AWSServiceRoleForSupport"));
        Assert.Equal((400, "UnmodifiableEntity"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_user_recreated_under_the_same_name_is_another_one_without_a_history()
    {
        var first = (await Aws.Iam("GetUser", ("UserName", "richard-roe"))).Text("UserId");
        await Aws.Iam("RemoveUserFromGroup", ("GroupName", "Development"), ("UserName", "richard-roe"));
        await Aws.Iam("DeleteUser", ("UserName", "richard-roe"));
        Assert.NotEqual(first, (await Aws.Iam("CreateUser", ("UserName", "richard-roe"))).Text("UserId"));
    }

    [Fact]
    public async Task Inline_documents_share_a_quota_by_entity()
    {
        var frame = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"arn:"}}""";
        var half = frame.Replace("arn:", "arn:" + new string('x', 1100 - frame.Length));
        Assert.Equal(200, (await Put("one", half)).Status);
        Assert.Equal("LimitExceeded", (await Put("two", half)).Code);
        Assert.Equal(200, (await Put("one", half)).Status);

        Task<Answer> Put(string name, string document) =>
            Aws.Iam("PutUserPolicy", ("UserName", "nikhilj"), ("PolicyName", name), ("PolicyDocument", document));
    }

    [Fact]
    public async Task The_whole_account_fits_into_authorization_details()
    {
        Assert.Equal(32, (await Aws.All("GetAccountAuthorizationDetails", "UserDetailList")).Count);
        var role = Assert.Single(await Aws.All("GetAccountAuthorizationDetails", "RoleDetailList", ("Filter.member.1", "Role")), IsImageResizer);
        Assert.Equal(["old-experiment", "read-images"], role.Element("RolePolicyList")!.Elements("member").Select(policy => policy.Element("PolicyName")!.Value));

        static bool IsImageResizer(System.Xml.Linq.XElement role) => role.Element("RoleName")!.Value == "image-resizer";
    }

    [Fact]
    public async Task A_missing_parameter_and_an_unknown_operation_are_named()
    {
        var missing = await Aws.Iam("GetGroup");
        Assert.Equal((400, "ValidationError"), (missing.Status, missing.Code));
        Assert.Contains("groupName", missing.Text("Message"));
        Assert.Equal("InvalidAction", (await Aws.Iam("MakeCoffee")).Code);
    }
}
