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
        foreach (var id in card.Blocks.OfType<CardBlock.Section>().SelectMany(section => section.Choices).Concat(card.Choices).Select(choice => ChoiceId.Read(choice.Id)).OfType<ChoiceId.OnProposal>().Select(on => on.ProposalId).Distinct())
            known[id] = await proposals.FindAsync(id, cancellation);
        return card with
        {
            Blocks = [.. card.Blocks.Select(block => block is CardBlock.Section section ? section with { Choices = Granted(section.Choices) } : block)],
            Choices = Granted(card.Choices),
        };

        ImmutableArray<Choice> Granted(ImmutableArray<Choice> choices) => [.. choices.Where(choice => ChoiceId.Read(choice.Id) is not ChoiceId.OnProposal on
            || (known[on.ProposalId] is { } proposal && ApprovalRules.Rule(proposal, on.Press, person.Key(), rights, now, people.NameOf) is Ruling.Granted))];
    }
}
