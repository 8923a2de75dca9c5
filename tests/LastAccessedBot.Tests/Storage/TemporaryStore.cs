using LastAccessedBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Tests.Storage;

/// <summary>The bot's database in a folder of its own, for as long as a test needs it.</summary>
internal sealed class TemporaryStore : IDbContextFactory<BotDb>, IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-store-").FullName;
    private readonly DbContextOptions<BotDb> _options;

    private TemporaryStore() => _options = new DbContextOptionsBuilder<BotDb>().UseSqlite($"Data Source={Path.Combine(_folder, "bot.db")}").Options;

    public static async Task<TemporaryStore> CreateAsync()
    {
        var store = new TemporaryStore();
        await using var db = store.CreateDbContext();
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return store;
    }

    public BotDb CreateDbContext() => new(_options);

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
