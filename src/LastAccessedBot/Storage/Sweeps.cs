using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Sweeps(IDbContextFactory<BotDb> databases) : ISweeps
{
    public async Task<bool> StartAsync(SweepRecord sweep, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await AddAsync(db, sweep, cancellation)) return false;
        await db.CommitAsync(transaction, [entry], cancellation);
        return true;
    }

    public async Task<bool> StartDueAsync(SweepRecord sweep, SweepDue seen, DateOnly day, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (last, now) = (seen.LastFor?.DayNumber, day.DayNumber);
        var noted = await db.SweepDues.Where(row => row.Id == SweepDueRow.Only && row.LastFor == last).ExecuteUpdateAsync(row => row.SetProperty(one => one.LastFor, now), cancellation);
        if (noted == 0) return false;
        var isStarted = await AddAsync(db, sweep, cancellation);
        await db.CommitAsync(transaction, isStarted ? [entry] : [], cancellation);
        return isStarted;
    }

    public async Task<SweepDue> DueAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.SweepDues.AsNoTracking().SingleOrDefaultAsync(cancellation) is { } known) return Read(known);
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "SweepDues" ("Id", "SinceTicks", "LastFor") VALUES ({SweepDueRow.Only}, {now.UtcTicks}, NULL) ON CONFLICT ("Id") DO NOTHING""", cancellation);
        return Read(await db.SweepDues.AsNoTracking().SingleAsync(cancellation));
    }

    public async Task<SweepRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await ReadAsync(db, db.Sweeps.Where(row => row.Id == id), cancellation);
    }

    public async Task<SweepRecord?> LatestAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await ReadAsync(db, db.Sweeps.OrderByDescending(row => row.StartedTicks), cancellation);
    }

    public async Task<SweepRecord?> BeforeAsync(SweepRecord sweep, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (ended, ticks) = (nameof(SweepState.Ended), sweep.StartedAt.UtcTicks);
        return await ReadAsync(db, db.Sweeps.Where(row => row.State == ended && row.StartedTicks < ticks).OrderByDescending(row => row.StartedTicks), cancellation);
    }

    public async Task<SweepRecord?> HoldAsync(string id, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (host, to) = (db.Host, until.UtcTicks);
        var held = await Free(db, now).Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(one => one.Holder, host).SetProperty(one => one.LeaseTicks, to), cancellation);
        return held == 1 ? await ReadAsync(db, db.Sweeps.Where(row => row.Id == id), cancellation) : null;
    }

    public async Task<bool> StillAsync(string id, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var to = until.UtcTicks;
        return await Held(db, id).ExecuteUpdateAsync(row => row.SetProperty(one => one.LeaseTicks, to), cancellation) == 1;
    }

    public async Task<ImmutableArray<string>> FreeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. await Free(db, now).Select(row => row.Id).ToListAsync(cancellation)];
    }

    public async Task<bool> WriteAsync(SweepRecord to, AuditEntry? entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await WriteAsync(db, to, cancellation)) return false;
        await db.CommitAsync(transaction, entry is null ? [] : [entry], cancellation);
        return true;
    }

    public async Task<PostedMessage?> ShowInAsync(string id, PostedMessage message, CancellationToken cancellation)
    {
        var (surface, conversation) = message.Conversation;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var before = await db.SweepCards.AsNoTracking().SingleOrDefaultAsync(row => row.SweepId == id && row.Surface == surface && row.Conversation == conversation, cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "SweepCards" ("SweepId", "Surface", "Conversation", "Message") VALUES ({id}, {surface}, {conversation}, {message.Id})
            ON CONFLICT ("SweepId", "Surface", "Conversation") DO UPDATE SET "Message" = excluded."Message"
            """, cancellation);
        await transaction.CommitAsync(cancellation);
        return before is null || before.Message == message.Id ? null : message with { Id = before.Message };
    }

    public async Task ShownAsync(string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Sweeps.Where(row => row.Id == id && row.Running == null).ExecuteUpdateAsync(row => row.SetProperty(one => one.IsShown, true), cancellation);
    }

    public async Task<ImmutableArray<string>> NotShownAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. await db.Sweeps.Where(row => row.Running == null && !row.IsShown).Select(row => row.Id).ToListAsync(cancellation)];
    }

    /// <summary>Writes where the host holds it; what is over is held by nobody.</summary>
    internal static async Task<bool> WriteAsync(BotDb db, SweepRecord to, CancellationToken cancellation)
    {
        var (state, running, json) = (to.State.ToString(), to.IsOver ? (bool?)null : true, Json(to));
        return await Held(db, to.Id).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.State, state)
            .SetProperty(one => one.Running, running)
            .SetProperty(one => one.Json, json), cancellation) == 1;
    }

    /// <summary>Within a transaction: nobody else takes it before that ends.</summary>
    internal static async Task<bool> IsHeldAsync(BotDb db, string id, CancellationToken cancellation)
    {
        var host = db.Host;
        return await Held(db, id).ExecuteUpdateAsync(row => row.SetProperty(one => one.Holder, host), cancellation) == 1;
    }

    private static IQueryable<SweepRow> Free(BotDb db, DateTimeOffset now)
    {
        var (host, ticks) = (db.Host, now.UtcTicks);
        return db.Sweeps.Where(row => row.Running == true && (row.Holder == host || row.LeaseTicks <= ticks));
    }

    private static IQueryable<SweepRow> Held(BotDb db, string id)
    {
        var host = db.Host;
        return db.Sweeps.Where(row => row.Id == id && row.Running == true && row.Holder == host);
    }

    private static async Task<bool> AddAsync(BotDb db, SweepRecord sweep, CancellationToken cancellation) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "Sweeps" ("Id", "State", "Running", "Holder", "LeaseTicks", "StartedTicks", "IsShown", "Json")
        VALUES ({sweep.Id}, {sweep.State.ToString()}, {true}, {""}, {0L}, {sweep.StartedAt.UtcTicks}, {false}, {Json(sweep)})
        ON CONFLICT ("Running") DO NOTHING
        """, cancellation) == 1;

    private static async Task<SweepRecord?> ReadAsync(BotDb db, IQueryable<SweepRow> rows, CancellationToken cancellation)
    {
        if (await rows.AsNoTracking().FirstOrDefaultAsync(cancellation) is not { } row) return null;
        var cards = await db.SweepCards.AsNoTracking().Where(card => card.SweepId == row.Id).OrderBy(card => card.Surface).ThenBy(card => card.Conversation).ToListAsync(cancellation);
        return JsonSerializer.Deserialize<SweepRecord>(row.Json, CardJson.Options)! with { Cards = [.. cards.Select(card => new PostedMessage(new Conversation(card.Surface, card.Conversation), card.Message))] };
    }

    private static SweepDue Read(SweepDueRow row) => new(new DateTimeOffset(row.SinceTicks, TimeSpan.Zero), row.LastFor is { } day ? DateOnly.FromDayNumber(day) : null);

    private static string Json(SweepRecord sweep) => JsonSerializer.Serialize(sweep, CardJson.Options);
}
