using LastAccessedBot.Sandbox;
using Microsoft.Extensions.Time.Testing;

namespace LastAccessedBot.Tests.Sandbox;

public sealed class StateFileTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Changes_outlive_a_restart_and_the_story_does_not_age()
    {
        string changed;
        await using (var server = await Start())
        {
            using var aws = new SandboxClient(server, time);
            await aws.Iam("RemoveUserFromGroup", ("GroupName", "security-team"), ("UserName", "nikhilj"));
            await aws.Iam("DeletePolicyVersion", ("PolicyArn", SandboxClient.PolicyArn("FiveVersions-Reporting")), ("VersionId", "v1"));
            changed = server.Account.Snapshot();
            Assert.DoesNotContain("\"kind\"", await File.ReadAllTextAsync(file));
        }

        time.Advance(TimeSpan.FromDays(30));
        await using var again = await Start();
        using var client = new SandboxClient(again, time);
        Assert.Equal(changed, again.Account.Snapshot());
        Assert.Equal(time.GetUtcNow().AddDays(-3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            (await client.Iam("GetAccessKeyLastUsed", ("AccessKeyId", "AKIANIKHILJ000000001"))).Text("LastUsedDate"));
        var version = await client.Iam("CreatePolicyVersion", ("PolicyArn", SandboxClient.PolicyArn("FiveVersions-Reporting")),
            ("PolicyDocument", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"athena:*","Resource":"*"}}"""));
        Assert.Equal("v6", version.Text("VersionId"));
    }

    [Fact]
    public async Task A_scenario_of_ones_own_is_loaded_and_its_mistakes_are_named()
    {
        await File.WriteAllTextAsync(file, """{ "id": "210987654321", "groups": { "crew": { "members": ["ann"] } }, "users": { "ann": {} } }""");
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, ScenarioFile = file }, time, TestContext.Current.CancellationToken);
        Assert.Contains("arn:aws:iam::210987654321:group/crew member: ann", server.Account.Snapshot());
        var mistake = Assert.Throws<InvalidDataException>(() => SandboxAccount.Load("""{ "groups": { "crew": { "members": ["bob"] } } }""", time));
        Assert.Contains("bob", mistake.Message);
    }

    public void Dispose() => File.Delete(file);

    private Task<SandboxServer> Start() => SandboxServer.StartAsync(new SandboxOptions { Port = 0, StateFile = file }, time, TestContext.Current.CancellationToken);
}
