using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// One approval for several proposals of a card. Each is ruled on by itself; where the presser may approve all of them, one proposal takes
/// their place in one write, approved already, and is applied, undone and recorded as a whole.
/// </summary>
public sealed class ApproveTogether(
    IProposals proposals, IReviews reviews, IBackgroundWork work, ShowReview show, ChatSurfaces surfaces, IPeople people,
    AuthorityOf authority, IOptionsMonitor<ApprovalOptions> options, TimeProvider time)
{
    public async Task PressAsync(Person person, Conversation conversation, PostedMessage? on, ChoiceId.Together choice, CancellationToken cancellation)
    {
        var parts = (await Task.WhenAll(choice.ProposalIds.Select(id => proposals.FindAsync(id, cancellation)))).OfType<Proposal>().DistinctBy(part => part.Id).ToImmutableArray();
        if (parts.Length != choice.ProposalIds.Length || parts.Select(part => part.ReviewId).Distinct().ToArray() is not [var reviewId]
            || await reviews.FindAsync(reviewId, cancellation) is not { } review || on is null || !review.Cards.Contains(on))
        {
            await TellAsync(conversation, person, new Refusal("These suggestions do not stand on this card together", "use the newest card that shows them"), cancellation);
            return;
        }
        var now = time.GetUtcNow();
        if (await RefusedAsync(parts, person, now, cancellation) is { } why)
        {
            // The card may be older than the truth: the presser should see today's.
            await show.RenewAsync(review.Id, cancellation);
            await TellAsync(conversation, person, why, cancellation);
            return;
        }
        var joined = Joined(parts, review, person, now);
        if (!await proposals.JoinAsync([.. parts.Select(part => Replaced(part, joined, now))], joined, Entry(joined, person.Key(), "approved", joined.Trim.Title.InBackticks(), now) with { Facts = AuditFacts.Of(joined.Trim) }, cancellation))
        {
            // Somebody decided about one of them in this very moment; asked once more, the rules say who.
            await PressAsync(person, conversation, on, choice, cancellation);
            return;
        }
        work.Apply(joined.Id);
        await show.RenewAsync(review.Id, cancellation);
    }

    private async Task<Refusal?> RefusedAsync(ImmutableArray<Proposal> parts, Person person, DateTimeOffset now, CancellationToken cancellation)
    {
        var rights = await authority.ForAsync(person, cancellation);
        foreach (var part in parts)
        {
            if (part.IsOver(now)) await proposals.ExpireAsync(part, now, cancellation);
            if (ApprovalRules.Rule(part, Press.Approve, person.Key(), rights, now, people.NameOf) is Ruling.Denied denied) return denied.Why;
        }
        return Together.Of(parts.Select(part => part.Trim)).Length == parts.Length ? null : new Refusal("These suggestions cannot be approved together", "approve them one by one");
    }

    private Proposal Joined(ImmutableArray<Proposal> parts, ReviewRecord review, Person person, DateTimeOffset now)
    {
        var trim = Together.Joined(parts[0].Subject, Together.Of(parts.Select(part => part.Trim)));
        return new Proposal(
            ShortId.New(), review.Id, parts[0].Subject, trim, ProposalState.Approved, 1, parts[0].RequestedBy, now, now + options.CurrentValue.ExpireAfter,
            DecidedBy: person.Key(), DecidedAt: now);
    }

    private static ProposalChange Replaced(Proposal part, Proposal joined, DateTimeOffset now) => new(
        part,
        part with { State = ProposalState.Superseded, Revision = part.Revision + 1, EndedAt = now, Outcome = $"approved together with others, as `{joined.Id}`" },
        Entry(part, "bot", "joined", $"{part.Trim.Title.InBackticks()} became a part of `{joined.Id}`", now));

    private static AuditEntry Entry(Proposal proposal, string actor, string what, string detail, DateTimeOffset now) =>
        new(now, actor, what, proposal.ReviewId, proposal.Id, proposal.Subject.Words, detail);

    private Task TellAsync(Conversation conversation, Person person, Refusal why, CancellationToken cancellation) =>
        surfaces.TellAsync(conversation, person, ReviewCards.Refused(why), cancellation);
}
