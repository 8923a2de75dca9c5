using System.Collections.Immutable;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Installations(IDbContextFactory<BotDb> databases) : IInstallations
{
    public async Task<Installation?> FindAsync(string surface, string tenant, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Installations.AsNoTracking().SingleOrDefaultAsync(row => row.Surface == surface && row.Tenant == tenant, cancellation) is { } row ? Of(row) : null;
    }

    public async Task<ImmutableArray<Installation>> AllAsync(string surface, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Installations.AsNoTracking().Where(row => row.Surface == surface).OrderBy(row => row.Tenant).ToListAsync(cancellation)).Select(Of)];
    }

    public async Task AddAsync(Installation installation, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Installations" ("Surface", "Tenant", "Version", "Sealed", "InstalledTicks", "LeaseTicks")
            VALUES ({installation.Surface}, {installation.Tenant}, {installation.Version}, {installation.Sealed}, {installation.InstalledAt.UtcTicks}, 0)
            ON CONFLICT ("Surface", "Tenant") DO UPDATE
            SET "Version" = excluded."Version", "Sealed" = excluded."Sealed", "InstalledTicks" = excluded."InstalledTicks", "LeaseTicks" = 0
            """, cancellation);
        await db.CommitAsync(transaction, [entry], cancellation);
    }

    public async Task<bool> LeaseAsync(Installation seen, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (from, to) = (now.UtcTicks, until.UtcTicks);
        return await Seen(db, seen).Where(row => row.LeaseTicks <= from).ExecuteUpdateAsync(row => row.SetProperty(one => one.LeaseTicks, to), cancellation) == 1;
    }

    public async Task ReleaseAsync(Installation seen, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var mine = until.UtcTicks;
        await Seen(db, seen).Where(row => row.LeaseTicks == mine).ExecuteUpdateAsync(row => row.SetProperty(one => one.LeaseTicks, 0), cancellation);
    }

    public async Task<bool> RenewAsync(Installation seen, Installation renewed, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await Seen(db, seen).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.Version, renewed.Version)
            .SetProperty(one => one.Sealed, renewed.Sealed)
            .SetProperty(one => one.LeaseTicks, 0), cancellation) == 1;
    }

    public async Task<bool> RemoveAsync(Installation seen, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await Seen(db, seen).ExecuteDeleteAsync(cancellation) != 1) return false;
        await db.CommitAsync(transaction, [entry], cancellation);
        return true;
    }

    private static Installation Of(InstallationRow row) => new(row.Surface, row.Tenant, row.Version, row.Sealed, new DateTimeOffset(row.InstalledTicks, TimeSpan.Zero));

    private static IQueryable<InstallationRow> Seen(BotDb db, Installation seen) =>
        db.Installations.Where(row => row.Surface == seen.Surface && row.Tenant == seen.Tenant && row.Version == seen.Version);
}
