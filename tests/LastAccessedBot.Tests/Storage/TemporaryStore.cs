using LastAccessedBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Tests.Storage;

/// <summary>The bot's database, for as long as a test needs it: in a folder of its own, or on the tests' server.</summary>
public sealed class TemporaryStore : IDbContextFactory<BotDb>, IAsyncDisposable
{
    private readonly string? _folder;
    private readonly Func<BotDb> _open;

    private TemporaryStore(string? folder, Func<BotDb> open) => (_folder, _open) = (folder, open);

    /// <param name="server">null for SQLite.</param>
    public static async Task<TemporaryStore> CreateAsync(PostgreSqlServer? server = null)
    {
        var store = server is null ? InFolder() : On(await server.DatabaseAsync());
        await using var db = store.CreateDbContext();
        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        return store;
    }

    public BotDb CreateDbContext() => _open();

    public ValueTask DisposeAsync()
    {
        if (_folder is null) return ValueTask.CompletedTask;
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static TemporaryStore InFolder()
    {
        var folder = Directory.CreateTempSubdirectory("last-accessed-bot-store-").FullName;
        var options = new DbContextOptionsBuilder<SqliteBotDb>().UseSqlite($"Data Source={Path.Combine(folder, "bot.db")}").AddInterceptors(new ConnectionPragmas()).Options;
        return new TemporaryStore(folder, () => new SqliteBotDb(options));
    }

    /// <summary>A database on a server, as it is.</summary>
    public static TemporaryStore On(string connection)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlBotDb>().UseNpgsql(connection).Options;
        return new TemporaryStore(null, () => new PostgreSqlBotDb(options));
    }
}

/// <summary>What every provider of the state promises: a test class of its own for each of them runs the same sentences.</summary>
/// <param name="server">null for SQLite.</param>
public abstract class StoreContract(PostgreSqlServer? server) : IAsyncLifetime
{
    protected static DateTimeOffset Now { get; } = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TemporaryStore Store { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => Store = await TemporaryStore.CreateAsync(server);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Store is not null) await Store.DisposeAsync();
    }
}
