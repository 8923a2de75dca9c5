using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>An applied trim that is watched.</summary>
public sealed class WatchRow
{
    public required string ProposalId { get; init; }

    public required string ReviewId { get; init; }

    /// <summary>When to look again, in UTC ticks.</summary>
    public required long NextTicks { get; set; }

    public required int Revision { get; set; }

    public required bool IsAlerted { get; set; }

    public required string Json { get; set; }
}

/// <inheritdoc/>
internal sealed class Watches(IDbContextFactory<BotDb> databases) : IWatches
{
    private const int MostDue = 100;

    public async Task<Watch?> FindAsync(string proposalId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Watches.AsNoTracking().SingleOrDefaultAsync(row => row.ProposalId == proposalId, cancellation) is { } row ? Read(row) : null;
    }

    public async Task<ImmutableArray<Watch>> AlertedAsync(string reviewId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Watches.AsNoTracking().Where(row => row.ReviewId == reviewId && row.IsAlerted).ToListAsync(cancellation)).Select(Read)];
    }

    public async Task<ImmutableArray<(Proposal Proposal, Watch? Watch)>> DueAsync(DateTimeOffset since, DateTimeOffset first, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var due = await (
            from proposal in db.Proposals.AsNoTracking()
            where proposal.State == nameof(ProposalState.Applied) && proposal.DecidedTicks > since.UtcTicks
            join watch in db.Watches.AsNoTracking() on proposal.Id equals watch.ProposalId into watched
            from watch in watched.DefaultIfEmpty()
            where watch == null ? proposal.DecidedTicks <= first.UtcTicks : watch.NextTicks <= now.UtcTicks
            orderby watch == null ? proposal.DecidedTicks : watch.NextTicks
            select new { Proposal = proposal, Watch = watch }).Take(MostDue).ToListAsync(cancellation);
        return [.. due.Select(one => (Proposals.Read(one.Proposal), one.Watch is null ? null : Read(one.Watch)))];
    }

    public async Task<bool> WriteAsync(Watch? from, Watch to, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return from is null
            ? await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Watches" ("ProposalId", "ReviewId", "NextTicks", "Revision", "IsAlerted", "Json")
                VALUES ({to.ProposalId}, {to.ReviewId}, {to.Next.UtcTicks}, {to.Revision}, {!to.Alerts.IsEmpty}, {Json(to)})
                ON CONFLICT ("ProposalId") DO NOTHING
                """, cancellation) == 1
            : await db.Watches.Where(row => row.ProposalId == from.ProposalId && row.Revision == from.Revision).ExecuteUpdateAsync(row => row
                .SetProperty(one => one.NextTicks, to.Next.UtcTicks)
                .SetProperty(one => one.Revision, to.Revision)
                .SetProperty(one => one.IsAlerted, !to.Alerts.IsEmpty)
                .SetProperty(one => one.Json, Json(to)), cancellation) == 1;
    }

    private static string Json(Watch watch) => JsonSerializer.Serialize(watch, CardJson.Options);

    private static Watch Read(WatchRow row) => JsonSerializer.Deserialize<Watch>(row.Json, CardJson.Options)!;
}
