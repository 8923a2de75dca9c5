using System.Text.Json;

namespace LastAccessedBot.Tests.Sandbox;

public sealed class OrganizationTests : SandboxFixture
{
    private const string Development = "ou-a1b2-devel001";
    private const string DevelopmentPath = "o-exampleorg/r-a1b2/" + Development;
    private const string NewServiceTest = "p-newsvctest1";

    [Fact]
    public async Task The_tree_can_be_walked_down_and_up()
    {
        using var management = As("management");
        Assert.Equal(["Development", "Production", "Archive"], Strings(await management.Organizations("ListOrganizationalUnitsForParent", new { ParentId = "r-a1b2" }), "OrganizationalUnits", "Name"));
        Assert.Equal(3, Strings(await management.Organizations("ListAccountsForParent", new { ParentId = Development }), "Accounts", "Id").Count);
        Assert.Equal([Development], Strings(await management.Organizations("ListParents", new { ChildId = "ou-a1b2-exper001" }), "Parents", "Id"));
    }

    [Fact]
    public async Task Every_target_of_the_new_services_policy_lies_in_Development_and_one_of_the_data_tools_does_not()
    {
        using var management = As("management");
        Assert.Equal(["222233334444", Development, "ou-a1b2-exper001"], Strings(await management.Organizations("ListTargetsForPolicy", new { PolicyId = NewServiceTest }), "Targets", "TargetId"));
        Assert.Contains("666677778888", Strings(await management.Organizations("ListTargetsForPolicy", new { PolicyId = "p-datatools01" }), "Targets", "TargetId"));
    }

    [Fact]
    public async Task Lists_go_on_with_a_token()
    {
        using var management = As("management");
        var (_, first) = await management.Organizations("ListAccounts", new { MaxResults = 5 });
        var (_, second) = await management.Organizations("ListAccounts", new { MaxResults = 5, NextToken = first.GetProperty("NextToken").GetString() });
        Assert.Equal((5, 4, false), (first.GetProperty("Accounts").GetArrayLength(), second.GetProperty("Accounts").GetArrayLength(), second.TryGetProperty("NextToken", out _)));
    }

    [Fact]
    public async Task Attaching_twice_and_detaching_what_is_not_attached_are_errors()
    {
        using var management = As("management");
        object pair = new { PolicyId = NewServiceTest, TargetId = Development };
        Assert.Equal((400, "DuplicatePolicyAttachmentException"), Error(await management.Organizations("AttachPolicy", pair)));
        Assert.Equal(200, (await management.Organizations("DetachPolicy", pair)).Status);
        Assert.Equal((400, "PolicyNotAttachedException"), Error(await management.Organizations("DetachPolicy", pair)));
    }

    [Fact]
    public async Task A_policy_lives_from_its_creation_to_its_deletion_and_its_name_is_its_own()
    {
        using var management = As("management");
        const string Content = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"lex:*","Resource":"*"}]}""";
        object New(string content) => new { Name = "Cap", Description = "", Type = "SERVICE_CONTROL_POLICY", Content = content };
        Assert.Equal((400, "MalformedPolicyDocumentException"), Error(await management.Organizations("CreatePolicy", New("{}"))));
        Assert.Equal((400, "ConstraintViolationException"), Error(await management.Organizations("CreatePolicy", New(Content + new string(' ', 10_240)))));
        var (_, created) = await management.Organizations("CreatePolicy", New(Content));
        var id = created.GetProperty("Policy").GetProperty("PolicySummary").GetProperty("Id").GetString()!;
        Assert.Equal((400, "DuplicatePolicyException"), Error(await management.Organizations("CreatePolicy", New(Content))));
        Assert.Equal(200, (await management.Organizations("AttachPolicy", new { PolicyId = id, TargetId = Development })).Status);
        Assert.Equal((400, "PolicyInUseException"), Error(await management.Organizations("DeletePolicy", new { PolicyId = id })));
        Assert.Equal(200, (await management.Organizations("DetachPolicy", new { PolicyId = id, TargetId = Development })).Status);
        Assert.Equal(200, (await management.Organizations("DeletePolicy", new { PolicyId = id })).Status);
        Assert.Equal((400, "PolicyNotFoundException"), Error(await management.Organizations("DescribePolicy", new { PolicyId = id })));
        Assert.Equal((400, "PolicyNotFoundException"), Error(await management.Organizations("DeletePolicy", new { PolicyId = "p-FullAWSAccess" })));
    }

    [Fact]
    public async Task A_full_target_takes_no_further_policy()
    {
        using var management = As("management");
        for (var number = 0; number < 9; number++)
        {
            var (_, created) = await management.Organizations("CreatePolicy", new { Name = $"Cap{number}", Description = "", Type = "SERVICE_CONTROL_POLICY", Content = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"lex:*","Resource":"*"}]}""" });
            var attach = await management.Organizations("AttachPolicy", new { PolicyId = created.GetProperty("Policy").GetProperty("PolicySummary").GetProperty("Id").GetString(), TargetId = "444455556666" });
            Assert.Equal(200, attach.Status);
        }
        Assert.Equal((400, "ConstraintViolationException"), Error(await management.Organizations("AttachPolicy", new { PolicyId = NewServiceTest, TargetId = "444455556666" })));
    }

    [Fact]
    public async Task Tags_and_the_day_an_account_joined_are_told()
    {
        using var management = As("management");
        Assert.Equal(200, (await management.Organizations("TagResource", new { ResourceId = Development, Tags = new[] { new { Key = "team", Value = "a" } } })).Status);
        Assert.Equal(["team"], Strings(await management.Organizations("ListTagsForResource", new { ResourceId = Development }), "Tags", "Key"));
        Assert.Equal(200, (await management.Organizations("UntagResource", new { ResourceId = Development, TagKeys = new[] { "team" } })).Status);
        Assert.Empty(Strings(await management.Organizations("ListTagsForResource", new { ResourceId = Development }), "Tags", "Key"));
        Assert.Equal((400, "TargetNotFoundException"), Error(await management.Organizations("ListTagsForResource", new { ResourceId = "ou-none" })));
        var (_, described) = await management.Organizations("DescribeAccount", new { AccountId = "888899990000" });
        Assert.Equal(Time.GetUtcNow().AddDays(-20).ToUnixTimeSeconds(), described.GetProperty("Account").GetProperty("JoinedTimestamp").GetDouble(), 1.0);
    }

    [Fact]
    public async Task The_last_policy_of_a_target_stays()
    {
        using var management = As("management");
        Assert.Equal((400, "ConstraintViolationException"), Error(await management.Organizations("DetachPolicy", new { PolicyId = "p-archivelst1", TargetId = "ou-a1b2-archv001" })));
    }

    [Fact]
    public async Task A_member_account_may_not_look_around() =>
        Assert.Equal((400, "AccessDeniedException"), Error(await Aws.Organizations("ListRoots", new { })));

    [Fact]
    public async Task Lex_and_DMS_are_idle_until_they_are_denied_and_then_gone()
    {
        using var management = As("management");
        Assert.Equal(["bedrock", "comprehend", "dms", "lex", "textract"], await Services(management, DevelopmentPath, NewServiceTest));
        var (_, described) = await management.Organizations("DescribePolicy", new { PolicyId = NewServiceTest });
        var content = described.GetProperty("Policy").GetProperty("Content").GetString()!
            .Replace("\"Statement\": [", """ "Statement": [{"Effect":"Deny","Action":["lex:*","dms:*"],"Resource":"*"},""");
        Assert.Equal(200, (await management.Organizations("UpdatePolicy", new { PolicyId = NewServiceTest, Content = content })).Status);
        Assert.Equal(["bedrock", "comprehend", "textract"], await Services(management, DevelopmentPath, NewServiceTest));
        Assert.DoesNotContain("lex", await Services(management, DevelopmentPath, null));
    }

    [Fact]
    public async Task An_allow_list_is_all_that_its_unit_can_reach_and_the_management_account_reaches_everything()
    {
        using var management = As("management");
        Assert.Equal(["glacier", "kms", "s3"], await Services(management, "o-exampleorg/r-a1b2/ou-a1b2-archv001", null));
        Assert.True((await Services(management, "o-exampleorg/r-a1b2/111122223333", NewServiceTest)).Count > 330);
    }

    [Fact]
    public async Task The_root_report_leaves_the_management_account_out()
    {
        using var management = As("management");
        var report = await Finished(management, "o-exampleorg/r-a1b2", null);
        var lex = report.Xml.Descendants("ServiceNamespace").Single(element => element.Value == "lex").Parent!;
        Assert.Equal(DevelopmentPath + "/222233334444", lex.Element("EntityPath")!.Value);
        Assert.Equal("1", lex.Element("TotalAuthenticatedEntities")!.Value);
    }

    private async Task<List<string>> Services(SandboxClient management, string path, string? policyId) =>
        [.. (await Finished(management, path, policyId)).Xml.Descendants("ServiceNamespace").Select(element => element.Value)];

    private async Task<Answer> Finished(SandboxClient management, string path, string? policyId)
    {
        (string, string)[] policy = policyId is null ? [] : [("OrganizationsPolicyId", policyId)];
        var job = (await management.Iam("GenerateOrganizationsAccessReport", [("EntityPath", path), .. policy])).Text("JobId")!;
        Time.Advance(TimeSpan.FromSeconds(2));
        return await management.Iam("GetOrganizationsAccessReport", ("JobId", job), ("MaxItems", "1000"));
    }

    private static List<string> Strings((int Status, JsonElement Body) answer, string list, string member) =>
        [.. answer.Body.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(member).GetString()!)];

    private static (int, string?) Error((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("__type").GetString());
}
