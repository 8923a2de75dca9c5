using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;

namespace LastAccessedBot.Flows;

/// <summary>
/// A press on a proposal: ruled on from stored facts, written once with its audit entry, then handed to a job. What the platform says is
/// believed for one thing only: who pressed.
/// </summary>
public sealed class ReceiveClick(
    IProposals proposals, IReviews reviews, IBackgroundWork work, ShowReview show, ChatSurfaces surfaces, IPeople people,
    AuthorityOf authority, TimeProvider time)
{
    /// <param name="on">The card that was pressed; null when the press was typed.</param>
    public async Task PressAsync(Person person, Conversation conversation, PostedMessage? on, Press press, string proposalId, CancellationToken cancellation)
    {
        while (true)
        {
            if (await proposals.FindAsync(proposalId, cancellation) is not { } proposal || await reviews.FindAsync(proposal.ReviewId, cancellation) is not { } review)
            {
                await TellAsync(conversation, person, new Refusal($"There is no proposal `{Shown(proposalId)}`", "`/unused history` lists what was proposed"), cancellation);
                return;
            }
            if (on is not null && !review.Cards.Contains(on))
            {
                await TellAsync(conversation, person, new Refusal($"`{proposalId}` does not belong to this card", "use the newest card that shows it"), cancellation);
                return;
            }
            var now = time.GetUtcNow();
            if (proposal.State == ProposalState.Proposed && now >= proposal.ExpiresAt) await ExpireAsync(proposal, now, cancellation);
            switch (ApprovalRules.Rule(proposal, press, person.Key(), await authority.ForAsync(person, cancellation), now, people.NameOf))
            {
                case Ruling.Denied denied:
                    // The card may be older than the truth: the presser should see today's.
                    await show.RenewAsync(review.Id, cancellation);
                    await TellAsync(conversation, person, denied.Why, cancellation);
                    return;
                case Ruling.Granted granted when await proposals.MoveAsync(proposal, Moved(proposal, granted.To, person, now), Entry(proposal, granted.To, person, now), cancellation):
                    // First of all: what is decided is carried out, even if the presser is gone or the platform does not answer.
                    if (granted.To == ProposalState.Approved) work.Apply(proposal.Id);
                    if (granted.To == ProposalState.Undoing) work.Undo(proposal.Id);
                    await show.RenewAsync(review.Id, cancellation);
                    if (granted.To == ProposalState.Dismissed) await reviews.ShownAsync(review.Id, cancellation);
                    return;
                default:
                    // Somebody was faster: ruled on again, from what they left.
                    break;
            }
        }
    }

    private static Proposal Moved(Proposal proposal, ProposalState to, Person person, DateTimeOffset now) => to == ProposalState.Undoing
        ? proposal with { State = to, Revision = proposal.Revision + 1, UndoneBy = person.Key(), Outcome = null }
        : proposal with { State = to, Revision = proposal.Revision + 1, DecidedBy = person.Key(), DecidedAt = now, EndedAt = to == ProposalState.Dismissed ? now : null };

    private Task ExpireAsync(Proposal proposal, DateTimeOffset now, CancellationToken cancellation) => proposals.MoveAsync(
        proposal, proposal with { State = ProposalState.Expired, Revision = proposal.Revision + 1, EndedAt = now },
        new AuditEntry(now, "bot", "expired", proposal.ReviewId, proposal.Id, proposal.Subject.Words, proposal.Trim.Title.InBackticks()), cancellation);

    private static AuditEntry Entry(Proposal proposal, ProposalState to, Person person, DateTimeOffset now) => new(
        now, person.Key(),
        to switch { ProposalState.Approved => "approved", ProposalState.Dismissed => "dismissed", _ => "undo-asked" },
        proposal.ReviewId, proposal.Id, proposal.Subject.Words, proposal.Trim.Title.InBackticks());

    private Task TellAsync(Conversation conversation, Person person, Refusal why, CancellationToken cancellation) =>
        surfaces.TellAsync(conversation, person, ReviewCards.Refused(why), cancellation);

    private static string Shown(string id) => id.Length > 40 ? id[..40] + "…" : id;
}
