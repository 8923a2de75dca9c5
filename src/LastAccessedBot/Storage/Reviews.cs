using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Reviews(IDbContextFactory<BotDb> databases) : IReviews
{
    public async Task AddAsync(ReviewRecord review, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        db.Reviews.Add(new ReviewRow { Id = review.Id, State = review.State.ToString(), AskedAt = review.AskedAt, Json = Json(review) });
        db.Audit.Add(Rows.Of(entry));
        await db.SaveChangesAsync(cancellation);
    }

    public async Task<ReviewRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Reviews.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row
            ? JsonSerializer.Deserialize<ReviewRecord>(row.Json, CardJson.Options)
            : null;
    }

    public async Task AnswerAsync(ReviewRecord review, IReadOnlyList<ProposalChange> changes, AuditEntry? entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Reviews.Where(row => row.Id == review.Id).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.State, review.State == ReviewState.Answered ? ReviewRow.NotShown : review.State.ToString())
            .SetProperty(one => one.Json, Json(review)), cancellation);
        var position = await db.Proposals.CountAsync(row => row.ReviewId == review.Id, cancellation);
        foreach (var change in changes)
        {
            if (change.From is null) db.Proposals.Add(Proposals.Row(change.To, position++));
            else if (!await Proposals.WriteAsync(db, change.From, change.To, cancellation)) continue;
            if (change.Entry is { } told) db.Audit.Add(Rows.Of(told));
        }
        if (entry is not null) db.Audit.Add(Rows.Of(entry));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task<ImmutableArray<string>> WaitingAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var waiting = nameof(ReviewState.Waiting);
        return [.. await db.Reviews.Where(row => row.State == waiting).Select(row => row.Id).ToListAsync(cancellation)];
    }

    public async Task ShownAsync(string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Reviews.Where(row => row.Id == id && row.State == ReviewRow.NotShown).ExecuteUpdateAsync(row => row.SetProperty(one => one.State, nameof(ReviewState.Answered)), cancellation);
    }

    public async Task<ImmutableArray<string>> NotShownAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. await db.Reviews.Where(row => row.State == ReviewRow.NotShown).Select(row => row.Id).ToListAsync(cancellation)];
    }

    private static string Json(ReviewRecord review) => JsonSerializer.Serialize(review, CardJson.Options);
}
