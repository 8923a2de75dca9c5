using LastAccessedBot.Core.Approvals;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Digests about things of one name in two accounts.</summary>
[Collection(nameof(EndToEnd))]
public sealed class DigestAccountsTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-Route53";

    private DigestRoom _room = null!;

    public async ValueTask InitializeAsync() => _room = await DigestRoom.OpenAsync(settings: TwoAccounts.Settings());

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_digest_says_of_which_account_it_is_and_is_decided_on_there()
    {
        await _room.SayAsync("/unused subscribe app-dev daily 00:00");
        await _room.SayAsync("/unused subscribe app-dev daily 00:00 in shop");
        await _room.LookAtAsync(_room.Clock.Now.AddDays(1));
        var card = _room.Platform.Newest;
        Assert.Contains(card.Sections(), section => section.Title.ToString() == "Group app-dev in production");
        Assert.Contains(card.Sections(), section => section.Title.ToString() == "Group app-dev in shop");
        Assert.Contains("run:/unused group app-dev in shop", card.Text());

        await _room.PressAsync("martha", _room.NewestId, card.Section(Detach).Choice("Approve"));
        Assert.Contains("Applied on", _room.Platform.Newest.Section(Detach).Text());
        Assert.DoesNotContain("App-Dev-Route53", _room.Aws.Account.Read(state => string.Join(' ', state.Of(TwoAccounts.ShopId).Groups["app-dev"].Attached)));
        Assert.Contains("App-Dev-Route53", _room.Aws.Account.Read(state => string.Join(' ', state.Groups["app-dev"].Attached)));
    }

    [Fact]
    public async Task What_is_kept_in_one_account_is_suggested_in_the_other()
    {
        const string Title = "Delete user wang-xiulan";
        await _room.SayAsync("/unused delete user wang-xiulan");
        await _room.Host.PressAsync("martha", _room.NewestId, _room.Platform.Newest.Section(Title).Choice("Keep"), ("reason", "She comes back."), ("until", "90d"));
        Assert.Contains("She comes back.", _room.Platform.Newest.Text());
        await _room.SayAsync("/unused delete user wang-xiulan in shop");
        Assert.Equal("Before deleting user wang-xiulan in shop: unused in 90 days", _room.Platform.Newest.Title.ToString());
        Assert.DoesNotContain("She comes back.", _room.Platform.Newest.Text());
        Assert.Contains("Keep", _room.Platform.Newest.Section(Title).Choices.Select(choice => choice.Label));
    }

    [Fact]
    public async Task A_target_that_is_kept_in_one_account_is_trimmed_in_the_other()
    {
        await _room.SayAsync("/unused keep group app-dev 90d the old app runs in December");
        await _room.SayAsync("/unused app-dev");
        Assert.DoesNotContain(_room.Platform.Newest.Sections(), section => section.Id is not null);
        await _room.SayAsync("/unused app-dev in shop");
        Assert.Contains("Approve", _room.Platform.Newest.Section(Detach).Choices.Select(choice => choice.Label));

        await _room.SayAsync("/unused keep app-dev in shop 90d here too");
        await _room.SayAsync("/unused app-dev in shop");
        Assert.DoesNotContain(_room.Platform.Newest.Sections(), section => section.Id is not null);
        Assert.Contains("here too", _room.Platform.Newest.Text());
    }

    [Fact]
    public async Task A_role_that_is_not_given_is_told_to_whoever_looks_after_the_host()
    {
        await using var room = await DigestRoom.OpenAsync(settings: TwoAccounts.Settings(externalId: "another"));
        var aws = (await room.Host.Get<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["aws"];
        Assert.Equal(HealthStatus.Degraded, aws.Status);
        Assert.StartsWith("Credentials in shop: The bot itself may not do `sts:AssumeRole`: ", aws.Description, StringComparison.Ordinal);
        Assert.Contains(TwoAccounts.ShopRole, aws.Description);
        Assert.Contains("`Aws:Accounts:0:ExternalId`", aws.Description);
        Assert.Equal(HealthStatus.Healthy, (await _room.Host.Get<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["aws"].Status);
    }
}
