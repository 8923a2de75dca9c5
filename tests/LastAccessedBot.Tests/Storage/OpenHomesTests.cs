using LastAccessedBot.Flows;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class OpenHomesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private TemporaryStore _store = null!;
    private OpenHomes _homes = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TemporaryStore.CreateAsync();
        _homes = new OpenHomes(_store);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_Home_is_at_the_page_that_was_opened_last()
    {
        await OpenedAsync("U1", 1, 0);
        await OpenedAsync("U1", 3, 1);
        Assert.Equal((3, s_now.AddMinutes(1)), await _homes.FindAsync(Person("U1"), Cancellation) is { } home ? (home.Page, home.At) : default);
        Assert.Null(await _homes.FindAsync(Person("U2"), Cancellation));
    }

    [Fact]
    public async Task The_latest_are_listed_and_no_more_than_asked_for()
    {
        await OpenedAsync("U1", 1, 1);
        await OpenedAsync("U2", 1, 2);
        await OpenedAsync("U3", 1, 0);
        Assert.Equal(["U2", "U1"], (await _homes.SinceAsync(s_now.AddMinutes(1), 10, Cancellation)).Select(home => home.By.Id));
        Assert.Equal(["U2"], (await _homes.SinceAsync(s_now, 1, Cancellation)).Select(home => home.By.Id));
    }

    [Fact]
    public async Task Old_ones_are_forgotten()
    {
        await OpenedAsync("U1", 1, 0);
        await OpenedAsync("U2", 1, 1);
        await _homes.ForgetAsync(s_now.AddMinutes(1), Cancellation);
        Assert.Equal(["U2"], (await _homes.SinceAsync(s_now, 10, Cancellation)).Select(home => home.By.Id));
    }

    private Task OpenedAsync(string id, int page, int minutes) => _homes.OpenedAsync(new OpenHome(Person(id), page, s_now.AddMinutes(minutes)), Cancellation);

    private static Person Person(string id) => new("slack", id, id);
}
