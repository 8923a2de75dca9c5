using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>What the presser of a button sees until the outcome is known: the buttons that it stood with are gone.</summary>
internal static class WorkingCard
{
    public static Card Of(Card card, string choice) => ChoiceId.Read(choice) is not ChoiceId.OnProposal
        // Nothing is decided by it, and it may be pressed again.
        ? card
        : card with
        {
            Blocks = [.. card.Blocks.Select(block => block is CardBlock.Section section && section.Choices.Any(one => one.Id == choice)
                ? section with { Blocks = section.Blocks.Add(new CardBlock.Progress("Working on it …", null)), Choices = [] }
                : block)],
        };
}
