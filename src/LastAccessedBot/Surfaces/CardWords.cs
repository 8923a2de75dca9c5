using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces;

/// <summary>A card in words alone: what it found, each suggestion and how it stands, and what to type instead of pressing.</summary>
internal static class CardWords
{
    /// <summary>From what matters most to what matters least. The lead stands before the line's sign.</summary>
    public static IEnumerable<(string Lead, CardLine Line)> Of(Card card)
    {
        yield return ("", new(Sign.None, card.Title));
        foreach (var line in Lines<CardBlock.Paragraph>(card).Concat(Lines<CardBlock.Chart>(card)).Concat(Lines<CardBlock.Progress>(card)).Concat(Lines<CardBlock.Link>(card))) yield return ("", line);
        // Decisions before services: what does not fit can be asked again, a decision waits.
        foreach (var section in card.Blocks.OfType<CardBlock.Section>())
        {
            yield return ("• ", new(CardLines.SignOf(section.Tone), section.Title));
            foreach (var line in CardParts.Said(section).Where(block => block is CardBlock.Paragraph or CardBlock.Progress or CardBlock.Facts).Take(1).SelectMany(block => CardLines.Of(block))) yield return ("   ", line);
            foreach (var undo in section.Choices.Select(choice => ChoiceId.Read(choice.Id)).OfType<ChoiceId.OnProposal>().Where(on => on.Press == Press.Undo)) yield return ("   ", new(Sign.None, Prose.Of($"To take it back: {$"/unused undo {undo.ProposalId}"}")));
        }
        foreach (var line in Lines<CardBlock.Table>(card)) yield return ("", line);
    }

    private static IEnumerable<CardLine> Lines<T>(Card card) where T : CardBlock => card.Blocks.OfType<T>().SelectMany(block => CardLines.Of(block));
}
