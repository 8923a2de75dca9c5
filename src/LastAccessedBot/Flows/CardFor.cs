using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>A card as one person should see it, on platforms that show everybody their own: without the buttons that would be refused.</summary>
public sealed class CardFor(IProposals proposals, AuthorityOf authority, IPeople people, TimeProvider time)
{
    public async Task<Card> AsSeenByAsync(Person person, Card card, CancellationToken cancellation)
    {
        var rights = await authority.ForAsync(person, cancellation);
        var now = time.GetUtcNow();
        var known = new Dictionary<string, Proposal?>(StringComparer.Ordinal);
        foreach (var id in card.Blocks.OfType<CardBlock.Section>().SelectMany(section => section.Choices).Concat(card.Choices).SelectMany(choice => Presses(choice)).Select(press => press.ProposalId).Distinct())
            known[id] = await proposals.FindAsync(id, cancellation);
        return card with
        {
            Blocks = [.. card.Blocks.Select(block => block is CardBlock.Section section ? section with { Choices = Granted(section.Choices) } : block)],
            Choices = Granted(card.Choices),
        };

        ImmutableArray<Choice> Granted(ImmutableArray<Choice> choices) => [.. choices.Where(choice => Presses(choice).All(press =>
            known[press.ProposalId] is { } proposal && ApprovalRules.Rule(proposal, press.Press, person.Key(), rights, now, people.NameOf) is Ruling.Granted))];
    }

    // What a button comes down to; nothing for one that decides nothing.
    private static ImmutableArray<ChoiceId.OnProposal> Presses(Choice choice) => ChoiceId.Read(choice.Id) switch
    {
        ChoiceId.OnProposal one => [one],
        ChoiceId.Together several => [.. several.ProposalIds.Select(id => new ChoiceId.OnProposal(Press.Approve, id))],
        _ => [],
    };
}
