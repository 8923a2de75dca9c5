using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Aws;

public sealed class PagingTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task Lists_of_IAM_are_read_to_their_end_past_short_and_empty_pages()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call["Marker"] switch
        {
            null => "<PolicyNames><member>a</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>m+1/=</Marker>",
            "m+1/=" => "<PolicyNames/><IsTruncated>true</IsTruncated><Marker>m2</Marker>",
            "m2" => "<PolicyNames><member>b</member><member>c</member></PolicyNames><IsTruncated>false</IsTruncated>",
            var other => throw new InvalidOperationException(other),
        }));
        Assert.Equal(["a", "b", "c"], await aws.Iam.ListUserPoliciesAsync("ada", Ct));
        Assert.Equal(3, aws.Calls.Count);
    }

    [Fact]
    public async Task The_three_lists_of_a_policys_entities_are_gathered_over_all_pages()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call["Marker"] is null
            ? "<PolicyGroups><member><GroupName>g</GroupName></member></PolicyGroups><PolicyUsers/><PolicyRoles/><IsTruncated>true</IsTruncated><Marker>2</Marker>"
            : "<PolicyUsers><member><UserName>u</UserName></member></PolicyUsers><PolicyRoles><member><RoleName>r</RoleName></member></PolicyRoles><IsTruncated>false</IsTruncated>"));
        var entities = await aws.Iam.ListEntitiesForPolicyAsync("arn:p", "PermissionsPolicy", Ct);
        Assert.Equal(["g", "u", "r"], [.. entities.PolicyGroups, .. entities.PolicyUsers, .. entities.PolicyRoles]);
    }

    [Fact]
    public async Task The_parts_of_the_account_are_gathered_over_all_pages()
    {
        const string Policy = "<member><PolicyName>p</PolicyName><PolicyId>ANPA1</PolicyId><Arn>arn:p</Arn><Path>/</Path><DefaultVersionId>v2</DefaultVersionId><AttachmentCount>3</AttachmentCount><CreateDate>2024-01-02T03:04:05Z</CreateDate><PolicyVersionList><member><Document>%7B%7D</Document><VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion><CreateDate>2025-01-02T03:04:05Z</CreateDate></member></PolicyVersionList></member>";
        const string Group = "<member><GroupName>g</GroupName><GroupId>AGPA1</GroupId><Arn>arn:g</Arn><Path>/</Path><CreateDate>2024-01-02T03:04:05Z</CreateDate><AttachedManagedPolicies><member><PolicyName>p</PolicyName><PolicyArn>arn:p</PolicyArn></member></AttachedManagedPolicies></member>";
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call["Marker"] is null
            ? $"<GroupDetailList>{Group}</GroupDetailList><IsTruncated>true</IsTruncated><Marker>2</Marker>"
            : $"<Policies>{Policy}</Policies><IsTruncated>false</IsTruncated>"));
        var account = await aws.Iam.GetAccountAuthorizationDetailsAsync(["Group", "LocalManagedPolicy"], Ct);
        Assert.Equal("arn:p", Assert.Single(Assert.Single(account.GroupDetailList).AttachedManagedPolicies).PolicyArn);
        Assert.Equal(("v2", "{}"), Assert.Single(Assert.Single(account.Policies).PolicyVersionList) is var version ? (version.VersionId, version.Document) : default);
        Assert.Equal(("Group", "LocalManagedPolicy"), (aws.Calls[0]["Filter.member.1"], aws.Calls[0]["Filter.member.2"]));
    }

    [Fact]
    public async Task Lists_of_Organizations_are_read_past_an_empty_page_with_a_token()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Json(
            call.Body.Contains("t2", StringComparison.Ordinal) ? """{"Targets":[{"TargetId":"ou-1","Arn":"a","Name":"n","Type":"ORGANIZATIONAL_UNIT"}]}"""
            : call.Body.Contains("t1", StringComparison.Ordinal) ? """{"Targets":[],"NextToken":"t2"}"""
            : """{"NextToken":"t1"}"""));
        Assert.Equal("ou-1", Assert.Single(await aws.Organizations.ListTargetsForPolicyAsync("p-1", Ct)).TargetId);
        Assert.Equal("AWSOrganizationsV20161128.ListTargetsForPolicy", aws.Calls[0].Target);
    }

    [Theory]
    [InlineData("<IsTruncated>true</IsTruncated>")]
    [InlineData("<IsTruncated>true</IsTruncated><Marker>same</Marker>")]
    public async Task A_list_that_goes_nowhere_is_an_error_and_no_shorter_list(string rest)
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, $"<PolicyNames/>{rest}"));
        await Assert.ThrowsAsync<AwsUnreachableException>(() => aws.Iam.ListUserPoliciesAsync("ada", Ct));
        Assert.InRange(aws.Calls.Count, 1, 2);
    }

    [Fact]
    public async Task Documents_come_decoded_and_a_plus_stays_a_plus()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call,
            "<PolicyName>p</PolicyName><PolicyDocument>%7B%0D%0A%09%22Sid%22%3A%22a+b%20%C3%A9%252F%22%7D</PolicyDocument>"));
        Assert.Equal("{\r\n\t\"Sid\":\"a+b é%2F\"}", await aws.Iam.GetRolePolicyAsync("deploy", "p", Ct));
    }

    [Fact]
    public async Task Parameters_arrive_as_they_were_given()
    {
        const string Document = "{\r\n \"Sid\": \"a+b &=% é\"}";
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, ""));
        await aws.Iam.PutGroupPolicyAsync("app-dev", "p+q=,.@-", Document, Ct);
        // Its answer is empty, which only changes that answer with nothing may be.
        await Assert.ThrowsAnyAsync<Exception>(() => aws.Iam.CreatePolicyAsync("p", "/", Document, null, new Dictionary<string, string> { ["team"] = "a b" }, Ct));
        Assert.Equal((Document, "p+q=,.@-", "2010-05-08"), (aws.Calls[0]["PolicyDocument"], aws.Calls[0]["PolicyName"], aws.Calls[0]["Version"]));
        Assert.Equal(("team", "a b"), (aws.Calls[1]["Tags.member.1.Key"], aws.Calls[1]["Tags.member.1.Value"]));
    }
}
