using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Core.Sweeps;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Tests.Storage;

public sealed class SweepsInSqlite() : SweepsContract(null);

public sealed class SweepsInPostgreSql(PostgreSqlServer server) : SweepsContract(server)
{
    // In SQLite there is one host, and whatever it left behind is its own.
    [Fact]
    public async Task What_another_host_holds_is_taken_when_that_host_says_nothing_any_more()
    {
        await StartAsync("A");
        await Sweeps.HoldAsync("A", Now, Now.AddMinutes(2), Cancellation);
        await GiveToAsync("another");
        Assert.Null(await Sweeps.HoldAsync("A", Now.AddMinutes(1), Now.AddMinutes(3), Cancellation));
        Assert.Empty(await Sweeps.FreeAsync(Now.AddMinutes(1), Cancellation));
        // The one that lost it writes nothing.
        Assert.False(await Sweeps.StillAsync("A", Now.AddMinutes(9), Cancellation));
        Assert.False(await Sweeps.WriteAsync(One("A") with { Total = 5 }, Entry("sweep-ended"), Cancellation));
        Assert.False(await Targets.AddAsync("A", [Target("ada")], [], Cancellation));
        Assert.False(await Targets.DoneAsync(One("A"), [Judged("ada", 1)], Cancellation));
        Assert.False(await Targets.ClearAsync("A", Cancellation));
        Assert.Equal(["A"], await Sweeps.FreeAsync(Now.AddMinutes(2), Cancellation));
        Assert.NotNull(await Sweeps.HoldAsync("A", Now.AddMinutes(2), Now.AddMinutes(4), Cancellation));
        Assert.True(await Targets.AddAsync("A", [Target("ada")], [], Cancellation));
    }

    private async Task GiveToAsync(string host)
    {
        await using var db = Store.CreateDbContext();
        await db.Sweeps.ExecuteUpdateAsync(row => row.SetProperty(one => one.Holder, host), Cancellation);
    }
}

public abstract class SweepsContract(PostgreSqlServer? server) : StoreContract(server)
{
    private static readonly Conversation s_here = new("chat", "channel");

    private protected Sweeps Sweeps => new(Store);

    private protected SweepTargets Targets => new(Store);

    [Fact]
    public async Task One_runs_at_a_time_however_many_start_at_once()
    {
        var starts = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => StartAsync($"S{number}"))));
        Assert.Equal(1, starts.Count(started => started));
        Assert.Equal(["sweep-started"], await AuditAsync());
        var running = (await Sweeps.LatestAsync(Cancellation))!;
        await Sweeps.HoldAsync(running.Id, Now, Now.AddMinutes(2), Cancellation);
        Assert.True(await Sweeps.WriteAsync(running with { State = SweepState.Ended, EndedAt = Now }, Entry("sweep-ended"), Cancellation));
        Assert.Null(await Sweeps.HoldAsync(running.Id, Now, Now.AddMinutes(2), Cancellation));
        Assert.Equal([running.Id], await Sweeps.NotShownAsync(Cancellation));
        await Sweeps.ShownAsync(running.Id, Cancellation);
        Assert.Empty(await Sweeps.NotShownAsync(Cancellation));
        Assert.True(await StartAsync("N", Now.AddHours(1)));
        Assert.Equal("N", (await Sweeps.LatestAsync(Cancellation))!.Id);
        Assert.Equal(running.Id, (await Sweeps.BeforeAsync((await Sweeps.FindAsync("N", Cancellation))!, Cancellation))!.Id);
    }

    [Fact]
    public async Task What_is_due_is_started_once_and_had_where_one_runs_already()
    {
        var seen = await Sweeps.DueAsync(Now, Cancellation);
        Assert.Equal(new SweepDue(Now, null), seen);
        Assert.Equal(seen, await Sweeps.DueAsync(Now.AddDays(1), Cancellation));
        var (sunday, next) = (new DateOnly(2026, 11, 29), new DateOnly(2026, 12, 6));
        var starts = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => Sweeps.StartDueAsync(One($"S{number}"), seen, sunday, Entry("sweep-started"), Cancellation))));
        Assert.Equal(1, starts.Count(started => started));
        Assert.Equal(new SweepDue(Now, sunday), await Sweeps.DueAsync(Now, Cancellation));
        Assert.False(await Sweeps.StartDueAsync(One("N"), new SweepDue(Now, sunday), next, Entry("sweep-started"), Cancellation));
        Assert.Equal(new SweepDue(Now, next), await Sweeps.DueAsync(Now, Cancellation));
        Assert.Equal(["sweep-started"], await AuditAsync());
    }

    [Fact]
    public async Task Targets_wait_in_the_order_of_their_keys_until_they_are_done_and_leave_a_point_each()
    {
        await StartAsync("A");
        var held = (await Sweeps.HoldAsync("A", Now, Now.AddMinutes(2), Cancellation))!;
        Assert.True(await Targets.AddAsync("A", [Target("carl"), Target("Ada"), Target("bob")], [new SweepPart("user ada", "1")], Cancellation));
        // What comes twice counts once.
        Assert.True(await Targets.AddAsync("A", [Target("ada"), Target("dora")], [new SweepPart("user ada", "2"), new SweepPart("arn", "3")], Cancellation));
        Assert.Equal(4, await Targets.CountAsync("A", Cancellation));
        Assert.Equal(["user Ada", "user bob"], await WaitingAsync("", 2));
        Assert.Equal(["user carl", "user dora"], await WaitingAsync("user bob", 2));
        Assert.Equal([("arn", "3"), ("user ada", "1")], (await Targets.PartsAsync("A", ["user ada", "arn", "none"], Cancellation)).Select(pair => (pair.Key, pair.Value)).Order());

        Assert.True(await Targets.DoneAsync(held with { Done = 1, Failed = 1 }, [Judged("bob", unused: 3), new SweepResult.Failed(Target("carl"), "AWS refused: X", "`X`: no")], Cancellation));
        Assert.Equal(["user Ada", "user dora"], await WaitingAsync("", 9));
        Assert.Equal((1, 1), await Sweeps.FindAsync("A", Cancellation) is { } so ? (so.Done, so.Failed) : default);
        Assert.Equal(3, Assert.Single(await new ReviewHistory(Store).OfAsync("user bob", 9, Cancellation)).Unused);
        // What is done stays as it is.
        Assert.True(await Targets.DoneAsync(held, [Judged("bob", unused: 1)], Cancellation));
        Assert.Equal(3, (await Targets.FindingsAsync("A", 9, 9, Cancellation)).Unused);

        Assert.True(await Targets.ClearAsync("A", Cancellation));
        Assert.Equal(0, await Targets.CountAsync("A", Cancellation));
        Assert.Empty(await Targets.PartsAsync("A", ["user ada"], Cancellation));
    }

    [Fact]
    public async Task The_findings_add_up_by_kind_and_name_the_idlest_and_the_reasons()
    {
        await StartAsync("A");
        var held = (await Sweeps.HoldAsync("A", Now, Now.AddMinutes(2), Cancellation))!;
        await Targets.AddAsync("A", [.. new[] { "ada", "bob", "carl", "dora", "eve", "fay" }.Select(Target)], [], Cancellation);
        await Targets.DoneAsync(held,
            [
                Judged("ada", unused: 4), Judged("bob", unused: 2, used: 3, unknown: 1), Judged("carl", unused: 0, used: 5),
                new SweepResult.Failed(Target("dora"), "AWS refused: X", "`X`: d"), new SweepResult.Failed(Target("eve"), "AWS refused: X", "`X`: e"), new SweepResult.Failed(Target("fay"), "deleted", "gone"),
            ], Cancellation);
        var findings = await Targets.FindingsAsync("A", 1, 1, Cancellation);
        Assert.Equal([new KindTally(SweptKind.User, 6, 3, 2, 1, 15, 8, 6, 1)], findings.Kinds);
        Assert.Equal([new IdlestTarget("user ada", 4, 0, 4, 0)], findings.Idlest);
        Assert.Equal([new FailureTally("AWS refused: X", 2, "user dora", "`X`: d")], findings.Failures);
        Assert.Equal((6, 3, 2, 6), (findings.Targets, findings.Failed, findings.WithUnused, findings.Unused));
    }

    [Fact]
    public async Task A_conversation_has_one_card_of_a_sweep()
    {
        await StartAsync("A");
        Assert.Null(await Sweeps.ShowInAsync("A", new PostedMessage(s_here, "1"), Cancellation));
        Assert.Null(await Sweeps.ShowInAsync("A", new PostedMessage(s_here, "1"), Cancellation));
        Assert.Equal(new PostedMessage(s_here, "1"), await Sweeps.ShowInAsync("A", new PostedMessage(s_here, "2"), Cancellation));
        Assert.Null(await Sweeps.ShowInAsync("A", new PostedMessage(new Conversation("chat", "elsewhere"), "7"), Cancellation));
        Assert.Equal(["2", "7"], (await Sweeps.FindAsync("A", Cancellation))!.Cards.Select(card => card.Id).Order());
    }

    [Fact]
    public async Task Of_one_that_is_over_the_targets_stay_until_the_next_is_and_the_parts_go()
    {
        await FillAsync("A");
        Assert.True(await StartAsync("B", Now.AddHours(1)));
        await Sweeps.HoldAsync("B", Now, Now.AddMinutes(2), Cancellation);
        await Targets.AddAsync("B", [Target("ada")], [new SweepPart("user ada", "1")], Cancellation);
        // The next one runs already: what it listed stays.
        await Targets.TidyAsync("A", Cancellation);
        Assert.Equal((1, 1), (await Targets.CountAsync("A", Cancellation), await Targets.CountAsync("B", Cancellation)));
        Assert.Equal((0, 1), ((await Targets.PartsAsync("A", ["user ada"], Cancellation)).Count, (await Targets.PartsAsync("B", ["user ada"], Cancellation)).Count));
        await Sweeps.WriteAsync(One("B") with { State = SweepState.Ended }, null, Cancellation);
        await Targets.TidyAsync("B", Cancellation);
        Assert.Equal((0, 1), (await Targets.CountAsync("A", Cancellation), await Targets.CountAsync("B", Cancellation)));
        Assert.Empty(await Targets.PartsAsync("B", ["user ada"], Cancellation));
    }

    private protected Task<bool> StartAsync(string id, DateTimeOffset? at = null) => Sweeps.StartAsync(One(id) with { StartedAt = at ?? Now }, Entry("sweep-started"), Cancellation);

    private protected static SweepRecord One(string id) => new(id, "bot", Now, ReviewWindow.Default, SweepState.Listing);

    private protected static SweepTarget Target(string user) => new(SweptKind.User, $"user {user}", $"arn:aws:iam::123456789012:user/{user}");

    private protected static SweepResult.Judged Judged(string user, int unused, int used = 0, int unknown = 0) => new(
        Target(user), new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.User, user)), new UsePoint(Now, ReviewWindow.Default, unused + used + unknown, used, unused, unknown));

    private protected static AuditEntry Entry(string what) => new(Now, "bot", what, null, null, "account", "");

    private async Task FillAsync(string id)
    {
        await StartAsync(id);
        await Sweeps.HoldAsync(id, Now, Now.AddMinutes(2), Cancellation);
        await Targets.AddAsync(id, [Target("ada")], [new SweepPart("user ada", "1")], Cancellation);
        await Sweeps.WriteAsync(One(id) with { State = SweepState.Ended, EndedAt = Now }, null, Cancellation);
    }

    private async Task<IEnumerable<string>> WaitingAsync(string after, int most) => (await Targets.WaitingAsync("A", after, most, Cancellation)).Select(target => target.Words);

    private async Task<string[]> AuditAsync() => [.. (await new AuditTrail(Store).ReadAsync(null, 40, Cancellation)).Select(entry => entry.Event)];
}
