using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
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

    // Windows differ seldom: what is wanted is among the last ones, or was not asked for in a long time.
    private const int LastOnes = 20;

    public async Task AddAsync(ReviewRecord review, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Reviews.Add(new ReviewRow { Id = review.Id, State = review.State.ToString(), AskedTicks = review.AskedAt.UtcTicks, Json = Json(review) });
        db.ReviewCards.AddRange(review.Cards.Select(card => CardRow(review.Id, card)));
        await db.CommitAsync(transaction, [entry], cancellation);
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
            .SetProperty(one => one.AnsweredTicks, ReviewHistory.IsKept(review) ? review.Answer!.At.UtcTicks : null)
            .SetProperty(one => one.Json, Json(review)), cancellation);
        if (ReviewHistory.IsKept(review)) await ReviewHistory.WriteAsync(db, review.Answer!, cancellation);
        var position = await db.Proposals.CountAsync(row => row.ReviewId == review.Id, cancellation);
        var told = new List<AuditEntry>();
        var became = new List<Proposal>();
        foreach (var change in changes)
        {
            if (change.From is null) db.Proposals.Add(Proposals.Row(change.To, position++));
            else if (!await Proposals.WriteAsync(db, change.From, change.To, cancellation)) continue;
            if (change.Entry is { } one) told.Add(one);
            if (change.From?.State != change.To.State) became.Add(change.To);
        }
        if (entry is not null) told.Add(entry);
        await db.CommitAsync(transaction, told, cancellation);
        became.ForEach(Measures.Became);
    }

    public async Task<ImmutableArray<ReviewRecord>> StandingAsync(ReviewSubject subject, ReviewWindow window, Question question, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Reviews.AsNoTracking()
            .Where(row => row.Subject == subject.Words && db.Proposals.Any(proposal => proposal.ReviewId == row.Id && s_toDecide.Contains(proposal.State)))
            .OrderByDescending(row => row.AskedTicks).ToListAsync(cancellation);
        var standing = new List<ReviewRecord>();
        foreach (var row in rows)
            if (await ReadAsync(db, row, cancellation) is { Answer.Window: var asked } review && asked == window && review.Asked.Question == question) standing.Add(review);
        return [.. standing];
    }

    public async Task<ReviewRecord?> NewestAsync(string subject, ReviewWindow? window, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = db.Reviews.AsNoTracking().Where(row => row.Subject == subject && row.AnsweredTicks != null).OrderByDescending(row => row.AnsweredTicks).Take(window is null ? 1 : LastOnes);
        foreach (var row in await rows.ToListAsync(cancellation))
            if (await ReadAsync(db, row, cancellation) is { Answer.Window: var asked } review && (window is null || asked == window)) return review;
        return null;
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
        await db.CommitAsync(transaction, [entry], cancellation);
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
