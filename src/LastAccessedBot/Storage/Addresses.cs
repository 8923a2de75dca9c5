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
            INSERT INTO "Addresses" ("Surface", "Id", "Content", "SeenTicks") VALUES ({address.Surface}, {address.Id}, {address.Content}, {address.SeenAt.UtcTicks})
            ON CONFLICT ("Surface", "Id") DO UPDATE SET "Content" = excluded."Content", "SeenTicks" = excluded."SeenTicks"
            """, cancellation);
    }

    public async Task<Address?> FindAsync(string surface, string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Addresses.AsNoTracking().SingleOrDefaultAsync(row => row.Surface == surface && row.Id == id, cancellation) is { } row
            ? new Address(row.Surface, row.Id, row.Content, new DateTimeOffset(row.SeenTicks, TimeSpan.Zero))
            : null;
    }
}
