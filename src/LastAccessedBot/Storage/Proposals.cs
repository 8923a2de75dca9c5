using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Proposals(IDbContextFactory<BotDb> databases) : IProposals
{
    public async Task<Proposal?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Proposals.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row ? Read(row) : null;
    }

    public async Task<ImmutableArray<Proposal>> OfReviewAsync(string reviewId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Proposals.AsNoTracking().Where(row => row.ReviewId == reviewId).OrderBy(row => row.Position).ToListAsync(cancellation)).Select(Read)];
    }

    public async Task<ImmutableArray<Proposal>> InAsync(ImmutableArray<ProposalState> states, CancellationToken cancellation)
    {
        var names = states.Select(state => state.ToString()).ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Proposals.AsNoTracking().Where(row => names.Contains(row.State)).ToListAsync(cancellation)).Select(Read)];
    }

    public async Task<bool> MoveAsync(Proposal from, Proposal to, AuditEntry entry, CancellationToken cancellation)
    {
        if (from.State != to.State && !ProposalLife.From(from.State).Contains(to.State)) throw new InvalidOperationException($"A proposal cannot go from {from.State} to {to.State}.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await WriteAsync(db, from, to, cancellation)) return false;
        await db.Reviews.Where(row => row.Id == to.ReviewId && row.State == nameof(ReviewState.Answered)).ExecuteUpdateAsync(row => row.SetProperty(one => one.State, ReviewRow.NotShown), cancellation);
        db.Audit.Add(Rows.Of(entry));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    internal static async Task<bool> WriteAsync(BotDb db, Proposal from, Proposal to, CancellationToken cancellation) =>
        await db.Proposals.Where(row => row.Id == from.Id && row.Revision == from.Revision).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.State, to.State.ToString())
            .SetProperty(one => one.Revision, to.Revision)
            .SetProperty(one => one.Json, Json(to)), cancellation) == 1;

    internal static ProposalRow Row(Proposal proposal, int position) => new()
    {
        Id = proposal.Id,
        ReviewId = proposal.ReviewId,
        State = proposal.State.ToString(),
        Revision = proposal.Revision,
        Position = position,
        Json = Json(proposal),
    };

    private static string Json(Proposal proposal) => JsonSerializer.Serialize(proposal, CardJson.Options);

    private static Proposal Read(ProposalRow row) => JsonSerializer.Deserialize<Proposal>(row.Json, CardJson.Options)!;
}
