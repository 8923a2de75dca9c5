using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What digests tell of the sweep of the account.</summary>
[Collection(nameof(EndToEnd))]
public sealed class DigestSweepTests : IAsyncLifetime
{
    private const string Beside = "Also unused, by the sweep of ";

    private DigestRoom _room = null!;

    public async ValueTask InitializeAsync() => _room = await DigestRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_digest_names_what_the_last_sweep_found_of_the_same_owners_and_does_so_once()
    {
        await _room.Host.SayAsync("martha", "/unused owner app-dev add @paulo");
        await _room.Host.SayAsync("martha", "/unused owner Development add @paulo");
        await _room.Host.SayAsync("martha", "/unused owner security-team add @tess");
        await _room.SayAsync("/unused subscribe app-dev daily 00:00");
        await _room.SayAsync("/unused sweep");
        await _room.LookAtAsync(_room.Clock.Now.AddDays(1));

        var told = _room.Digests[^1].Sections().Single(section => section.Title.ToString().StartsWith(Beside, StringComparison.Ordinal));
        Assert.Matches("^No digest here tells of group `Development` \\(\\d+ of \\d+ services\\)\\.$", ((CardBlock.Paragraph)told.Blocks.Single()).Text.InBackticks());
        Assert.Equal("run:/unused group Development", Assert.Single(told.Choices).Id);

        await _room.LookAtAsync(_room.Clock.Now.AddDays(1));
        Assert.DoesNotContain(Beside, _room.Digests[^1].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digests_about_what_has_no_owner_name_the_most_unused_of_all_that_has_none()
    {
        await _room.Host.SayAsync("martha", "/unused owner Development add @tess");
        await _room.SayAsync("/unused subscribe app-dev daily 00:00");
        await _room.SayAsync("/unused sweep");
        await _room.LookAtAsync(_room.Clock.Now.AddDays(1));

        var told = _room.Digests[^1].Sections().Single(section => section.Title.ToString().StartsWith(Beside, StringComparison.Ordinal));
        Assert.Equal(3, told.Choices.Length);
        Assert.DoesNotContain("Development", told.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("group app-dev", told.Text(), StringComparison.Ordinal);
        Assert.Matches(" and \\d+ more\\.$", ((CardBlock.Paragraph)told.Blocks.Single()).Text.ToString());
    }

    [Fact]
    public async Task A_quiet_team_is_not_disturbed_by_a_sweep()
    {
        await _room.SayAsync("/unused subscribe app-dev daily 00:00 quiet");
        await _room.LookAtAsync(_room.Clock.Now.AddDays(1));
        await _room.PressAsync("paulo", _room.NewestId, _room.Digests[^1].Section("Detach").Choice("Dismiss"));
        await _room.LookAtAsync(_room.Clock.Now.AddDays(1));
        await _room.SayAsync("/unused sweep");
        var digests = _room.Digests.Count;
        await _room.LookAtAsync(_room.Clock.Now.AddDays(1));
        Assert.Equal(digests, _room.Digests.Count);
    }
}
