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
        var blocks = ImmutableArray.CreateBuilder<CardBlock>(card.Blocks.Length);
        foreach (var block in card.Blocks) blocks.Add(block is CardBlock.Section section ? section with { Choices = await GrantedAsync(section.Choices) } : block);
        return card with { Blocks = blocks.ToImmutable(), Choices = await GrantedAsync(card.Choices) };

        async Task<ImmutableArray<Choice>> GrantedAsync(ImmutableArray<Choice> choices)
        {
            var granted = ImmutableArray.CreateBuilder<Choice>(choices.Length);
            foreach (var choice in choices)
                if (ChoiceId.Read(choice.Id) is not ChoiceId.OnProposal on
                    || (await proposals.FindAsync(on.ProposalId, cancellation) is { } proposal && ApprovalRules.Rule(proposal, on.Press, person.Key(), rights, now, people.NameOf) is Ruling.Granted))
                    granted.Add(choice);
            return granted.ToImmutable();
        }
    }
}
