using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>The cards as they were last posted, for platforms that show parts of a card later: in a modal, on another page.</summary>
public interface IPostedCards
{
    Task SaveAsync(PostedMessage message, Card card, CancellationToken cancellation);

    Task<Card?> FindAsync(PostedMessage message, CancellationToken cancellation);
}
