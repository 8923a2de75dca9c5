using LastAccessedBot.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LastAccessedBot.Storage;

/// <summary>How every change of state ends.</summary>
internal static class Appending
{
    /// <summary>Writes what waits, then the entries that tell of it, and commits all of it.</summary>
    // The record goes last: who appends holds its end until the commit, and so holds it shortly, and holds nothing else that an appender waits for.
    public static async Task CommitAsync(this BotDb db, IDbContextTransaction transaction, IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        await AppendAsync(db, entries, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task AppendAsync(BotDb db, IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0) return;
        var end = db.AuditHeads.Where(row => row.Id == AuditHeadRow.Only);
        // An update, before the end is read: from here on every other appender waits.
        await end.ExecuteUpdateAsync(row => row.SetProperty(one => one.Number, one => one.Number + entries.Count), cancellation);
        var (number, hash) = await end.Select(row => new ValueTuple<long, string>(row.Number, row.Hash)).SingleAsync(cancellation);
        var head = new ChainHead(number - entries.Count, hash);
        foreach (var entry in entries)
        {
            var chained = AuditChain.Append(head, entry);
            db.Audit.Add(Rows.Of(chained));
            head = chained.Head;
        }
        await db.SaveChangesAsync(cancellation);
        await end.ExecuteUpdateAsync(row => row.SetProperty(one => one.Hash, head.Hash), cancellation);
    }
}
