using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Keeps;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

public sealed class KeepRow
{
    public required string Id { get; init; }

    /// <summary>Until when, in UTC ticks; zero once it is revoked.</summary>
    public required long UntilTicks { get; set; }

    public required int Revision { get; set; }

    public required string Json { get; set; }
}

/// <inheritdoc/>
internal sealed class Keeps(IDbContextFactory<BotDb> databases) : IKeeps
{
    public async Task<StandingKeep?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Keeps.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row ? Read(row) : null;
    }

    public async Task<ImmutableArray<StandingKeep>> StandingAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Keeps.AsNoTracking().Where(row => row.UntilTicks > now.UtcTicks).OrderBy(row => row.UntilTicks).ThenBy(row => row.Id).ToListAsync(cancellation)).Select(Read)];
    }

    public async Task<bool> WriteAsync(StandingKeep? from, StandingKeep to, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var written = from is null
            ? await db.Database.ExecuteSqlAsync($"""INSERT INTO "Keeps" ("Id", "UntilTicks", "Revision", "Json") VALUES ({to.Id}, {Ticks(to)}, {to.Revision}, {Json(to)}) ON CONFLICT ("Id") DO NOTHING""", cancellation)
            : await db.Keeps.Where(row => row.Id == from.Id && row.Revision == from.Revision)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.UntilTicks, Ticks(to)).SetProperty(one => one.Revision, to.Revision).SetProperty(one => one.Json, Json(to)), cancellation);
        if (written != 1) return false;
        await db.CommitAsync(transaction, [entry], cancellation);
        return true;
    }

    private static long Ticks(StandingKeep keep) => keep.IsRevoked ? 0 : keep.Keeping.Until.UtcTicks;

    private static string Json(StandingKeep keep) => JsonSerializer.Serialize(keep, CardJson.Options);

    private static StandingKeep Read(KeepRow row) => JsonSerializer.Deserialize<StandingKeep>(row.Json, CardJson.Options)!;
}
