using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Tests.Storage;

/// <summary>What SQLite alone needs.</summary>
public sealed class SqliteTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-sqlite-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
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

    [Fact]
    public async Task A_state_of_before_migrations_is_left_as_it_is_and_the_host_says_so()
    {
        var file = Path.Combine(_folder, "old.db");
        await using (var old = new SqliteConnection($"Data Source={file}"))
        {
            await old.OpenAsync(Cancellation);
            await using var make = old.CreateCommand();
            make.CommandText = "CREATE TABLE \"Reviews\" (\"Id\" TEXT)";
            await make.ExecuteNonQueryAsync(Cancellation);
        }
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:ConnectionString", $"Data Source={file}")]).Build();
        await using var services = new ServiceCollection().AddLogging().AddStorage(settings).BuildServiceProvider();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => services.PrepareStorageAsync(Cancellation));
        Assert.Contains($"`{file}`", refused.Message, StringComparison.Ordinal);
        await using var db = await services.GetRequiredService<IDbContextFactory<BotDb>>().CreateDbContextAsync(Cancellation);
        Assert.Equal(["Reviews"], await db.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table'").ToListAsync(Cancellation));
    }

    private static Delivery Of(string key, string payload) => new("slack", key, "command", payload, s_now);
}
