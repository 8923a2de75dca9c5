using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>Draws a person's Home from the store.</summary>
public sealed class DrawHome(IProposals proposals, IReviews reviews, IPeople people, AuthorityOf authority, TimeProvider time)
{
    /// <summary>What one drawing looks at, however much there is.</summary>
    public const int MostOpen = 200, MostDecided = 30;

    /// <param name="page">From 1; beyond the ends, the nearest page.</param>
    public async Task<Card> PageAsync(Person person, int page, CancellationToken cancellation)
    {
        var rights = await authority.ForAsync(person, cancellation);
        var concern = new Concern(rights.SubjectsOf(person.Key()), person.Key());
        // What somebody is an owner of by default may have owners of its own.
        bool Concerns(Proposal proposal) => proposal.RequestedBy == person.Key() || rights.MayDecide(person.Key(), proposal.Subject);
        ImmutableArray<Proposal> open = [.. (await proposals.OpenAsync(concern, MostOpen + 1, cancellation)).Where(Concerns)];
        ImmutableArray<Proposal> decided = [.. (await proposals.DecidedAsync(concern, MostDecided, cancellation)).Where(Concerns)];
        var now = time.GetUtcNow();
        var home = Home.Of(person.Key(), rights, open.Take(MostOpen), decided, now);
        var places = await PlacesAsync(person, home.Page(page), cancellation);
        return new HomeCard(person.Key(), rights, home, open.Length > MostOpen, proposal => places.GetValueOrDefault(proposal.ReviewId), people.NameOf, now).Page(page);
    }

    /// <summary>One proposal with its whole case; null where there is none, or none that concerns the person.</summary>
    public async Task<Card?> CaseAsync(Person person, string proposalId, CancellationToken cancellation) =>
        await proposals.FindAsync(proposalId, cancellation) is { } proposal
        && (proposal.RequestedBy == person.Key() || (await authority.ForAsync(person, cancellation)).MayDecide(person.Key(), proposal.Subject))
            ? HomeCard.Case(proposal, people.NameOf)
            : null;

    private async Task<Dictionary<string, Prose>> PlacesAsync(Person person, Home shown, CancellationToken cancellation)
    {
        var places = new Dictionary<string, Prose>();
        foreach (var id in shown.Waiting.Concat(shown.Elsewhere).Concat(shown.Decided).Select(proposal => proposal.ReviewId).Distinct())
        {
            if (await reviews.FindAsync(id, cancellation) is not { } review) continue;
            places[id] = review.Cards.FirstOrDefault(card => card.Conversation.Surface == person.Surface) is { } near ? Prose.Place(near.Conversation.Id) : Prose.Of($"on {review.Message.Conversation.Surface:w}");
        }
        return places;
    }
}
