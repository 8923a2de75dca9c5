using LastAccessedBot.Sandbox;

namespace LastAccessedBot.Tests.Sandbox;

public sealed class GeneratedAccountTests
{
    [Fact]
    public async Task A_generated_account_has_as_many_attached_policies_as_asked_for_and_is_the_same_each_time()
    {
        var account = GeneratedAccount.Create(250, TimeProvider.System);
        Assert.Equal(account.Snapshot(), GeneratedAccount.Create(250, TimeProvider.System).Snapshot());
        await using var server = await SandboxServer.StartAsync(account, new SandboxOptions { Port = 0 }, TimeProvider.System, TestContext.Current.CancellationToken);
        using var aws = new SandboxClient(server, TimeProvider.System);
        Assert.Equal(250, (await aws.All("ListPolicies", "Policies", ("Scope", "Local"), ("OnlyAttached", "true"))).Count);
    }
}
