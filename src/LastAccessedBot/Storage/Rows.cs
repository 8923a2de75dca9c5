using LastAccessedBot.Flows;

namespace LastAccessedBot.Storage;

internal static class Rows
{
    public static AuditRow Of(AuditEntry entry) => new()
    {
        At = entry.At,
        Actor = entry.Actor,
        Event = entry.Event,
        ReviewId = entry.ReviewId,
        ProposalId = entry.ProposalId,
        Subject = entry.Subject,
        Detail = entry.Detail,
    };

    public static AuditEntry Of(AuditRow row) => new(row.At, row.Actor, row.Event, row.ReviewId, row.ProposalId, row.Subject, row.Detail);
}
