using LastAccessedBot.Core;
using LastAccessedBot.Storage;

namespace LastAccessedBot;

/// <summary>The store that a host writes to, for a command that only reads it.</summary>
internal static class StoredRecord
{
    /// <summary>By the host's settings. Makes nothing: a mistyped path is no new record.</summary>
    public static Parsed<ServiceProvider> Open()
    {
        var settings = new ConfigurationBuilder().SetBasePath(Settings.Folder).AddJsonFile(Settings.File, optional: true).AddEnvironmentVariables().Build();
        return StorageOptions.From(settings).SqliteFile is { } file && !File.Exists(file)
            ? new Parsed<ServiceProvider>.Bad(new Refusal($"There is no `{Path.GetFullPath(file)}`", "start in the directory that the host is started in, or set `Storage__ConnectionString`"))
            : new Parsed<ServiceProvider>.Ok(new ServiceCollection().AddLogging().AddStorage(settings).BuildServiceProvider());
    }
}

/// <summary>Where settings stand: in the folder that the program is started in, or else next to the program, as the page's assets do.</summary>
internal static class Settings
{
    public const string File = "appsettings.json";

    public static string Folder => System.IO.File.Exists(File) ? Directory.GetCurrentDirectory() : AppContext.BaseDirectory;
}
