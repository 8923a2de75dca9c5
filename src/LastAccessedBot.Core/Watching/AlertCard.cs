using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Watching;

/// <summary>Tells that somebody misses what a trim took, with the button that gives it back.</summary>
public static class AlertCard
{
    /// <param name="proposal">With an aftermath.</param>
    /// <param name="nameOf">A person's display name.</param>
    public static Card Of(Proposal proposal, Func<string, string> nameOf)
    {
        var (section, isApplied) = (new ProposalSection(proposal, nameOf), proposal.State == ProposalState.Applied);
        var title = isApplied ? Prose.Of($"Restore? Somebody misses what this took: {proposal.Trim.Title}") : Prose.Of($"Somebody missed what this took: {proposal.Trim.Title}");
        return new Card(
            title, isApplied ? Tone.Caution : Tone.Neutral,
            [
                new CardBlock.Paragraph(proposal.Aftermath!.DeniedSince, isApplied ? Tone.Caution : Tone.Neutral),
                .. section.Standing is { } standing ? [standing] : Array.Empty<CardBlock>(),
                .. isApplied ? [new CardBlock.Paragraph(Prose.Of($"Restore puts back what was there before, as {$"/unused undo {proposal.Id}"} does. A denied attempt may also be an accident: whoever made it knows."))] : Array.Empty<CardBlock>(),
            ],
            isApplied ? [section.Restore] : []);
    }
}
