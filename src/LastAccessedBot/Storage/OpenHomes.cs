using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class OpenHomes(IDbContextFactory<BotDb> databases) : IOpenHomes
{
    public async Task OpenedAsync(OpenHome home, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Homes" ("Surface", "Person", "Page", "Ticks") VALUES ({home.By.Surface}, {home.By.Id}, {home.Page}, {home.At.UtcTicks})
            ON CONFLICT ("Surface", "Person") DO UPDATE SET "Page" = excluded."Page", "Ticks" = excluded."Ticks"
            """, cancellation);
    }

    public async Task<OpenHome?> FindAsync(Person person, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Homes.AsNoTracking().SingleOrDefaultAsync(row => row.Surface == person.Surface && row.Person == person.Id, cancellation) is { } row ? Read(row) : null;
    }

    public async Task<IReadOnlyList<OpenHome>> SinceAsync(DateTimeOffset moment, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var ticks = moment.UtcTicks;
        return [.. (await db.Homes.AsNoTracking().Where(row => row.Ticks >= ticks).OrderByDescending(row => row.Ticks).Take(most).ToListAsync(cancellation)).Select(Read)];
    }

    public async Task ForgetAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var ticks = before.UtcTicks;
        await db.Homes.Where(row => row.Ticks < ticks).ExecuteDeleteAsync(cancellation);
    }

    private static OpenHome Read(HomeRow row) => new(new Person(row.Surface, row.Person, row.Person), row.Page, new DateTimeOffset(row.Ticks, TimeSpan.Zero));
}
