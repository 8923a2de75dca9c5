using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Tests.Storage;

public sealed class DeliveriesInSqlite() : DeliveriesContract(null);

public sealed class DeliveriesInPostgreSql(PostgreSqlServer server) : DeliveriesContract(server);

public abstract class DeliveriesContract(PostgreSqlServer? server) : StoreContract(server)
{
    private Deliveries _deliveries = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _deliveries = new Deliveries(Store);
        await _deliveries.StartAsync(Cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_deliveries is not null)
        {
            await _deliveries.StopAsync(CancellationToken.None);
            _deliveries.Dispose();
        }
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Of_a_thousand_deliveries_of_one_key_at_once_one_is_new()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => _deliveries.TakeAsync(Of("same", "text"), Cancellation))));
        Assert.Single(taken, isNew => isNew);
        Assert.Equal([("slack", "same")], await _deliveries.OpenAsync(Now, Cancellation));
    }

    [Fact]
    public async Task A_done_delivery_is_known_without_its_payload()
    {
        Assert.True(await _deliveries.TakeAsync(Of("one", "what somebody typed"), Cancellation));
        Assert.Equal("what somebody typed", (await ClaimAsync(_deliveries, "one", Now))!.Payload);
        await _deliveries.DoneAsync("slack", "one", Cancellation);
        Assert.Null(await ClaimAsync(_deliveries, "one", Now));
        Assert.Empty(await _deliveries.OpenAsync(Now, Cancellation));
        Assert.False(await _deliveries.TakeAsync(Of("one", "again"), Cancellation));
    }

    [Fact]
    public async Task Old_ones_are_forgotten_when_they_are_done_and_never_before()
    {
        await _deliveries.TakeAsync(Of("done", "x"), Cancellation);
        await _deliveries.TakeAsync(Of("open", "x"), Cancellation);
        await _deliveries.DoneAsync("slack", "done", Cancellation);
        await _deliveries.ForgetAsync(Now, Cancellation);
        Assert.False(await _deliveries.TakeAsync(Of("done", "x"), Cancellation));
        await _deliveries.ForgetAsync(Now + TimeSpan.FromTicks(1), Cancellation);
        Assert.True(await _deliveries.TakeAsync(Of("done", "x"), Cancellation));
        Assert.False(await _deliveries.TakeAsync(Of("open", "x"), Cancellation));
    }

    [Fact]
    public async Task Of_two_hosts_that_are_given_the_same_delivery_one_has_it()
    {
        using var other = new Deliveries(Store);
        await other.StartAsync(Cancellation);
        var taken = await Task.WhenAll(Enumerable.Range(0, 200).SelectMany(number => new[] { _deliveries, other }.Select(host => Task.Run(async () => (Number: number, IsNew: await host.TakeAsync(Of($"{number}", "text"), Cancellation))))));
        Assert.Equal(Enumerable.Range(0, 200), taken.Where(one => one.IsNew).Select(one => one.Number).Order());
        await other.StopAsync(Cancellation);
    }

    [Fact]
    public async Task What_a_host_has_is_its_own_for_a_while_and_then_anybodys()
    {
        await _deliveries.TakeAsync(Of("one", "x"), Cancellation);
        await TakenByAnotherHostAsync();
        // Waiting for the other, then for nobody.
        Assert.Null(await ClaimAsync(_deliveries, "one", Now));
        Assert.Empty(await _deliveries.OpenAsync(Now, Cancellation));
        var free = Now + IDeliveries.Waits;
        Assert.Equal([("slack", "one")], await _deliveries.OpenAsync(free, Cancellation));
        Assert.Equal([("slack", "one")], await _deliveries.AbandonedAsync(Now, free, Cancellation));
        Assert.Empty(await _deliveries.AbandonedAsync(Now.AddTicks(1), free, Cancellation));
        Assert.NotNull(await ClaimAsync(_deliveries, "one", free));
        // In hand, it is nobody's to take up, though a start of this host would.
        Assert.Empty(await _deliveries.AbandonedAsync(Now, free, Cancellation));
        Assert.Equal([("slack", "one")], await _deliveries.OpenAsync(free, Cancellation));
        // Claimed by this host, which may come back to it; and free again once this one took too long.
        Assert.NotNull(await ClaimAsync(_deliveries, "one", free));
        await TakenByAnotherHostAsync();
        Assert.Null(await ClaimAsync(_deliveries, "one", free));
        Assert.NotNull(await ClaimAsync(_deliveries, "one", free + Deliver.Takes));
    }

    [Fact]
    public async Task A_store_that_fails_is_heard_by_those_who_wait_and_works_again_later()
    {
        await AlterAsync("ALTER TABLE \"Deliveries\" RENAME TO \"Hidden\"");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => _deliveries.TakeAsync(Of("one", "x"), Cancellation));
        await AlterAsync("ALTER TABLE \"Hidden\" RENAME TO \"Deliveries\"");
        Assert.True(await _deliveries.TakeAsync(Of("one", "x"), Cancellation));
    }

    private static Task<Delivery?> ClaimAsync(Deliveries deliveries, string key, DateTimeOffset now) => deliveries.ClaimAsync("slack", key, now, now + Deliver.Takes, Cancellation);

    private async Task TakenByAnotherHostAsync()
    {
        await using var db = Store.CreateDbContext();
        await db.Deliveries.ExecuteUpdateAsync(row => row.SetProperty(one => one.Holder, "another"), Cancellation);
    }

    private async Task AlterAsync(string sql)
    {
        await using var db = Store.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(sql, Cancellation);
    }

    private static Delivery Of(string key, string payload) => new("slack", key, "command", payload, Now);
}
