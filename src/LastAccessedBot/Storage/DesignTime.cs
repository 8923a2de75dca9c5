using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace LastAccessedBot.Storage;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a model and no server; see <c>docs/migrations.md</c>.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteBotDb>
{
    public SqliteBotDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteBotDb>().UseSqlite().Options);
}

/// <inheritdoc cref="SqliteDesign"/>
internal sealed class PostgreSqlDesign : IDesignTimeDbContextFactory<PostgreSqlBotDb>
{
    public PostgreSqlBotDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgreSqlBotDb>().UseNpgsql().Options);
}
