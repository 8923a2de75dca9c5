using LastAccessedBot.Flows;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>Settings <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Relative paths start at the directory that the host was started in.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/bot.db";
}

public static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        return services
            .AddPooledDbContextFactory<BotDb>(db => db.UseSqlite(options.ConnectionString).AddInterceptors(new ConnectionPragmas()))
            .AddSingleton<IReviews, Reviews>()
            .AddSingleton<IProposals, Proposals>()
            .AddSingleton<IJournal, Journal>()
            .AddSingleton<IAuditTrail, AuditTrail>()
            .AddSingleton<IPostedCards, PostedCards>()
            .AddSingleton<Deliveries>()
            .AddSingleton<IDeliveries>(services => services.GetRequiredService<Deliveries>())
            .AddHostedService(services => services.GetRequiredService<Deliveries>());
    }

    /// <summary>Makes the folder and the tables where they are missing. Write-ahead logging lets readers read while one writes.</summary>
    public static async Task PrepareStorageAsync(this IServiceProvider services, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<BotDb>>().CreateDbContextAsync(cancellation);
        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        await db.Database.EnsureCreatedAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
    }
}
