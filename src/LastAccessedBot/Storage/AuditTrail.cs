using System.Collections.Immutable;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class AuditTrail(IDbContextFactory<BotDb> databases) : IAuditTrail
{
    public async Task<ImmutableArray<AuditEntry>> ReadAsync(string? subject, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = db.Audit.AsNoTracking();
        if (subject is not null) rows = rows.Where(row => EF.Functions.Like(row.Subject, "%" + Escaped(subject) + "%", "\\") || row.ProposalId == subject || EF.Functions.Like(row.Detail, "%`" + Escaped(subject) + "`%", "\\"));
        return [.. (await rows.OrderByDescending(row => row.Number).Take(most).ToListAsync(cancellation)).Select(Rows.Of)];
    }

    public async Task<ImmutableArray<AuditEntry>> OfProposalAsync(string proposalId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Audit.AsNoTracking().Where(row => row.ProposalId == proposalId).OrderByDescending(row => row.Number).ToListAsync(cancellation)).Select(Rows.Of)];
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
