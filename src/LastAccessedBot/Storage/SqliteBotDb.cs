using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>The state in one file, for one host.</summary>
public sealed class SqliteBotDb(DbContextOptions<SqliteBotDb> options) : BotDb(options)
{
    // Whatever a host left behind, the next one to start may take up at once.
    internal override string Host => "host";

    internal override string CommitBeforeDisk => "PRAGMA synchronous = NORMAL";
}
