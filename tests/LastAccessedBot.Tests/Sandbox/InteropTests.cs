using System.Text.Json;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Tests.EndToEnd;

namespace LastAccessedBot.Tests.Sandbox;

/// <summary>Clients that others wrote take the sandbox for AWS.</summary>
public sealed class InteropTests : IAsyncLifetime
{
    private SandboxServer server = null!;

    public async ValueTask InitializeAsync() =>
        server = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, PageSize = 4, ReportTime = TimeSpan.Zero }, TimeProvider.System, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_AWS_SDK_assumes_a_role_and_acts_in_it()
    {
        using var sts = Sts(new BasicAWSCredentials("sandbox", "sandbox"));
        var assumed = await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = "arn:aws:iam::123456789012:role/break-glass", RoleSessionName = "drill" });
        using var session = Sts(assumed.Credentials);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/break-glass/drill", (await session.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn);
    }

    [Fact]
    public async Task The_AWS_CLI_lists_and_detaches_and_pages()
    {
        var policies = await Cli("iam", "list-policies", "--scope", "Local", "--only-attached", "--policy-usage-filter", "PermissionsPolicy");
        Assert.Equal(20, policies.GetProperty("Policies").GetArrayLength());
        await Cli("iam", "detach-group-policy", "--group-name", "app-dev", "--policy-arn", SandboxClient.PolicyArn("App-Dev-ElasticTranscoder"));
        var attached = await Cli("iam", "list-attached-group-policies", "--group-name", "app-dev");
        Assert.Equal(3, attached.GetProperty("AttachedPolicies").GetArrayLength());
    }

    [Fact]
    public async Task The_AWS_CLI_assumes_the_role_of_the_second_account_and_lists_there()
    {
        var assumed = await Cli("sts", "assume-role", "--role-arn", TwoAccounts.ShopRole, "--role-session-name", "cli", "--external-id", TwoAccounts.ShopExternalId);
        string Of(string name) => assumed.GetProperty("Credentials").GetProperty(name).GetString()!;
        var said = await AwsCommand.SayAsync(server.Address, Of("AccessKeyId"), Of("SecretAccessKey"), Of("SessionToken"), ["iam", "list-groups"]);
        using var groups = JsonDocument.Parse(said!);
        Assert.Equal(["app-dev", "shop-front"], groups.RootElement.GetProperty("Groups").EnumerateArray().Select(group => group.GetProperty("GroupName").GetString()));
    }

    [Fact]
    public async Task The_AWS_CLI_has_documents_judged()
    {
        const string Wide = """{"Statement":[{"Sid":"","Effect":"Allow","Action":["iam:PassRole","iam:CreateServiceLinkedRole","s3:Get*","s3:GetObject","nosuch:*"],"Resource":"*"}]}""", Narrow = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";
        var validated = await Cli("accessanalyzer", "validate-policy", "--policy-type", "IDENTITY_POLICY", "--policy-document", Wide);
        Assert.Equal(6, validated.GetProperty("findings").GetArrayLength());
        Assert.Equal("FAIL", (await Cli("accessanalyzer", "check-no-new-access", "--policy-type", "IDENTITY_POLICY", "--existing-policy-document", Narrow, "--new-policy-document", Wide)).GetProperty("result").GetString());
        Assert.Equal("PASS", (await Cli("accessanalyzer", "check-no-new-access", "--policy-type", "IDENTITY_POLICY", "--existing-policy-document", Wide, "--new-policy-document", Narrow)).GetProperty("result").GetString());
    }

    [Fact]
    public async Task The_AWS_CLI_looks_events_up()
    {
        var found = await Cli("cloudtrail", "lookup-events", "--lookup-attributes", "AttributeKey=Username,AttributeValue=maria-garcia", "--max-items", "3");
        Assert.Equal("ListBucket", found.GetProperty("Events")[0].GetProperty("EventName").GetString());
    }

    private AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials) =>
        new(credentials, new AmazonSecurityTokenServiceConfig { ServiceURL = server.Address.ToString(), AuthenticationRegion = "us-east-1" });

    private async Task<JsonElement> Cli(params string[] arguments)
    {
        var said = await AwsCommand.SayAsync(server.Address, "sandbox", arguments);
        Assert.SkipWhen(said is null, AwsCommand.NotInstalled);
        using var json = JsonDocument.Parse(said.Length == 0 ? "{}" : said);
        return json.RootElement.Clone();
    }
}
