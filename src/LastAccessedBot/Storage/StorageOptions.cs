using Microsoft.Data.Sqlite;

namespace LastAccessedBot.Storage;

/// <summary>What the state is kept in.</summary>
public enum StorageProvider
{
    /// <summary>One file, for one host.</summary>
    Sqlite,

    /// <summary>A server, for any number of hosts.</summary>
    PostgreSql,
}

/// <summary>Settings <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>With <see cref="StorageProvider.PostgreSql"/>, the jobs are kept there, too.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>In the provider's own words. A relative path of SQLite starts at the directory that the host was started in.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/bot.db";

    /// <summary>
    /// Where the keys lie that secrets are encrypted with; empty for the folder <c>keys</c> beside SQLite's file. All hosts of one state share it.
    /// The keys themselves are files that only the bot's user reads: on a server, let the platform protect them, with an encrypted volume, and
    /// keep them out of the backups that the state goes to. Without its keys a state is whole, but every chat workspace installs the bot anew.
    /// </summary>
    public string KeysFolder { get; set; } = "";

    /// <summary>The file of the state; null where a server has it.</summary>
    internal string? SqliteFile => Provider == StorageProvider.Sqlite ? new SqliteConnectionStringBuilder(ConnectionString).DataSource : null;

    /// <summary>How the server of the state is reached; null where a file has it.</summary>
    internal string? Server => Provider == StorageProvider.PostgreSql ? ConnectionString : null;

    internal string KeysIn => KeysFolder.Length > 0 ? KeysFolder : Path.Combine(Path.GetDirectoryName(SqliteFile) ?? "", "keys");

    internal static StorageOptions From(IConfiguration configuration) => configuration.GetSection(Section).Get<StorageOptions>() ?? new StorageOptions();

    /// <summary>Why the settings cannot be used; null when they can.</summary>
    internal string? Problem() => Provider == StorageProvider.PostgreSql && KeysFolder.Length == 0
        ? "Storage:KeysFolder is empty: with `Storage:Provider` = `PostgreSql` several hosts share the state, so name a folder that all of them share"
        : null;
}
