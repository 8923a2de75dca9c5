using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class WatchesInSqlite() : WatchesContract(null);

public sealed class WatchesInPostgreSql(PostgreSqlServer server) : WatchesContract(server);

public abstract class WatchesContract(PostgreSqlServer? server) : StoreContract(server)
{
    private static readonly PostedMessage s_asked = new(new Conversation("chat", "channel"), "7");

    private Watches Watches => new(Store);

    [Fact]
    public async Task Of_those_who_begin_a_watch_at_once_one_does()
    {
        var begun = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Watches.WriteAsync(null, One("A"), Cancellation))));
        Assert.Equal(1, begun.Count(one => one));
        Assert.Equal("A", (await Watches.FindAsync("A", Cancellation))!.ProposalId);
        Assert.Null(await Watches.FindAsync("B", Cancellation));
    }

    [Fact]
    public async Task A_write_that_saw_an_older_revision_changes_nothing()
    {
        await Watches.WriteAsync(null, One("A"), Cancellation);
        Assert.True(await Watches.WriteAsync(One("A"), One("A") with { Next = Now.AddDays(1), Revision = 2 }, Cancellation));
        Assert.False(await Watches.WriteAsync(One("A"), One("A") with { Next = Now.AddDays(9), Revision = 2 }, Cancellation));
        Assert.Equal(Now.AddDays(1), (await Watches.FindAsync("A", Cancellation))!.Next);
    }

    [Fact]
    public async Task Those_in_whose_name_somebody_was_asked_are_found_by_their_review()
    {
        await Watches.WriteAsync(null, One("A"), Cancellation);
        await Watches.WriteAsync(null, One("B"), Cancellation);
        await Watches.WriteAsync(One("B"), One("B") with { Alerts = [s_asked], Revision = 2 }, Cancellation);
        Assert.Equal([s_asked], Assert.Single(await Watches.AlertedAsync("R", Cancellation)).Alerts);
        Assert.Empty(await Watches.AlertedAsync("S", Cancellation));
    }

    [Fact]
    public async Task Applied_trims_are_due_until_they_are_too_old_and_again_when_their_time_comes()
    {
        var (young, old, open) = (ProposalsContract.Of("YOUNG", "app-dev"), ProposalsContract.Of("OLD", "app-dev"), ProposalsContract.Of("OPEN", "app-dev"));
        await ProposalsContract.AddAsync(Store, Applied(young, Now.AddDays(-1)), Applied(old, Now.AddDays(-20)), open);
        Assert.Empty(await DueAsync(Now.AddDays(-1).AddHours(5)));
        Assert.Equal(["YOUNG"], await DueAsync(Now));
        var watch = One("YOUNG") with { Next = Now.AddHours(6) };
        await Watches.WriteAsync(null, watch, Cancellation);
        Assert.Empty(await DueAsync(Now));
        Assert.Equal(["YOUNG"], await DueAsync(Now.AddHours(6)));

        async Task<string[]> DueAsync(DateTimeOffset now) => [.. (await Watches.DueAsync(Now.AddDays(-14), now.AddHours(-6), now, Cancellation)).Select(due => due.Proposal.Id)];
    }

    private static Proposal Applied(Proposal proposal, DateTimeOffset at) => proposal with { State = ProposalState.Applied, DecidedBy = "chat:martha", DecidedAt = at, EndedAt = at };

    private static Watch One(string proposal) => new(proposal, "R", Now, 1, []);
}
