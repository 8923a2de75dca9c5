using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Reviews(IDbContextFactory<BotDb> databases) : IReviews
{
    private static readonly string[] s_toDecide = [nameof(ProposalState.Proposed), nameof(ProposalState.Approved), nameof(ProposalState.Applying), nameof(ProposalState.Undoing)];

    public async Task AddAsync(ReviewRecord review, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        db.Reviews.Add(new ReviewRow { Id = review.Id, State = review.State.ToString(), AskedAt = review.AskedAt, Json = Json(review) });
        db.ReviewCards.AddRange(review.Cards.Select(card => CardRow(review.Id, card)));
        db.Audit.Add(Rows.Of(entry));
        await db.SaveChangesAsync(cancellation);
    }

    public async Task<ReviewRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Reviews.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row ? await ReadAsync(db, row, cancellation) : null;
    }

    public async Task AnswerAsync(ReviewRecord review, IReadOnlyList<ProposalChange> changes, AuditEntry? entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Reviews.Where(row => row.Id == review.Id).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.State, review.State == ReviewState.Answered ? ReviewRow.NotShown : review.State.ToString())
            .SetProperty(one => one.Subject, review.Answer == null ? null : review.Answer.Subject.Words)
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

    public async Task<ImmutableArray<ReviewRecord>> StandingAsync(ReviewSubject subject, ReviewWindow window, Question question, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Reviews.AsNoTracking()
            .Where(row => row.Subject == subject.Words && db.Proposals.Any(proposal => proposal.ReviewId == row.Id && s_toDecide.Contains(proposal.State)))
            .ToListAsync(cancellation);
        var standing = new List<ReviewRecord>();
        foreach (var row in rows.OrderByDescending(row => row.AskedAt))
            if (await ReadAsync(db, row, cancellation) is { Answer.Window: var asked } review && asked == window && review.Asked.Question == question) standing.Add(review);
        return [.. standing];
    }

    public async Task JoinAsync(ReviewRecord review, string into, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Reviews.Where(row => row.Id == review.Id).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.State, review.State.ToString())
            .SetProperty(one => one.Json, Json(review)), cancellation);
        await db.ReviewCards.Where(row => row.ReviewId == review.Id).ExecuteDeleteAsync(cancellation);
        await db.ReviewCards.Where(row => row.ReviewId == into && row.Surface == review.Message.Conversation.Surface && row.Conversation == review.Message.Conversation.Id).ExecuteDeleteAsync(cancellation);
        db.ReviewCards.Add(CardRow(into, review.Message));
        db.Audit.Add(Rows.Of(entry));
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

    private static async Task<ReviewRecord> ReadAsync(BotDb db, ReviewRow row, CancellationToken cancellation) =>
        JsonSerializer.Deserialize<ReviewRecord>(row.Json, CardJson.Options)! with
        {
            Cards = [.. (await db.ReviewCards.AsNoTracking().Where(card => card.ReviewId == row.Id).OrderBy(card => card.Surface).ThenBy(card => card.Conversation).ToListAsync(cancellation)).Select(Message)],
        };

    private static PostedMessage Message(ReviewCardRow row) => new(new Conversation(row.Surface, row.Conversation), row.Message);

    private static ReviewCardRow CardRow(string reviewId, PostedMessage message) =>
        new() { ReviewId = reviewId, Surface = message.Conversation.Surface, Conversation = message.Conversation.Id, Message = message.Id };

    private static string Json(ReviewRecord review) => JsonSerializer.Serialize(review, CardJson.Options);
}
