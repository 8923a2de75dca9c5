using LastAccessedBot.Sandbox;
using LastAccessedBot.Sandbox.Evaluation;

namespace LastAccessedBot.Tests.Sandbox;

/// <summary>What the simulated Access Analyzer finds in documents, and how it refuses.</summary>
public sealed class AnalyzerTests : IAsyncLifetime
{
    private const string Validation = "/policy/validation", Comparison = "/policy/check-no-new-access";
    private const string Clean = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";

    private SandboxServer server = null!;
    private SandboxClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, TimeProvider.System, TestContext.Current.CancellationToken);
        client = new SandboxClient(server, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(Clean, "")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""", "WARNING MISSING_VERSION")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Sid":"","Effect":"Allow","Action":["s3:Get*","s3:GetObject"],"Resource":"*"}}""", "SUGGESTION EMPTY_SID_VALUE, SUGGESTION REDUNDANT_ACTION")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:Get*","s3:Get*"],"Resource":"*"}}""", "SUGGESTION REDUNDANT_ACTION")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}}""", "SECURITY_WARNING PASS_ROLE_WITH_STAR_IN_RESOURCE")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}""", "SECURITY_WARNING PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/a"}}""", "")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:*","Resource":"*"}}""", "")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreateServiceLinkedRole","Resource":"*"}}""", "WARNING CREATE_SLR_WITH_STAR_IN_RESOURCE")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"nosuch:*","Resource":"*"}}""", "ERROR INVALID_SERVICE_IN_ACTION")]
    [InlineData("""{"Version":"2012-10-17","Statement":[""", "ERROR JSON_SYNTAX_ERROR")]
    [InlineData("""{"Version":"2011-01-01","Statement":[]}""", "ERROR INVALID_VERSION")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}}""", "ERROR MISSING_ACTION")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*"}}""", "ERROR MISSING_RESOURCE")]
    public async Task Findings_have_the_type_and_the_code_of_AWS_s_checks(string document, string findings)
    {
        var (status, _, body) = await client.Analyzer(Validation, new { policyDocument = document, policyType = "IDENTITY_POLICY" });
        Assert.Equal(200, status);
        Assert.Equal(findings, string.Join(", ", body.GetProperty("findings").EnumerateArray().Select(one => $"{one.GetProperty("findingType")} {one.GetProperty("issueCode")}").Order()));
    }

    [Fact]
    public async Task An_SCP_is_judged_as_one_and_a_service_can_be_made_unknown()
    {
        const string Scp = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"lex:*","Resource":"*"},{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}""";
        Assert.Equal(0, (await client.Analyzer(Validation, new { policyDocument = Scp, policyType = "SERVICE_CONTROL_POLICY" })).Body.GetProperty("findings").GetArrayLength());
        server.Faults.Change(faults => faults with { UnknownToValidation = ["lex"] });
        var finding = Assert.Single((await client.Analyzer(Validation, new { policyDocument = Scp, policyType = "SERVICE_CONTROL_POLICY" })).Body.GetProperty("findings").EnumerateArray());
        Assert.Equal(("ERROR", "INVALID_SERVICE_IN_ACTION"), (finding.GetProperty("findingType").GetString(), finding.GetProperty("issueCode").GetString()));
        Assert.Equal((400, "ValidationException"), Refused(await client.Analyzer(Comparison, new { newPolicyDocument = Scp, existingPolicyDocument = Scp, policyType = "SERVICE_CONTROL_POLICY" })));
    }

    [Fact]
    public async Task A_finding_says_where_it_is()
    {
        const string Document = "{\"Version\":\"2012-10-17\",\n\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"},\n  {\"Effect\":\"Allow\",\"Action\":\"iam:PassRole\",\"Resource\":\"*\"}]}";
        var finding = Assert.Single((await client.Analyzer(Validation, new { policyDocument = Document, policyType = "IDENTITY_POLICY" })).Body.GetProperty("findings").EnumerateArray());
        var location = Assert.Single(finding.GetProperty("locations").EnumerateArray());
        Assert.Equal("""[{"value":"Statement"},{"index":1},{"value":"Resource"}]""", location.GetProperty("path").GetRawText());
        var (start, end) = (location.GetProperty("span").GetProperty("start"), location.GetProperty("span").GetProperty("end"));
        Assert.Equal((3, 2), (start.GetProperty("line").GetInt32(), start.GetProperty("column").GetInt32()));
        Assert.Equal("{\"Effect\":\"Allow\",\"Action\":\"iam:PassRole\",\"Resource\":\"*\"}", Document[start.GetProperty("offset").GetInt32()..end.GetProperty("offset").GetInt32()]);
    }

    [Fact]
    public async Task Findings_come_by_the_page_with_a_token_in_the_query()
    {
        var body = new { policyDocument = """{"Statement":{"Sid":"","Effect":"Allow","Action":"s3:*","Resource":"*"}}""", policyType = "IDENTITY_POLICY" };
        var (_, _, first) = await client.Analyzer(Validation, body, "maxResults=1");
        Assert.Equal(1, first.GetProperty("findings").GetArrayLength());
        var (_, _, second) = await client.Analyzer(Validation, body, $"maxResults=1&nextToken={Uri.EscapeDataString(first.GetProperty("nextToken").GetString()!)}");
        Assert.Equal(1, second.GetProperty("findings").GetArrayLength());
        Assert.False(second.TryGetProperty("nextToken", out _));
        Assert.Equal((400, "ValidationException"), Refused(await client.Analyzer(Validation, body, "nextToken=made-up")));
    }

    [Fact]
    public async Task Refusals_have_AWS_s_names_and_status()
    {
        Assert.Equal((400, "ValidationException"), Refused(await client.Analyzer(Validation, new { policyDocument = Clean })));
        Assert.Equal((400, "ValidationException"), Refused(await client.Analyzer(Validation, new { policyDocument = Clean, policyType = "RUMOUR" })));
        Assert.Equal((400, "ValidationException"), Refused(await client.Analyzer(Validation, "[]")));
        Assert.Equal((400, "InvalidParameterException"), Refused(await client.Analyzer(Comparison, new { newPolicyDocument = "{}", existingPolicyDocument = Clean, policyType = "IDENTITY_POLICY" })));
        server.Faults.Change(faults => faults with { ThrottleNext = faults.ThrottleNext.Add("access-analyzer:ValidatePolicy", 1), AccessDenied = ["access-analyzer:CheckNoNewAccess"] });
        Assert.Equal((429, "ThrottlingException"), Refused(await client.Analyzer(Validation, new { policyDocument = Clean, policyType = "IDENTITY_POLICY" })));
        Assert.Equal((403, "AccessDeniedException"), Refused(await client.Analyzer(Comparison, new { newPolicyDocument = Clean, existingPolicyDocument = Clean, policyType = "IDENTITY_POLICY" })));
        using var stranger = new SandboxClient(server, TimeProvider.System, secret: "another");
        Assert.Equal((403, "InvalidSignatureException"), Refused(await stranger.Analyzer(Validation, new { policyDocument = Clean, policyType = "IDENTITY_POLICY" })));
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*"}""", """{"Effect":"Allow","Action":["s3:Get*","s3:PutObject"],"Resource":"*"}""", "")]
    [InlineData("""{"Effect":"Allow","Action":["s3:Get*","s3:PutObject"],"Resource":"*"}""", """{"Effect":"Allow","Action":"s3:*","Resource":"*"}""", "0")]
    [InlineData("""{"Effect":"Allow","NotAction":["iam:*"],"Resource":"*"}""", """{"Effect":"Allow","Action":["ec2:*","s3:*"],"Resource":"*"}""", "")]
    [InlineData("""{"Effect":"Allow","NotAction":["iam:*"],"Resource":"*"}""", """{"Effect":"Allow","Action":["ec2:*"],"Resource":"*"},{"Effect":"Allow","Action":["iam:List*"],"Resource":"*"}""", "1")]
    [InlineData("""{"Effect":"Allow","Action":["ec2:*","s3:*"],"Resource":"*"}""", """{"Effect":"Allow","NotAction":["iam:*"],"Resource":"*"}""", "0")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a/*"}""", """{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a/b"}""", "")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a/b"}""", """{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a/*"}""", "0")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"a":"true"}}}""", """{"Effect":"Allow","Action":"s3:Get*","Resource":"*","Condition":{"Bool":{"a":["true"]}}}""", "")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"a":"true"}}}""", """{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}""", "0")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:Put*","Resource":"*"}""", """{"Effect":"Allow","Action":"s3:*","Resource":"*"}""", "0")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:Put*","Resource":"*"}""", """{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}""", "")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:Put*","Resource":"*","Condition":{"Bool":{"a":"true"}}}""", """{"Effect":"Allow","Action":"s3:*","Resource":"*"}""", "0")]
    [InlineData("""{"Effect":"Deny","Action":"*","Resource":"*"}""", """{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}""", "0")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"}""", """{"Effect":"Allow","Action":"S3:getobject","Resource":"*"}""", "")]
    public void New_access_is_found_where_it_is(string before, string now, string statements) =>
        Assert.Equal(statements, string.Join(", ", NewAccess.In(Read(now), Read(before), [])));

    private static Document Read(string statements) => Document.Parse($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""");

    private static (int, string?) Refused((int Status, string? ErrorType, System.Text.Json.JsonElement Body) answer)
    {
        Assert.NotEmpty(answer.Body.GetProperty("message").GetString()!);
        return (answer.Status, answer.ErrorType);
    }
}
