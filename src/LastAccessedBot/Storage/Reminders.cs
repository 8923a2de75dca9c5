using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>When a conversation was reminded last.</summary>
public sealed class ReminderRow
{
    public required string Surface { get; init; }

    public required string Conversation { get; init; }

    /// <summary>In UTC ticks.</summary>
    public required long Ticks { get; set; }
}

/// <inheritdoc/>
internal sealed class Reminders(IDbContextFactory<BotDb> databases) : IReminders
{
    public async Task<DateTimeOffset?> LastAsync(Conversation conversation, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Reminders.AsNoTracking().SingleOrDefaultAsync(row => row.Surface == conversation.Surface && row.Conversation == conversation.Id, cancellation) is { } row ? new DateTimeOffset(row.Ticks, TimeSpan.Zero) : null;
    }

    public async Task<bool> WriteAsync(Conversation conversation, DateTimeOffset? last, DateTimeOffset now, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var written = last is not { } seen
            ? await db.Database.ExecuteSqlAsync($"""INSERT INTO "Reminders" ("Surface", "Conversation", "Ticks") VALUES ({conversation.Surface}, {conversation.Id}, {now.UtcTicks}) ON CONFLICT ("Surface", "Conversation") DO NOTHING""", cancellation)
            : await db.Reminders.Where(row => row.Surface == conversation.Surface && row.Conversation == conversation.Id && row.Ticks == seen.UtcTicks)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.Ticks, now.UtcTicks), cancellation);
        if (written != 1) return false;
        await db.CommitAsync(transaction, [entry], cancellation);
        return true;
    }
}
