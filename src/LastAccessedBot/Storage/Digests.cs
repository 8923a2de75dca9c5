using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Digests(IDbContextFactory<BotDb> databases) : IDigests
{
    private static readonly string[] s_underWay = [nameof(DigestState.Claimed), nameof(DigestState.Posting)];

    public async Task<bool> ClaimAsync(DigestRecord digest, ImmutableArray<(Subscription From, Subscription To)> due, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // In one order everywhere: hosts that want the same rows wait for one another, and never in a circle.
        foreach (var (from, to) in due.OrderBy(one => one.From.Id, StringComparer.Ordinal))
            if (!await Subscriptions.WriteAsync(db, from, to, cancellation)) return false;
        db.Digests.Add(new DigestRow { Id = digest.Id, Surface = digest.In.Surface, Conversation = digest.In.Id, Ticks = digest.Moment.UtcTicks, State = digest.State.ToString(), Revision = digest.Revision, Json = Json(digest) });
        await db.CommitAsync(transaction, [entry], cancellation);
        return true;
    }

    public async Task<bool> MoveAsync(DigestRecord from, DigestRecord to, AuditEntry? entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await WriteAsync(db, from, to, cancellation)) return false;
        await db.CommitAsync(transaction, entry is null ? [] : [entry], cancellation);
        return true;
    }

    public async Task<bool> EndAsync(DigestRecord from, DigestRecord to, Func<Subscription, Subscription> remember, AuditEntry entry, CancellationToken cancellation)
    {
        // Somebody may change a subscription in this very moment: all of it is tried again, from what they left.
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (!await WriteAsync(db, from, to, cancellation)) return false;
            if (!await RememberAsync(db, to, remember, cancellation)) continue;
            await db.CommitAsync(transaction, [entry], cancellation);
            return true;
        }
    }

    public async Task<DigestRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Digests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row ? Read(row) : null;
    }

    public async Task<ImmutableArray<DigestRecord>> UnderWayAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Digests.AsNoTracking().Where(row => s_underWay.Contains(row.State)).OrderBy(row => row.Ticks).ToListAsync(cancellation)).Select(Read)];
    }

    public async Task<DigestRecord?> LastAsync(Conversation conversation, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Digests.AsNoTracking().Where(row => row.Surface == conversation.Surface && row.Conversation == conversation.Id && !s_underWay.Contains(row.State))
            .OrderByDescending(row => row.Ticks).FirstOrDefaultAsync(cancellation) is { } row ? Read(row) : null;
    }

    public async Task<ImmutableArray<DigestRecord>> ShowingAsync(string reviewId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Digests.AsNoTracking().Where(row => db.Subscriptions.Any(one => one.ReviewId == reviewId && one.DigestId == row.Id)).ToListAsync(cancellation)).Select(Read)];
    }

    private static async Task<bool> RememberAsync(BotDb db, DigestRecord digest, Func<Subscription, Subscription> remember, CancellationToken cancellation)
    {
        foreach (var id in digest.Subscriptions.Order(StringComparer.Ordinal))
            if (await Subscriptions.FindAsync(db, id, cancellation) is { } one && remember(one) is var to && to != one && !await Subscriptions.WriteAsync(db, one, to, cancellation)) return false;
        return true;
    }

    private static async Task<bool> WriteAsync(BotDb db, DigestRecord from, DigestRecord to, CancellationToken cancellation) =>
        await db.Digests.Where(row => row.Id == from.Id && row.Revision == from.Revision).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.State, to.State.ToString())
            .SetProperty(one => one.Revision, to.Revision)
            .SetProperty(one => one.Json, Json(to)), cancellation) == 1;

    private static string Json(DigestRecord digest) => JsonSerializer.Serialize(digest, CardJson.Options);

    private static DigestRecord Read(DigestRow row) => JsonSerializer.Deserialize<DigestRecord>(row.Json, CardJson.Options)!;
}
