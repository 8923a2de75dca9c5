using LastAccessedBot.Core;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Keeps;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// A press on a proposal: ruled on from stored facts, written once with its audit entry, then handed to a job. What the platform says is
/// believed for one thing only: who pressed.
/// </summary>
public sealed class ReceiveClick(
    IProposals proposals, IReviews reviews, IBackgroundWork work, ShowReview show, ShowDigest digests, ShowAlerts alerts, KeepTargets keeps, ChatSurfaces surfaces, IPeople people,
    AuthorityOf authority, IOptionsMonitor<ApprovalOptions> options, TimeProvider time)
{
    /// <param name="on">The card that was pressed; null when the press was typed.</param>
    /// <param name="inputs">What the choice's form asked for.</param>
    public async Task PressAsync(
        Person person, Conversation conversation, PostedMessage? on, ChoiceId.OnProposal choice, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        while (true)
        {
            if (await proposals.FindAsync(choice.ProposalId, cancellation) is not { } proposal || await reviews.FindAsync(proposal.ReviewId, cancellation) is not { } review)
            {
                await TellAsync(conversation, person, new Refusal($"There is no proposal `{Shown(choice.ProposalId)}`", "`/unused history` lists what was proposed"), cancellation);
                return;
            }
            if (on is not null && !review.Cards.Contains(on) && !await digests.StandsOnAsync(on, review.Id, cancellation) && !await alerts.StandsOnAsync(on, proposal.Id, cancellation))
            {
                await TellAsync(conversation, person, new Refusal($"`{proposal.Id}` does not belong to this card", "use the newest card that shows it"), cancellation);
                return;
            }
            var now = time.GetUtcNow();
            if (proposal.IsOver(now)) await proposals.ExpireAsync(proposal, now, cancellation);
            switch (ApprovalRules.Rule(proposal, choice.Press, person.Key(), await authority.ForAsync(person, cancellation), now, people.NameOf))
            {
                case Ruling.Denied denied:
                    // The card may be older than the truth: the presser should see today's.
                    await show.RenewUnlessAwaitedAsync(review.Id, cancellation);
                    await TellAsync(conversation, person, denied.Why, cancellation);
                    return;
                case Ruling.Granted granted:
                    switch (Moved(proposal, granted.To, person, inputs, now))
                    {
                        case Parsed<Proposal>.Bad unusable:
                            await TellAsync(conversation, person, unusable.Why, cancellation);
                            return;
                        case Parsed<Proposal>.Ok { Value: var moved } when await proposals.MoveAsync(proposal, moved, Entry(proposal, moved, person, now), cancellation):
                            await GoOnAsync(proposal, moved, inputs, person.Key(), cancellation);
                            return;
                    }
                    // Somebody was faster: ruled on again, from what they left.
                    break;
            }
        }
    }

    private Parsed<Proposal> Moved(Proposal proposal, ProposalState to, Person person, IReadOnlyDictionary<string, string> inputs, DateTimeOffset now)
    {
        var moved = proposal with { State = to, Revision = proposal.Revision + 1 };
        if (to == ProposalState.Undoing) return Ok(moved with { UndoneBy = person.Key(), Outcome = null });
        if (to == ProposalState.Proposed) return Ok(moved with { DecidedBy = null, DecidedAt = null, Keeping = null, ExpiresAt = now + options.CurrentValue.ExpireAfter });
        moved = moved with { DecidedBy = person.Key(), DecidedAt = now, EndedAt = to == ProposalState.Dismissed ? now : null };
        if (to == ProposalState.Approved && TypedName.Form(proposal.Trim)?.Refuse(inputs) is { } untyped) return new Parsed<Proposal>.Bad(untyped);
        if (to != ProposalState.Kept) return Ok(moved);
        return Keeping.Read(inputs, person.Name, now) switch
        {
            Parsed<Keeping>.Ok { Value: var keeping } => Ok(moved with { Keeping = keeping, ExpiresAt = keeping.Until }),
            Parsed<Keeping>.Bad { Why: var why } => new Parsed<Proposal>.Bad(why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        static Parsed<Proposal> Ok(Proposal moved) => new Parsed<Proposal>.Ok(moved);
    }

    // First of all: what is decided is carried out, even if the presser is gone or the platform does not answer.
    private async Task GoOnAsync(Proposal before, Proposal decided, IReadOnlyDictionary<string, string> inputs, string by, CancellationToken cancellation)
    {
        switch (decided.State)
        {
            case ProposalState.Approved: work.Apply(decided.Id); break;
            case ProposalState.Undoing: work.Undo(decided.Id); break;
            case ProposalState.Proposed:
                await keeps.ReopenAsync(decided.Id, by, cancellation);
                work.Refresh(decided.ReviewId);
                break;
            case ProposalState.Kept:
                if (StandingKeep.Of(decided, Keeping.ScopeIn(inputs, StandingKeep.Scopes(before)), by, decided.Keeping!) is { } wider) await keeps.KeepAsync(wider, cancellation);
                // Other cards may suggest the same: they too withhold it from now on.
                foreach (var other in (await proposals.InAsync([ProposalState.Proposed], cancellation)).Where(other => other.Trim.Key == decided.Trim.Key).Select(other => other.ReviewId).Distinct())
                    work.Refresh(other);
                break;
        }
        await show.RenewAsync(decided.ReviewId, cancellation);
        if (decided.State is ProposalState.Dismissed or ProposalState.Kept) await reviews.ShownAsync(decided.ReviewId, cancellation);
    }

    private static AuditEntry Entry(Proposal from, Proposal to, Person person, DateTimeOffset now) => new(
        now, person.Key(),
        to.State switch
        {
            ProposalState.Approved => "approved",
            ProposalState.Kept => "kept",
            ProposalState.Dismissed => "dismissed",
            ProposalState.Proposed => "reopened",
            _ => "undo-asked",
        },
        to.ReviewId, to.Id, to.Subject.Words, (to.Keeping ?? from.Keeping)?.Detail(to.Trim.Title) ?? to.Trim.Title.InBackticks())
    {
        // What they had before their eyes: a later review may have renewed it since it was proposed.
        Facts = to.State == ProposalState.Approved ? AuditFacts.Of(to.Trim) : null,
    };

    private Task TellAsync(Conversation conversation, Person person, Refusal why, CancellationToken cancellation) =>
        surfaces.TellAsync(conversation, person, ReviewCards.Refused(why), cancellation);

    private static string Shown(string id) => id.Length > 40 ? id[..40] + "…" : id;
}
