using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Subscriptions(IDbContextFactory<BotDb> databases) : ISubscriptions
{
    public async Task<Subscription?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await FindAsync(db, id, cancellation);
    }

    public async Task<ImmutableArray<Subscription>> InAsync(Conversation conversation, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Subscriptions.AsNoTracking().Where(row => row.Surface == conversation.Surface && row.Conversation == conversation.Id).OrderBy(row => row.Subject).ToListAsync(cancellation)).Select(Read)];
    }

    public async Task<ImmutableArray<Subscription>> ActiveAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Subscriptions.AsNoTracking().Where(row => row.IsActive).OrderBy(row => row.Id).ToListAsync(cancellation)).Select(Read)];
    }

    public async Task<bool> WriteAsync(Subscription? from, Subscription to, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!(from is null ? await AddAsync(db, to, cancellation) : await WriteAsync(db, from, to, cancellation))) return false;
        await db.CommitAsync(transaction, [entry], cancellation);
        return true;
    }

    internal static async Task<Subscription?> FindAsync(BotDb db, string id, CancellationToken cancellation) =>
        await db.Subscriptions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row ? Read(row) : null;

    internal static async Task<bool> WriteAsync(BotDb db, Subscription from, Subscription to, CancellationToken cancellation) =>
        await db.Subscriptions.Where(row => row.Id == from.Id && row.Revision == from.Revision).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.IsActive, to.IsActive)
            .SetProperty(one => one.Revision, to.Revision)
            .SetProperty(one => one.ReviewId, to.ReviewId)
            .SetProperty(one => one.DigestId, to.DigestId)
            .SetProperty(one => one.Json, Json(to)), cancellation) == 1;

    // Of two that come at once, one finds the target subscribed.
    private static async Task<bool> AddAsync(BotDb db, Subscription one, CancellationToken cancellation) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "Subscriptions" ("Id", "Surface", "Conversation", "Subject", "IsActive", "Revision", "Json")
        VALUES ({one.Id}, {one.In.Surface}, {one.In.Id}, {one.Subject.Words.ToLowerInvariant()}, {one.IsActive}, {one.Revision}, {Json(one)})
        ON CONFLICT ("Surface", "Conversation", "Subject") DO NOTHING
        """, cancellation) == 1;

    private static string Json(Subscription one) => JsonSerializer.Serialize(one, CardJson.Options);

    private static Subscription Read(SubscriptionRow row) => JsonSerializer.Deserialize<Subscription>(row.Json, CardJson.Options)!;
}
