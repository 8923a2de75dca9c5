using LastAccessedBot.Core.Audit;

namespace LastAccessedBot.Storage;

internal static class Rows
{
    public static AuditRow Of(ChainedEntry chained) => new()
    {
        Number = chained.Number,
        Ticks = chained.Entry.At.UtcTicks,
        Actor = chained.Entry.Actor,
        Event = chained.Entry.Event,
        ReviewId = chained.Entry.ReviewId,
        ProposalId = chained.Entry.ProposalId,
        Subject = chained.Entry.Subject,
        Detail = chained.Entry.Detail,
        Facts = chained.Entry.Facts,
        Previous = chained.Previous,
        Hash = chained.Hash,
    };

    public static ChainedEntry Of(AuditRow row) => new(
        row.Number,
        new AuditEntry(new DateTimeOffset(row.Ticks, TimeSpan.Zero), row.Actor, row.Event, row.ReviewId, row.ProposalId, row.Subject, row.Detail) { Facts = row.Facts },
        row.Previous, row.Hash);
}
