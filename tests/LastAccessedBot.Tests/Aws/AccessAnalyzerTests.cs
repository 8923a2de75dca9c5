using LastAccessedBot.Aws;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core.SecondOpinions;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Aws;

/// <summary>The client of Access Analyzer, against scripted answers.</summary>
public sealed class AccessAnalyzerTests
{
    private const string Document = """{"Version":"2012-10-17","Statement":[]}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_come_from_all_pages_and_the_token_goes_into_the_query()
    {
        await using var aws = await ScriptedAws.StartAsync(call => call.Number switch
        {
            0 => Answer.Json("""{"findings":[],"nextToken":"two+/="}"""),
            1 => Answer.Json("""{"findings":[{"findingType":"SECURITY_WARNING","issueCode":"A","findingDetails":"one","learnMoreLink":"","locations":[]}],"nextToken":"three"}"""),
            _ => Answer.Json("""{"findings":[{"findingType":"SUGGESTION","issueCode":"B","findingDetails":"two","learnMoreLink":"","locations":[]}]}"""),
        });
        Assert.Equal(
            [new PolicyFinding(FindingGrade.SecurityWarning, "A", "one"), new PolicyFinding(FindingGrade.Suggestion, "B", "two")],
            await Analyzer(aws).ValidateAsync(Document, DocumentType.Identity, Ct));
        Assert.Equal(["/policy/validation", "/policy/validation?nextToken=two%2B%2F%3D", "/policy/validation?nextToken=three"], aws.Calls.Select(call => call.Address));
        Assert.All(aws.Calls, call => Assert.Equal("""{"policyDocument":"{\u0022Version\u0022:\u00222012-10-17\u0022,\u0022Statement\u0022:[]}","policyType":"IDENTITY_POLICY"}""", call.Body));
    }

    [Theory]
    [InlineData(DocumentType.Identity, "IDENTITY_POLICY")]
    [InlineData(DocumentType.ServiceControl, "SERVICE_CONTROL_POLICY")]
    public async Task A_document_is_validated_for_what_it_is(DocumentType type, string named)
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json("""{"findings":[]}"""));
        Assert.Empty(await Analyzer(aws).ValidateAsync(Document, type, Ct));
        Assert.Contains($"\"policyType\":\"{named}\"", Assert.Single(aws.Calls).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"result":"PASS","message":"no new access"}""", false, "no new access")]
    [InlineData("""{"result":"FAIL","message":"new access","reasons":[{"description":"In statement 0.","statementIndex":0},{"description":"In statement 2."}]}""", true, "In statement 0. In statement 2.")]
    [InlineData("""{"result":"FAIL"}""", true, "")]
    public async Task Whether_access_is_new_is_told_with_its_reasons(string answer, bool more, string message)
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json(answer));
        Assert.Equal(new AccessComparison(more, message), await Analyzer(aws).CompareAsync("{}", Document, Ct));
        Assert.Equal("/policy/check-no-new-access", Assert.Single(aws.Calls).Address);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"result":"PERHAPS"}""")]
    [InlineData("not json")]
    public async Task An_answer_that_says_neither_yes_nor_no_is_none(string answer)
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json(answer));
        await Assert.ThrowsAsync<AwsUnreachableException>(() => Analyzer(aws).CompareAsync("{}", Document, Ct));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"findings":[{"findingType":"RUMOUR","issueCode":"A","findingDetails":"one"}]}""")]
    public async Task An_answer_without_findings_or_with_unknown_ones_is_none(string answer)
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Json(answer));
        await Assert.ThrowsAsync<AwsUnreachableException>(() => Analyzer(aws).ValidateAsync(Document, DocumentType.Identity, Ct));
    }

    [Fact]
    public async Task What_cannot_be_analysed_is_refused_with_the_name_in_the_header_and_not_asked_again()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Rest(422, "UnprocessableEntityException:http://internal.amazon.com/", "The document is too complex."));
        var refused = await Assert.ThrowsAsync<AwsRefusedException>(() => Analyzer(aws).CompareAsync("{}", Document, Ct));
        Assert.Equal(("UnprocessableEntityException", "The document is too complex.", 422), (refused.Code, refused.AwsMessage, (int)refused.StatusCode));
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task Throttled_questions_are_asked_again()
    {
        await using var aws = await ScriptedAws.StartAsync(call => call.Number == 0 ? Answer.Rest(429, "ThrottlingException", "slow down") : Answer.Json("""{"findings":[]}"""));
        Assert.Empty(await Analyzer(aws).ValidateAsync(Document, DocumentType.Identity, Ct));
        Assert.Equal(2, aws.Calls.Count);
    }

    [Theory]
    [InlineData("eu-central-1", "https://access-analyzer.eu-central-1.amazonaws.com", "eu-central-1")]
    [InlineData("cn-north-1", "https://access-analyzer.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("us-gov-east-1", "https://access-analyzer.us-gov-east-1.amazonaws.com", "us-gov-east-1")]
    public void It_is_asked_in_the_region_of_the_settings(string region, string url, string signedFor) =>
        Assert.Equal((url, signedFor), Partition.Of(region)!.EndpointOf(AwsService.AccessAnalyzer, region));

    private static PolicyAnalyzer Analyzer(ScriptedAws aws) => new(aws.AccessAnalyzer);
}
