using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Proposals(IDbContextFactory<BotDb> databases) : IProposals
{
    private static readonly string[] s_open = [nameof(ProposalState.Proposed), nameof(ProposalState.Approved), nameof(ProposalState.Applying), nameof(ProposalState.Undoing)];

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

    public async Task<ImmutableArray<Proposal>> OpenAsync(Concern concern, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await ReadAsync(Of(db, concern).Where(row => s_open.Contains(row.State)).OrderBy(row => row.ProposedTicks).ThenBy(row => row.Position), most, cancellation);
    }

    public async Task<ImmutableArray<Proposal>> DecidedAsync(Concern concern, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await ReadAsync(Of(db, concern).Where(row => row.DecidedTicks != null).OrderByDescending(row => row.DecidedTicks), most, cancellation);
    }

    public async Task<ImmutableArray<Proposal>> AboutAsync(string subject, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var about = subject.ToLowerInvariant();
        return await ReadAsync(db.Proposals.AsNoTracking().Where(row => row.Subject == about && row.State != nameof(ProposalState.Superseded)).OrderByDescending(row => row.ProposedTicks).ThenBy(row => row.Position), most, cancellation);
    }

    public async Task<ImmutableDictionary<string, (int Open, int Removed)>> TalliesAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var counts = await db.Proposals.Where(row => s_open.Contains(row.State) || row.State == nameof(ProposalState.Applied))
            .GroupBy(row => new { row.Subject, IsApplied = row.State == nameof(ProposalState.Applied) })
            .Select(same => new { same.Key.Subject, same.Key.IsApplied, Proposals = same.Count(), Services = same.Sum(row => row.Services) }).ToListAsync(cancellation);
        return counts.GroupBy(count => count.Subject).ToImmutableDictionary(same => same.Key, same => (same.Where(count => !count.IsApplied).Sum(count => count.Proposals), same.Where(count => count.IsApplied).Sum(count => count.Services)));
    }

    public async Task<bool> MoveAsync(Proposal from, Proposal to, AuditEntry entry, CancellationToken cancellation)
    {
        if (from.State != to.State && !ProposalLife.From(from.State).Contains(to.State)) throw new InvalidOperationException($"A proposal cannot go from {from.State} to {to.State}.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await WriteAsync(db, from, to, cancellation)) return false;
        await NotShownAsync(db, to.ReviewId, cancellation);
        await db.CommitAsync(transaction, [entry], cancellation);
        if (from.State != to.State) Measures.Became(to);
        return true;
    }

    public async Task<bool> JoinAsync(ImmutableArray<ProposalChange> parts, Proposal joined, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var part in parts)
            if (!await WriteAsync(db, part.From!, part.To, cancellation)) return false;
        db.Proposals.Add(Row(joined, await db.Proposals.CountAsync(row => row.ReviewId == joined.ReviewId, cancellation)));
        await NotShownAsync(db, joined.ReviewId, cancellation);
        await db.CommitAsync(transaction, [.. parts.Select(part => part.Entry!), entry], cancellation);
        foreach (var part in parts) Measures.Became(part.To);
        Measures.Became(joined);
        return true;
    }

    private static Task NotShownAsync(BotDb db, string reviewId, CancellationToken cancellation) =>
        db.Reviews.Where(row => row.Id == reviewId && row.State == nameof(ReviewState.Answered)).ExecuteUpdateAsync(row => row.SetProperty(one => one.State, ReviewRow.NotShown), cancellation);

    internal static async Task<bool> WriteAsync(BotDb db, Proposal from, Proposal to, CancellationToken cancellation) =>
        await db.Proposals.Where(row => row.Id == from.Id && row.Revision == from.Revision).ExecuteUpdateAsync(row => row
            .SetProperty(one => one.State, to.State.ToString())
            .SetProperty(one => one.Revision, to.Revision)
            .SetProperty(one => one.DecidedTicks, DecidedTicks(to))
            .SetProperty(one => one.Services, to.Trim.Removed.Length)
            .SetProperty(one => one.Json, Json(to)), cancellation) == 1;

    internal static ProposalRow Row(Proposal proposal, int position) => new()
    {
        Id = proposal.Id,
        ReviewId = proposal.ReviewId,
        State = proposal.State.ToString(),
        Revision = proposal.Revision,
        Position = position,
        Subject = proposal.Subject.Words.ToLowerInvariant(),
        RequestedBy = proposal.RequestedBy,
        Services = proposal.Trim.Removed.Length,
        ProposedTicks = proposal.ProposedAt.UtcTicks,
        DecidedTicks = DecidedTicks(proposal),
        Json = Json(proposal),
    };

    private static IQueryable<ProposalRow> Of(BotDb db, Concern concern)
    {
        var rows = db.Proposals.AsNoTracking();
        if (concern.Subjects is not { } named) return rows;
        var subjects = named.Select(subject => subject.ToLowerInvariant()).ToArray();
        var concerned = rows.Where(row => subjects.Contains(row.Subject) || row.RequestedBy == concern.RequestedBy);
        foreach (var (begin, end) in subjects.Select(SubjectPattern.Of).OfType<SubjectPattern>())
        {
            var like = rows.Where(row => row.Subject.StartsWith(begin));
            concerned = concerned.Union(end.Length > 0 ? like.Where(row => row.Subject.EndsWith(end)) : like.Where(row => !row.Subject.Contains(SubjectPattern.In)));
        }
        return concerned;
    }

    private static async Task<ImmutableArray<Proposal>> ReadAsync(IQueryable<ProposalRow> rows, int most, CancellationToken cancellation) =>
        [.. (await rows.Take(most).ToListAsync(cancellation)).Select(Read)];

    private static long? DecidedTicks(Proposal proposal) =>
        proposal.DecidedBy is null || s_open.Contains(proposal.State.ToString()) ? null : (proposal.EndedAt ?? proposal.DecidedAt)?.UtcTicks;

    private static string Json(Proposal proposal) => JsonSerializer.Serialize(proposal, CardJson.Options);

    internal static Proposal Read(ProposalRow row) => JsonSerializer.Deserialize<Proposal>(row.Json, CardJson.Options)!;
}
