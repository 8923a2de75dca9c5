using System.Text.Json;
using LastAccessedBot.Tests.EndToEnd;

namespace LastAccessedBot.Tests.Sandbox;

/// <summary>The second account, behind a role that asks for an external id.</summary>
public sealed class AccountsTests : SandboxFixture
{
    [Fact]
    public async Task What_is_signed_with_the_roles_keys_is_of_its_account()
    {
        using var shop = await ShopAsync();
        Assert.Equal(TwoAccounts.ShopId, (await shop.Sts("GetCallerIdentity")).Text("Account"));
        Assert.Equal(["nikki-wolf", "sofia-martinez", "wang-xiulan"], (await shop.All("ListUsers", "Users")).Select(user => user.Element("UserName")!.Value).Order());
        var policy = $"arn:aws:iam::{TwoAccounts.ShopId}:policy/App-Dev-Route53";
        var before = Server.Account.Snapshot();
        Assert.Equal(200, (await shop.Iam("DetachGroupPolicy", ("GroupName", "app-dev"), ("PolicyArn", policy))).Status);
        Assert.DoesNotContain(await shop.All("ListAttachedGroupPolicies", "AttachedPolicies", ("GroupName", "app-dev")), one => one.Element("PolicyArn")!.Value == policy);
        Assert.Equal(before, Server.Account.Snapshot());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task Without_the_right_external_id_the_role_is_not_given(string? externalId)
    {
        (string, string)[] asked = [("RoleArn", TwoAccounts.ShopRole), ("RoleSessionName", "bot"), .. externalId is null ? [] : new[] { ("ExternalId", externalId) }];
        var refused = await Aws.Sts("AssumeRole", asked);
        Assert.Equal((403, "AccessDenied"), (refused.Status, refused.Code));
        Assert.Contains(TwoAccounts.ShopRole, refused.Text("Message"));
    }

    [Fact]
    public async Task Whom_its_trust_policy_does_not_name_the_role_is_not_given()
    {
        using var management = As("management");
        Assert.Equal("AccessDenied", (await management.Sts("AssumeRole", ("RoleArn", TwoAccounts.ShopRole), ("RoleSessionName", "bot"), ("ExternalId", TwoAccounts.ShopExternalId))).Code);
    }

    [Fact]
    public async Task A_report_of_the_second_account_tells_of_its_own_people()
    {
        using var shop = await ShopAsync();
        var job = (await shop.Iam("GenerateServiceLastAccessedDetails", ("Arn", $"arn:aws:iam::{TwoAccounts.ShopId}:group/app-dev"))).Text("JobId")!;
        Time.Advance(TimeSpan.FromSeconds(2));
        var services = await shop.All("GetServiceLastAccessedDetails", "ServicesLastAccessed", ("JobId", job));
        Assert.Equal($"arn:aws:iam::{TwoAccounts.ShopId}:user/sofia-martinez", services.Single(service => service.Element("ServiceNamespace")!.Value == "elastictranscoder").Element("LastAuthenticatedEntity")!.Value);
        Assert.Null(services.Single(service => service.Element("ServiceNamespace")!.Value == "route53").Element("LastAuthenticatedEntity"));
    }

    private async Task<SandboxClient> ShopAsync()
    {
        var assumed = await Aws.Sts("AssumeRole", ("RoleArn", TwoAccounts.ShopRole), ("RoleSessionName", "bot"), ("ExternalId", TwoAccounts.ShopExternalId));
        Assert.Equal(200, assumed.Status);
        return As(assumed.Text("AccessKeyId")!, assumed.Text("SecretAccessKey"), assumed.Text("SessionToken"));
    }
}
