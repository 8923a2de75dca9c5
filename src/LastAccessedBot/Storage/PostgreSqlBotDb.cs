using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>The state on a server, for any number of hosts.</summary>
public sealed class PostgreSqlBotDb(DbContextOptions<PostgreSqlBotDb> options) : BotDb(options)
{
    private static readonly string s_host = Guid.NewGuid().ToString("N");

    internal override string Host => s_host;

    internal override string CommitBeforeDisk => "SET synchronous_commit TO OFF";
}
