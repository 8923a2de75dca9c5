using System.Collections.Immutable;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class AuditTrail(IDbContextFactory<BotDb> databases) : IAuditTrail
{
    private const int Page = 1_000;

    public async Task<ImmutableArray<AuditEntry>> ReadAsync(string? subject, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = db.Audit.AsNoTracking();
        if (subject is not null)
        {
            var like = Escaped(subject.ToLowerInvariant());
            rows = rows.Where(row => EF.Functions.Like(row.Subject.ToLower(), "%" + like + "%", "\\") || row.ProposalId == subject || EF.Functions.Like(row.Detail.ToLower(), "%`" + like + "`%", "\\"));
        }
        return [.. (await rows.OrderByDescending(row => row.Number).Take(most).ToListAsync(cancellation)).Select(row => Rows.Of(row).Entry)];
    }

    public async Task<ImmutableArray<AuditEntry>> OfProposalAsync(string proposalId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Audit.AsNoTracking().Where(row => row.ProposalId == proposalId).OrderByDescending(row => row.Number).ToListAsync(cancellation)).Select(row => Rows.Of(row).Entry)];
    }

    public async IAsyncEnumerable<ChainedEntry> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        for (var after = long.MinValue; ;)
        {
            var from = after;
            var page = await db.Audit.AsNoTracking().Where(row => row.Number > from).OrderBy(row => row.Number).Take(Page).ToListAsync(cancellation);
            foreach (var row in page) yield return Rows.Of(row);
            if (page.Count < Page) yield break;
            after = page[^1].Number;
        }
    }

    public async Task<ChainHead> HeadAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.AuditHeads.AsNoTracking().SingleAsync(one => one.Id == AuditHeadRow.Only, cancellation);
        return new ChainHead(row.Number, row.Hash);
    }

    public async Task<bool> HasEditSinceAsync(ChainHead head, string reviewId, string subject, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Audit.AnyAsync(row => row.Number > head.Number && row.Event.StartsWith(AuditEntry.OfStep) && (row.ReviewId == reviewId || row.Subject == subject), cancellation);
    }

    public async Task ShortenAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var ticks = before.UtcTicks;
        // Up to the first entry that stays, for the clocks of several hosts may differ by a little; and the last entry of all always stays.
        var stays = await db.Audit.Where(row => row.Ticks >= ticks).MinAsync(row => (long?)row.Number, cancellation) ?? await db.Audit.MaxAsync(row => (long?)row.Number, cancellation);
        var gone = await db.Audit.AsNoTracking().Where(row => row.Number < stays).OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellation);
        if (gone is null) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Two hosts may come to it at once: one of them finds nothing left.
        if (await db.Audit.Where(row => row.Number <= gone.Number).ExecuteDeleteAsync(cancellation) == 0) return;
        var told = new AuditEntry(now, "bot", ChainCheck.Shortened, null, null, "record", $"Entries up to {gone.Number} are older than `Audit:KeepFor` says, and were removed")
        {
            Facts = ChainCheck.Facts(new ChainHead(gone.Number, gone.Hash)),
        };
        await db.CommitAsync(transaction, [told], cancellation);
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
