using LastAccessedBot.Flows;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

public static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = StorageOptions.From(configuration);
        if (options.Problem() is { } problem) throw new InvalidOperationException(problem);
        // The name is part of every key's purpose: without it, a host that is started from another folder could not read its own secrets.
        services.AddDataProtection().SetApplicationName("LastAccessedBot").PersistKeysToFileSystem(new DirectoryInfo(options.KeysIn));
        services.AddHealthChecks().AddCheck<StoreHealth>("store");
        return services.AddDatabase(options)
            .AddSingleton<IReviews, Reviews>()
            .AddSingleton<IReviewHistory, ReviewHistory>()
            .AddSingleton<IProposals, Proposals>()
            .AddSingleton<IJournal, Journal>()
            .AddSingleton<IAuditTrail, AuditTrail>()
            .AddSingleton<IPostedCards, PostedCards>()
            .AddSingleton<IInstallations, Installations>()
            .AddSingleton<IOneTimeSecrets, OneTimeSecrets>()
            .AddSingleton<IOpenHomes, OpenHomes>()
            .AddSingleton<IAddresses, Addresses>()
            .AddSingleton<ISubscriptions, Subscriptions>()
            .AddSingleton<IDigests, Digests>()
            .AddSingleton<ISweeps, Sweeps>()
            .AddSingleton<ISweepTargets, SweepTargets>()
            .AddSingleton<IWatches, Watches>()
            .AddSingleton<IOwners, Owners>()
            .AddSingleton<IKeeps, Keeps>()
            .AddSingleton<IReminders, Reminders>()
            .AddSingleton<Deliveries>()
            .AddSingleton<IDeliveries>(services => services.GetRequiredService<Deliveries>())
            .AddHostedService(services => services.GetRequiredService<Deliveries>());
    }

    /// <summary>Brings the tables up to date, and makes them where they are missing.</summary>
    /// <exception cref="InvalidOperationException">The state is not one that can be brought up to date; it is as it was.</exception>
    public static async Task PrepareStorageAsync(this IServiceProvider services, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<BotDb>>().CreateDbContextAsync(cancellation);
        if (db is not SqliteBotDb)
        {
            // The provider lets one host at a time migrate.
            await db.Database.MigrateAsync(cancellation);
            return;
        }
        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        if (File.Exists(file) && await IsOfBeforeMigrationsAsync(db, cancellation))
            throw new InvalidOperationException($"The state in `{file}` is of a version that could not be brought up to date yet. Move it away, and the host begins a new one.");
        await db.Database.MigrateAsync(cancellation);
        // Write-ahead logging lets readers read while one writes.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
    }

    private static async Task<bool> IsOfBeforeMigrationsAsync(BotDb db, CancellationToken cancellation) =>
        (await db.Database.GetAppliedMigrationsAsync(cancellation)).FirstOrDefault() is null
        && await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name = 'Reviews'").SingleAsync(cancellation) > 0;

    private static IServiceCollection AddDatabase(this IServiceCollection services, StorageOptions options) => options.Provider switch
    {
        StorageProvider.PostgreSql => services
            .AddPooledDbContextFactory<PostgreSqlBotDb>(db => db.UseNpgsql(options.ConnectionString))
            .AddSingleton<IDbContextFactory<BotDb>, Databases<PostgreSqlBotDb>>()
            .AddSingleton<ITurns>(_ => new TurnsOfManyHosts(options.ConnectionString)),
        _ => services
            .AddPooledDbContextFactory<SqliteBotDb>(db => db.UseSqlite(options.ConnectionString).AddInterceptors(new ConnectionPragmas()))
            .AddSingleton<IDbContextFactory<BotDb>, Databases<SqliteBotDb>>()
            .AddSingleton<ITurns, TurnsOfOneHost>(),
    };

    private sealed class Databases<TDb>(IDbContextFactory<TDb> databases) : IDbContextFactory<BotDb>
        where TDb : BotDb
    {
        public BotDb CreateDbContext() => databases.CreateDbContext();

        public async Task<BotDb> CreateDbContextAsync(CancellationToken cancellationToken) => await databases.CreateDbContextAsync(cancellationToken);
    }
}
