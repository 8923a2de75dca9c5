using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class PostedCards(IDbContextFactory<BotDb> databases) : IPostedCards
{
    public async Task SaveAsync(PostedMessage message, Card card, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Cards" ("Surface", "Conversation", "Message", "Json")
            VALUES ({message.Conversation.Surface}, {message.Conversation.Id}, {message.Id}, {CardJson.Write(card)})
            ON CONFLICT ("Surface", "Conversation", "Message") DO UPDATE SET "Json" = excluded."Json"
            """, cancellation);
    }

    public async Task<Card?> FindAsync(PostedMessage message, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Cards.AsNoTracking().SingleOrDefaultAsync(
            one => one.Surface == message.Conversation.Surface && one.Conversation == message.Conversation.Id && one.Message == message.Id, cancellation);
        return row is null ? null : CardJson.Read(row.Json);
    }
}
