using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Tests.Storage;

public sealed class DeliveriesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-deliveries-").FullName;
    private Deliveries _deliveries = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var databases = new Databases($"Data Source={Path.Combine(_folder, "bot.db")}");
        await using (var db = databases.CreateDbContext()) await db.Database.EnsureCreatedAsync(Cancellation);
        _deliveries = new Deliveries(databases);
        await _deliveries.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _deliveries.StopAsync(CancellationToken.None);
        _deliveries.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Of_a_thousand_deliveries_of_one_key_at_once_one_is_new()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => _deliveries.TakeAsync(Of("same", "text"), Cancellation))));
        Assert.Single(taken, isNew => isNew);
        Assert.Equal([("slack", "same")], await _deliveries.OpenAsync(Cancellation));
    }

    [Fact]
    public async Task A_done_delivery_is_known_without_its_payload()
    {
        Assert.True(await _deliveries.TakeAsync(Of("one", "what somebody typed"), Cancellation));
        Assert.Equal("what somebody typed", (await _deliveries.FindOpenAsync("slack", "one", Cancellation))!.Payload);
        await _deliveries.DoneAsync("slack", "one", Cancellation);
        Assert.Null(await _deliveries.FindOpenAsync("slack", "one", Cancellation));
        Assert.Empty(await _deliveries.OpenAsync(Cancellation));
        Assert.False(await _deliveries.TakeAsync(Of("one", "again"), Cancellation));
    }

    [Fact]
    public async Task Old_ones_are_forgotten_when_they_are_done_and_never_before()
    {
        await _deliveries.TakeAsync(Of("done", "x"), Cancellation);
        await _deliveries.TakeAsync(Of("open", "x"), Cancellation);
        await _deliveries.DoneAsync("slack", "done", Cancellation);
        await _deliveries.ForgetAsync(s_now, Cancellation);
        Assert.False(await _deliveries.TakeAsync(Of("done", "x"), Cancellation));
        await _deliveries.ForgetAsync(s_now + TimeSpan.FromTicks(1), Cancellation);
        Assert.True(await _deliveries.TakeAsync(Of("done", "x"), Cancellation));
        Assert.False(await _deliveries.TakeAsync(Of("open", "x"), Cancellation));
    }

    [Fact]
    public async Task A_store_that_fails_is_heard_by_those_who_wait_and_works_again_later()
    {
        await using (var db = new Databases($"Data Source={Path.Combine(_folder, "bot.db")}").CreateDbContext()) await db.Database.ExecuteSqlRawAsync("ALTER TABLE Deliveries RENAME TO Hidden", Cancellation);
        await Assert.ThrowsAsync<SqliteException>(() => _deliveries.TakeAsync(Of("one", "x"), Cancellation));
        await using (var db = new Databases($"Data Source={Path.Combine(_folder, "bot.db")}").CreateDbContext()) await db.Database.ExecuteSqlRawAsync("ALTER TABLE Hidden RENAME TO Deliveries", Cancellation);
        Assert.True(await _deliveries.TakeAsync(Of("one", "x"), Cancellation));
    }

    [Fact]
    public async Task Deliveries_alone_are_acknowledged_before_they_are_on_the_disk()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:ConnectionString", $"Data Source={Path.Combine(_folder, "other.db")}")]).Build();
        await using var services = new ServiceCollection().AddLogging().AddStorage(settings).BuildServiceProvider();
        await services.PrepareStorageAsync(Cancellation);
        var deliveries = services.GetRequiredService<Deliveries>();
        await deliveries.StartAsync(Cancellation);
        await deliveries.TakeAsync(Of("one", "x"), Cancellation);
        const int Full = 2;
        Assert.Equal(Full, await PragmaAsync(services, "synchronous"));
        // Its connection goes back to the pool, and is nobody's exception any more.
        await deliveries.StopAsync(Cancellation);
        Assert.Equal(Full, await PragmaAsync(services, "synchronous"));
        Assert.Equal(10_000, await PragmaAsync(services, "busy_timeout"));
    }

    private static async Task<long> PragmaAsync(IServiceProvider services, string name)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<BotDb>>().CreateDbContextAsync(Cancellation);
        await db.Database.OpenConnectionAsync(Cancellation);
        await using var pragma = db.Database.GetDbConnection().CreateCommand();
        pragma.CommandText = $"PRAGMA {name}";
        return (long)(await pragma.ExecuteScalarAsync(Cancellation))!;
    }

    private static Delivery Of(string key, string payload) => new("slack", key, "command", payload, s_now);

    private sealed class Databases(string connection) : IDbContextFactory<BotDb>
    {
        private readonly DbContextOptions<BotDb> _options = new DbContextOptionsBuilder<BotDb>().UseSqlite(connection).Options;

        public BotDb CreateDbContext() => new(_options);
    }
}
