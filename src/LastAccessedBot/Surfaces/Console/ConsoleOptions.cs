namespace LastAccessedBot.Surfaces.Console;

/// <summary>The settings under <c>Console</c>.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    public bool Enabled { get; init; } = true;

    /// <summary>Who may be chosen on the page and named in the JSON endpoints.</summary>
    public IReadOnlyList<ConsolePerson> People { get; init; } = [];

    /// <summary>A SQLite connection string; a missing folder is created.</summary>
    public string ConnectionString { get; init; } = "Data Source=data/console.db";
}
