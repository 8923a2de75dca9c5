using LastAccessedBot.Flows;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>Settings <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Relative paths start at the directory that the host was started in.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/bot.db";

    /// <summary>
    /// Where the keys lie that secrets are encrypted with; empty for the folder <c>keys</c> beside the state. All hosts of one state share it.
    /// The keys themselves are files that only the bot's user reads: on a server, let the platform protect them, with an encrypted volume, and
    /// keep them out of the backups that the state goes to. Without its keys a state is whole, but every chat workspace installs the bot anew.
    /// </summary>
    public string KeysFolder { get; set; } = "";

    internal string KeysIn => KeysFolder.Length > 0 ? KeysFolder : Path.Combine(Path.GetDirectoryName(new SqliteConnectionStringBuilder(ConnectionString).DataSource) ?? "", "keys");
}

public static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        // The name is part of every key's purpose: without it, a host that is started from another folder could not read its own secrets.
        services.AddDataProtection().SetApplicationName("LastAccessedBot").PersistKeysToFileSystem(new DirectoryInfo(options.KeysIn));
        return services
            .AddPooledDbContextFactory<BotDb>(db => db.UseSqlite(options.ConnectionString).AddInterceptors(new ConnectionPragmas()))
            .AddSingleton<IReviews, Reviews>()
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
