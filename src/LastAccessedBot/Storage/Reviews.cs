using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
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

    public async Task AnswerAsync(
        ReviewRecord review, IReadOnlyList<Proposal> added, IReadOnlyList<(Proposal From, Proposal To)> moved, IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Reviews.Where(row => row.Id == review.Id).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.State, review.State.ToString())
            .SetProperty(one => one.Json, Json(review)), cancellation);
        // A proposal that somebody decided about meanwhile stays as they decided.
        foreach (var (from, to) in moved) await Proposals.WriteAsync(db, from, to, cancellation);
        var position = await db.Proposals.CountAsync(row => row.ReviewId == review.Id, cancellation);
        foreach (var proposal in added) db.Proposals.Add(Proposals.Row(proposal, position++));
        foreach (var entry in entries) db.Audit.Add(Rows.Of(entry));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task<ImmutableArray<string>> WaitingAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var waiting = nameof(ReviewState.Waiting);
        return [.. await db.Reviews.Where(row => row.State == waiting).Select(row => row.Id).ToListAsync(cancellation)];
    }

    private static string Json(ReviewRecord review) => JsonSerializer.Serialize(review, CardJson.Options);
}
