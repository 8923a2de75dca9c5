using LastAccessedBot.Aws;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Tests.Aws;

/// <summary>The organization from the settings down to the sandbox, with pages of two items, and an empty one before them.</summary>
public sealed class OrganizationReaderTests : IAsyncLifetime
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    private SandboxServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, PageSize = 2 }, TimeProvider.System, Ct);
        server.Faults.Change(faults => faults with { EmptyFirstPage = true });
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task What_is_around_a_unit_is_its_way_down_all_below_it_and_the_SCPs_on_any_of_these()
    {
        await using var services = Services();
        var around = (await services.GetRequiredService<IOrganizationReader>().Begin().AroundAsync("ou-a1b2-devel001", Ct))!;
        Assert.Equal("o-exampleorg/r-a1b2/ou-a1b2-devel001", around.EntityPath);
        Assert.Equal(["222233334444", "333344445555", "444455556666", "555566667777", "ou-a1b2-exper001"], around.Below.Select(entity => entity.Ref.Id));
        Assert.Equal(["p-FullAWSAccess", "p-datatools01", "p-guardrails1", "p-newsvctest1"], around.Policies.Select(policy => policy.Id));
        Assert.Equal(["222233334444", "ou-a1b2-devel001", "ou-a1b2-exper001"], around.Policies.Single(policy => policy.Name == "NewServiceTest").Targets.Select(target => target.Id));
        Assert.Contains("ArchiveAllowList", around.TakenNames);
        Assert.Equal(new ScpLimits(10_240, 10), around.Limits);
    }

    [Fact]
    public async Task The_SCPs_over_an_account_come_with_the_way_down_to_it()
    {
        await using var services = Services();
        var around = (await services.GetRequiredService<IOrganizationReader>().Begin().AroundAsync("888899990000", Ct))!;
        Assert.Equal(["r-a1b2", "ou-a1b2-prodn001", "ou-a1b2-exper002", "888899990000"], around.Path.Select(entity => entity.Ref.Id));
        Assert.InRange(around.Subject.Joined!.Value, TimeProvider.System.GetUtcNow().AddDays(-21), TimeProvider.System.GetUtcNow().AddDays(-19));
        Assert.Equal(["FullAWSAccess", "KeepTheTrail"], around.Policies.Select(policy => policy.Name));
        Assert.Null(await services.GetRequiredService<IOrganizationReader>().Begin().AroundAsync("999999999999", Ct));
    }

    [Fact]
    public async Task A_role_of_the_management_account_is_assumed_where_the_settings_name_one()
    {
        await using var services = Services(("Aws:Organization:RoleArn", "arn:aws:iam::111122223333:role/last-accessed-bot"), ("Aws:Organization:ExternalId", "x"));
        Assert.Equal(9, (await services.GetRequiredService<IOrganizationReader>().Begin().EntitiesAsync(EntityKind.Account, Ct)).Length);
        Assert.Contains(server.Calls.All, call => call is { Operation: "sts:AssumeRole", AccessKeyId: "sandbox" });
        Assert.DoesNotContain(server.Calls.All, call => call.AccessKeyId == "management");
    }

    [Fact]
    public async Task A_role_that_may_not_be_assumed_is_a_refusal_that_names_it()
    {
        await using var services = Services(("Aws:Organization:RoleArn", "arn:aws:iam::999999999999:role/none"));
        var refused = await Assert.ThrowsAsync<AwsRefusedException>(() => services.GetRequiredService<IOrganizationReader>().Begin().EntitiesAsync(EntityKind.Root, Ct));
        Assert.Equal(("STS.AssumeRole", "AccessDenied"), (refused.Operation, refused.Code));
        Assert.Contains("`sts:AssumeRole`", AwsWords.Of(refused).Message);
    }

    [Theory]
    [InlineData("Aws:Organization:RoleArn", "last-accessed-bot")]
    [InlineData("Aws:Organization:ExternalId", "x")]
    [InlineData("Aws:Organization:ScpsPerTarget", "0")]
    public async Task Settings_that_cannot_be_meant_are_told(string setting, string value)
    {
        await using var services = Services((setting, value));
        Assert.Contains(setting, Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<AwsOptions>>().Value).Message);
    }

    [Fact]
    public async Task Every_edit_of_an_SCP_shows_and_its_inverse_takes_it_back()
    {
        await using var services = Services();
        var editor = services.GetRequiredService<IAccountEditor>();
        var unit = new EntityRef(EntityKind.Unit, "ou-a1b2-devel001", "Development");
        const string Content = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"lex:*","Resource":"*"}]}""";
        var before = server.Account.Snapshot();
        var inverses = new Stack<AccountEdit>();
        foreach (var edit in (AccountEdit[])[new AccountEdit.CreateScp("Cap", "", Content), new AccountEdit.AttachScp("Cap", unit), new AccountEdit.UpdateScp("NewServiceTest", Content)])
            foreach (var inverse in await MakeAsync(editor, edit)) inverses.Push(inverse);
        Assert.NotEqual(before, server.Account.Snapshot());
        foreach (var inverse in inverses) await MakeAsync(editor, inverse);
        Assert.Equal(before, server.Account.Snapshot());
        Assert.Equal("PolicyNotFoundException", (await Assert.ThrowsAsync<AwsRefusedException>(() => editor.MakeAsync(new AccountEdit.UpdateScp("Cap", Content), Ct))).Code);
    }

    internal static async Task<IEnumerable<AccountEdit>> MakeAsync(IAccountEditor editor, AccountEdit edit)
    {
        var was = await editor.ReadAsync(edit.Subject, Ct);
        Assert.False(edit.IsReached(was, was));
        await editor.MakeAsync(edit, Ct);
        var now = await editor.ReadAsync(edit.Subject, Ct);
        Assert.True(edit.IsReached(was, now));
        return edit.Inverse(was, now);
    }

    private ServiceProvider Services(params (string Name, string Value)[] settings) => new ServiceCollection()
        .AddAws(new ConfigurationBuilder().AddInMemoryCollection([new("Aws:Endpoint", server.Address.ToString()), .. settings.Select(one => new KeyValuePair<string, string?>(one.Name, one.Value))]).Build())
        .BuildServiceProvider();
}
