using LastAccessedBot.Core.Approvals;

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
        await _room.SayAsync("/unused delete user nikki-wolf");
        await _room.SayAsync("/unused app-dev");
        var home = _room.Platform.Newest.Section("Detach App-Dev-ElasticTranscoder");
        await _room.Host.PressAsync("martha", _room.NewestId, home.Choice("Keep"), ("reason", "The archive needs it."), ("until", "90d"));
        Assert.Contains("The archive needs it.", _room.Platform.Newest.Text());
        await _room.SayAsync("/unused app-dev in shop");
        Assert.DoesNotContain("The archive needs it.", _room.Platform.Newest.Text());
        Assert.Contains("Approve", _room.Platform.Newest.Section(Detach).Choices.Select(choice => choice.Label));
    }
}
