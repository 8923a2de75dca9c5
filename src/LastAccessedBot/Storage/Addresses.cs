using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Addresses(IDbContextFactory<BotDb> databases) : IAddresses
{
    public async Task SaveAsync(Address address, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Addresses" ("Surface", "Id", "Content", "SeenAt") VALUES ({address.Surface}, {address.Id}, {address.Content}, {address.SeenAt})
            ON CONFLICT ("Surface", "Id") DO UPDATE SET "Content" = excluded."Content", "SeenAt" = excluded."SeenAt"
            """, cancellation);
    }

    public async Task<Address?> FindAsync(string surface, string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Addresses.AsNoTracking().SingleOrDefaultAsync(row => row.Surface == surface && row.Id == id, cancellation) is { } row
            ? new Address(row.Surface, row.Id, row.Content, row.SeenAt)
            : null;
    }
}
