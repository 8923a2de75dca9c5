using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

/// <summary>The record, newest first, as a card for the whole conversation.</summary>
internal sealed class ShowHistory(IAuditTrail audit, ChatSurfaces surfaces, IPeople people)
{
    private const int Most = 40;

    public async Task ShowAsync(string? about, Conversation conversation, CancellationToken cancellation)
    {
        var entries = await audit.ReadAsync(about, Most, cancellation);
        var title = about is null ? (Prose)"The record, newest first" : Prose.Of($"The record about {about}, newest first");
        Card card = entries.IsEmpty
            ? Card.Of(about is null ? "Nothing is on record yet" : Prose.Of($"Nothing is on record about {about}"))
            : Card.Of(title, new CardBlock.Table(["When (UTC)", "Who", "What", "Detail"],
                [.. entries.Select(entry => new TableRow([$"{entry.At:yyyy-MM-dd HH:mm:ss}", entry.Actor == "bot" ? "bot" : people.NameOf(entry.Actor), entry.Event, Detail(entry)]))]));
        await surfaces.PostAsync(conversation, card, cancellation);
    }

    private static Prose Detail(AuditEntry entry) => entry.ProposalId is { } id ? Prose.Of($"{id} {Prose.Backticked(entry.Detail)}") : Prose.Backticked(entry.Detail);
}
