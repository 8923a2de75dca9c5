using LastAccessedBot.Flows;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class OpenHomesInSqlite() : OpenHomesContract(null);

public sealed class OpenHomesInPostgreSql(PostgreSqlServer server) : OpenHomesContract(server);

public abstract class OpenHomesContract(PostgreSqlServer? server) : StoreContract(server)
{
    private OpenHomes Homes => new(Store);

    [Fact]
    public async Task A_Home_is_at_the_page_that_was_opened_last()
    {
        await OpenedAsync("U1", 1, 0);
        await OpenedAsync("U1", 3, 1);
        Assert.Equal((3, Now.AddMinutes(1)), await Homes.FindAsync(Person("U1"), Cancellation) is { } home ? (home.Page, home.At) : default);
        Assert.Null(await Homes.FindAsync(Person("U2"), Cancellation));
    }

    [Fact]
    public async Task The_latest_are_listed_and_no_more_than_asked_for()
    {
        await OpenedAsync("U1", 1, 1);
        await OpenedAsync("U2", 1, 2);
        await OpenedAsync("U3", 1, 0);
        Assert.Equal(["U2", "U1"], (await Homes.SinceAsync(Now.AddMinutes(1), 10, Cancellation)).Select(home => home.By.Id));
        Assert.Equal(["U2"], (await Homes.SinceAsync(Now, 1, Cancellation)).Select(home => home.By.Id));
    }

    [Fact]
    public async Task Old_ones_are_forgotten()
    {
        await OpenedAsync("U1", 1, 0);
        await OpenedAsync("U2", 1, 1);
        await Homes.ForgetAsync(Now.AddMinutes(1), Cancellation);
        Assert.Equal(["U2"], (await Homes.SinceAsync(Now, 10, Cancellation)).Select(home => home.By.Id));
    }

    private Task OpenedAsync(string id, int page, int minutes) => Homes.OpenedAsync(new OpenHome(Person(id), page, Now.AddMinutes(minutes)), Cancellation);

    private static Person Person(string id) => new("slack", id, id);
}
