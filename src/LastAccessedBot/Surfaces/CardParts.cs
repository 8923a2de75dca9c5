using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Surfaces;

/// <summary>The parts of a card that a message only mentions, by the names under which they are opened.</summary>
internal static class CardParts
{
    /// <summary>The card without its sections; all of its sections.</summary>
    public const string Own = "own", All = "all";

    /// <summary>A proposal's section is known by its proposal, whatever comes before it on the card; any other by its place.</summary>
    public static string Of(CardBlock.Section section, int index) => section.Id ?? $"section-{index}";

    /// <summary>The blocks of a part; of one that is gone, a sentence that says so.</summary>
    public static IEnumerable<CardBlock> Content(Card card, string part)
    {
        var sections = card.Blocks.OfType<CardBlock.Section>().ToArray();
        if (part == Own) return card.Blocks.Where(block => block is not CardBlock.Section);
        if (part == All) return sections;
        var one = sections.Where((section, index) => Of(section, index) == part).ToArray();
        return one.Length > 0 ? one : [new CardBlock.Paragraph("This part of the card is gone: close this and look at the card.")];
    }

    /// <summary>A message does not say all of the block.</summary>
    public static bool Hides(CardBlock block) => block is CardBlock.Details or CardBlock.Diff || (block is CardBlock.Table { Main: { } main } table && main < table.Headings.Length);

    /// <summary>The blocks of a section. The sign before its title stands for its first sentence too.</summary>
    public static IEnumerable<CardBlock> Said(CardBlock.Section section) => section.Blocks is [CardBlock.Paragraph first, ..] && first.Tone == section.Tone
        ? section.Blocks.SetItem(0, first with { Tone = Tone.Neutral })
        : section.Blocks;

    /// <summary>What comes and what goes can be told without colours.</summary>
    public static string Marked(DiffLine line) => line.Mark switch
    {
        DiffMark.Goes => "- ",
        DiffMark.Comes => "+ ",
        _ => "  ",
    } + line.Text;

    /// <summary>What is said where there is no room for the last sections.</summary>
    public static string Rest(int sections) => sections == 1
        ? "One more suggestion does not fit here. Decide about some of these, or review a smaller part."
        : $"{sections} more suggestions do not fit here. Decide about some of these, or review a smaller part.";

    /// <summary>What is said where lines are left out.</summary>
    public static string Behind(int lines) => lines == 1 ? "… and one line more behind Details" : $"… and {lines} lines more behind Details";
}

/// <summary>What is asked before a press counts.</summary>
/// <param name="IsGrave">The answer changes the account, and does not only take a change back.</param>
internal sealed record Question(Prose Text, bool IsGrave)
{
    /// <summary>What changes the account asks once more, and says what it does: a phone's screen is small, and a thumb is large.</summary>
    /// <param name="of">The section that the button stands in; null for one of the card's own.</param>
    /// <returns>null for a button that asks nothing, or asks by its form.</returns>
    public static Question? Of(Choice choice, CardBlock.Section? of)
    {
        var id = ChoiceId.Read(choice.Id);
        var press = (id as ChoiceId.OnProposal)?.Press;
        if (choice.Form is not null || (choice.Confirm is null && (press is not (Press.Approve or Press.Undo) || of is null))) return null;
        var text = choice.Confirm is { } asked ? asked : ((Prose)(choice.Label == "Approve" ? "" : $"{choice.Label}: ")).Then(of!.Title).Then("?");
        return new Question(text, press == Press.Approve || id is ChoiceId.Together);
    }
}
