using LastAccessedBot.Sandbox;

namespace LastAccessedBot.Tests.Sandbox;

public sealed class PolicyTests : SandboxFixture
{
    private const string ReadOnly = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}""";
    private static readonly string FiveVersions = SandboxClient.PolicyArn("FiveVersions-Reporting");

    protected override SandboxOptions Options => new() { Port = 0, PageSize = 3 };

    [Fact]
    public async Task Attached_customer_policies_are_listed_to_the_last_page_without_boundaries_and_idle_ones()
    {
        var names = await Names(("Scope", "Local"), ("OnlyAttached", "true"), ("PolicyUsageFilter", "PermissionsPolicy"));
        Assert.Contains("ExamplePolicy1", names);
        Assert.DoesNotContain("Boundary-Engineering", names);
        Assert.DoesNotContain("Unattached-Experiment", names);
        Assert.DoesNotContain("IAMFullAccess", names);
        Assert.Equal(names.Distinct().Count(), names.Count);
        Assert.Equal(20, names.Count);
    }

    [Fact]
    public async Task Policies_used_as_a_boundary_are_listed_when_asked_for() =>
        Assert.Equal(["Boundary-Engineering"], await Names(("PolicyUsageFilter", "PermissionsBoundary")));

    [Fact]
    public async Task Policies_under_a_path_are_listed_when_asked_for() =>
        Assert.Equal(["Billing-Export"], await Names(("PathPrefix", "/teams/")));

    [Fact]
    public async Task Entities_of_a_policy_are_complete_over_all_pages()
    {
        List<string> found = [];
        foreach (var (list, name) in new[] { ("PolicyUsers", "UserName"), ("PolicyRoles", "RoleName"), ("PolicyGroups", "GroupName") })
            found.AddRange((await Aws.All("ListEntitiesForPolicy", list, ("PolicyArn", SandboxClient.PolicyArn("Legacy-Reporting")))).Select(entity => entity.Element(name)!.Value));
        Assert.Equal(["alejandro-rosalez", "empty-handed", "legacy-reporting-runner", "reporting", "wang-xiulan"], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_marker_is_good_for_its_own_list_alone()
    {
        var marker = (await Aws.Iam("ListPolicies", ("Scope", "Local"))).Text("Marker")!;
        Assert.Equal("ValidationError", (await Aws.Iam("ListPolicies", ("Scope", "All"), ("Marker", marker))).Code);
        Assert.Equal("ValidationError", (await Aws.Iam("ListUsers", ("Marker", "made-up"))).Code);
    }

    [Fact]
    public async Task A_document_comes_back_to_the_letter_and_percent_encoded()
    {
        const string Odd = """{ "Statement" : [ {"Action":"S3:get*" , "Effect":"Allow","Resource":["arn:aws:s3:::a b+c/*"]} ], "Version":"2012-10-17"}""";
        await Aws.Iam("CreatePolicy", ("PolicyName", "Odd"), ("PolicyDocument", Odd));
        var document = (await Aws.Iam("GetPolicyVersion", ("PolicyArn", SandboxClient.PolicyArn("Odd")), ("VersionId", "v1"))).Text("Document")!;
        Assert.Equal(Odd, Uri.UnescapeDataString(document));
        Assert.DoesNotContain('+', document);
        Assert.DoesNotContain(' ', document);
    }

    [Fact]
    public async Task A_sixth_version_is_refused_until_one_has_gone_and_numbers_never_come_back()
    {
        var refused = await NewVersion(FiveVersions);
        Assert.Equal((409, "LimitExceeded"), (refused.Status, refused.Code));
        await Aws.Iam("DeletePolicyVersion", ("PolicyArn", FiveVersions), ("VersionId", "v1"));
        Assert.Equal("v6", (await NewVersion(FiveVersions)).Text("VersionId"));
        await Aws.Iam("DeletePolicyVersion", ("PolicyArn", FiveVersions), ("VersionId", "v6"));
        Assert.Equal("v7", (await NewVersion(FiveVersions)).Text("VersionId"));
        Assert.Equal("v5", (await Aws.Iam("GetPolicy", ("PolicyArn", FiveVersions))).Text("DefaultVersionId"));
    }

    [Fact]
    public async Task The_default_version_cannot_be_deleted()
    {
        var answer = await Aws.Iam("DeletePolicyVersion", ("PolicyArn", FiveVersions), ("VersionId", "v5"));
        Assert.Equal((409, "DeleteConflict"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_policy_goes_only_when_nothing_hangs_on_it_any_more()
    {
        var arn = SandboxClient.PolicyArn("ExamplePolicy1");
        Assert.Equal("DeleteConflict", (await Aws.Iam("DeletePolicy", ("PolicyArn", arn))).Code);
        foreach (var user in new[] { "IAMExampleUser", "IAMExampleAnalyst" })
            await Aws.Iam("DetachUserPolicy", ("UserName", user), ("PolicyArn", arn));
        foreach (var role in new[] { "IAMExampleRole", "IAMExampleBatchRole" })
            await Aws.Iam("DetachRolePolicy", ("RoleName", role), ("PolicyArn", arn));
        Assert.Equal("DeleteConflict", (await Aws.Iam("DeletePolicy", ("PolicyArn", arn))).Code);
        await Aws.Iam("DeletePolicyVersion", ("PolicyArn", arn), ("VersionId", "v1"));
        Assert.Equal(200, (await Aws.Iam("DeletePolicy", ("PolicyArn", arn))).Status);
        Assert.Equal((404, "NoSuchEntity"), await StatusOf(arn));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"Version":"2012-10-17"}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Sid":"\ud800","Effect":"Allow","Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","NotAction":"ec2:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"A","Effect":"Deny","Action":"s3:*","Resource":"*"}]}""")]
    public async Task A_document_against_the_grammar_is_refused(string document)
    {
        var answer = await Aws.Iam("CreatePolicy", ("PolicyName", "Wrong"), ("PolicyDocument", document));
        Assert.Equal((400, "MalformedPolicyDocument"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(6144, null)]
    [InlineData(6145, "LimitExceeded")]
    public async Task A_document_may_have_6144_characters_besides_white_space(int characters, string? code)
    {
        var frame = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::"}]}""";
        var document = frame.Replace("s3:::", "s3:::" + new string('x', characters - frame.Length)).Replace(",", " ,\n\t ");
        Assert.Equal(code, (await Aws.Iam("CreatePolicy", ("PolicyName", "Long"), ("PolicyDocument", document))).Code);
    }

    [Fact]
    public async Task Names_are_unique_whatever_their_case() =>
        Assert.Equal("EntityAlreadyExists", (await Aws.Iam("CreatePolicy", ("PolicyName", "examplepolicy1"), ("PolicyDocument", ReadOnly))).Code);

    [Fact]
    public async Task An_AWS_managed_policy_cannot_be_changed() =>
        Assert.Equal("AccessDenied", (await NewVersion("arn:aws:iam::aws:policy/IAMFullAccess")).Code);

    [Fact]
    public async Task Description_tags_and_path_of_a_new_policy_are_kept()
    {
        await Aws.Iam("CreatePolicy", ("PolicyName", "Kept"), ("PolicyDocument", ReadOnly), ("Path", "/team/"), ("Description", "Kept for later"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "app-dev"));
        var policy = await Aws.Iam("GetPolicy", ("PolicyArn", SandboxClient.PolicyArn("team/Kept")));
        Assert.Equal(("/team/", "Kept for later", "app-dev"), (policy.Text("Path"), policy.Text("Description"), policy.Text("Value")));
    }

    private Task<Answer> NewVersion(string arn) => Aws.Iam("CreatePolicyVersion", ("PolicyArn", arn), ("PolicyDocument", ReadOnly));

    private async Task<(int, string?)> StatusOf(string arn)
    {
        var answer = await Aws.Iam("GetPolicy", ("PolicyArn", arn));
        return (answer.Status, answer.Code);
    }

    private async Task<List<string>> Names(params (string, string)[] parameters) =>
        [.. (await Aws.All("ListPolicies", "Policies", parameters)).Select(policy => policy.Element("PolicyName")!.Value)];
}
