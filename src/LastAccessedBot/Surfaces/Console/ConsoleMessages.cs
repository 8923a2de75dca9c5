using LastAccessedBot.Core.Cards;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Surfaces.Console;

/// <summary>Keeps the console's messages and says when one is posted or changes.</summary>
internal sealed class ConsoleMessages(IDbContextFactory<ConsoleDb> databases, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _oneWriter = new(1, 1);

    /// <summary>Raised after a message was stored, in the order of <see cref="ConsoleMessage.Seq"/>; handlers must return at once.</summary>
    public event Action<ConsoleMessage>? Stored;

    public Task<ConsoleMessage> AddTextAsync(string conversation, string author, string text, CancellationToken cancellation) =>
        AddAsync(conversation, author, text, cardJson: null, onlyFor: null, cancellation);

    public Task<ConsoleMessage> AddCardAsync(string conversation, Card card, string? onlyFor, CancellationToken cancellation) =>
        AddAsync(conversation, ConsoleMessage.Bot, text: null, CardJson.Write(card), onlyFor, cancellation);

    /// <summary>Replaces the card of a message of the bot; null when there is no such message.</summary>
    public Task<ConsoleMessage?> ReplaceCardAsync(string id, Card card, CancellationToken cancellation) => WriteAsync(async (database, seq) =>
    {
        var message = await database.Messages.SingleOrDefaultAsync(one => one.Id == id && one.Author == ConsoleMessage.Bot, cancellation);
        if (message is null) return null;
        message.CardJson = CardJson.Write(card);
        message.Seq = seq;
        message.ChangedAt = time.GetUtcNow();
        return message;
    }, cancellation);

    public async Task<ConsoleMessage?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Messages.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellation);
    }

    public async Task<IReadOnlyList<ConsoleMessage>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Messages.AsNoTracking().Where(one => ids.Contains(one.Id)).OrderBy(one => one.PostedSeq).ToListAsync(cancellation);
    }

    /// <summary>What was posted or changed after <paramref name="seq"/> and this person may see, in that order, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<ConsoleMessage>> ChangedAfterAsync(string conversation, long seq, string? person, int limit, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Visible(database, conversation, person).Where(one => one.Seq > seq).OrderBy(one => one.Seq).Take(limit).ToListAsync(cancellation);
    }

    /// <summary>The last <paramref name="limit"/> messages posted before <paramref name="postedSeq"/> that this person may see, oldest first.</summary>
    public async Task<IReadOnlyList<ConsoleMessage>> PostedBeforeAsync(string conversation, long postedSeq, string? person, int limit, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var messages = await Visible(database, conversation, person).Where(one => one.PostedSeq < postedSeq)
            .OrderByDescending(one => one.PostedSeq).Take(limit).ToListAsync(cancellation);
        messages.Reverse();
        return messages;
    }

    public void Dispose() => _oneWriter.Dispose();

    private static IQueryable<ConsoleMessage> Visible(ConsoleDb database, string conversation, string? person) =>
        database.Messages.AsNoTracking().Where(one => one.Conversation == conversation && (one.OnlyFor == null || one.OnlyFor == person));

    private async Task<ConsoleMessage> AddAsync(
        string conversation, string author, string? text, string? cardJson, string? onlyFor, CancellationToken cancellation) =>
        (await WriteAsync((database, seq) =>
        {
            var now = time.GetUtcNow();
            var message = new ConsoleMessage
            {
                Id = Guid.NewGuid().ToString(),
                Seq = seq,
                PostedSeq = seq,
                Conversation = conversation,
                Author = author,
                Text = text,
                CardJson = cardJson,
                OnlyFor = onlyFor,
                PostedAt = now,
                ChangedAt = now,
            };
            database.Messages.Add(message);
            return Task.FromResult<ConsoleMessage?>(message);
        }, cancellation))!;

    private async Task<ConsoleMessage?> WriteAsync(Func<ConsoleDb, long, Task<ConsoleMessage?>> write, CancellationToken cancellation)
    {
        await _oneWriter.WaitAsync(cancellation);
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var last = await database.Messages.MaxAsync(one => (long?)one.Seq, cancellation) ?? 0;
            var message = await write(database, last + 1);
            await database.SaveChangesAsync(cancellation);
            if (message is not null) Stored?.Invoke(message);
            return message;
        }
        finally
        {
            _oneWriter.Release();
        }
    }
}
