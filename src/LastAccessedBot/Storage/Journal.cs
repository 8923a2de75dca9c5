using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class Journal(IDbContextFactory<BotDb> databases) : IJournal
{
    public async Task<ImmutableArray<JournalStep>> ReadAsync(string proposalId, string run, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Journal.AsNoTracking().Where(row => row.ProposalId == proposalId && row.Run == run).OrderBy(row => row.Index).ToListAsync(cancellation))
            .Select(row => JsonSerializer.Deserialize<JournalStep>(row.Json, CardJson.Options)!)];
    }

    public async Task PlanAsync(string proposalId, string run, IReadOnlyList<AccountEdit> edits, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Journal.AnyAsync(row => row.ProposalId == proposalId && row.Run == run, cancellation)) return;
        db.Journal.AddRange(edits.Select((edit, index) => Row(new JournalStep(proposalId, run, index, edit, StepState.Planned, null, null))));
        await db.SaveChangesAsync(cancellation);
    }

    public async Task WriteAsync(JournalStep step, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Journal.Update(Row(step));
        await db.CommitAsync(transaction, [entry], cancellation);
    }

    private static JournalRow Row(JournalStep step) => new()
    {
        ProposalId = step.ProposalId,
        Run = step.Run,
        Index = step.Index,
        State = step.State.ToString(),
        Json = JsonSerializer.Serialize(step, CardJson.Options),
    };
}
