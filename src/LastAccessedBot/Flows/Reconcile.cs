using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Trims;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// Brings a review's proposals in line with a new answer: a suggestion that stands keeps its id and gets today's facts, one that does not
/// is replaced, a new one is added. What people decided against in this review comes back when somebody asks anew, and not by itself; what is
/// kept, in whichever review, is shown with the reason and not offered. An answer that was read while the bot changed the subject is of before
/// the change, and would suggest it again: it is not stored.
/// </summary>
public sealed class Reconcile(IReviews reviews, IProposals proposals, IAuditTrail audit, IOptionsMonitor<ApprovalOptions> options, TimeProvider time)
{
    /// <summary>The bot changed the subject, or what else the review is about, since <paramref name="read"/>.</summary>
    public Task<bool> IsOvertakenAsync(string reviewId, ReviewSubject subject, ChainHead read, CancellationToken cancellation) => audit.HasEditSinceAsync(read, reviewId, subject.Words, cancellation);

    /// <param name="read">Where the record ended when reading began of what the answer rests on: unlike a moment, it is the same on every host.</param>
    /// <param name="followUps">Trims that follow from an approved one: with their own subject and who approved the first. One that the answer has too stands there, as a step that somebody approved the one before.</param>
    /// <param name="askedBy">Who asked anew, and so for what is new in the answer, as <c>surface:id</c>; null where the bot renews it of its own accord.</param>
    /// <param name="stands">What is open gets its whole time anew.</param>
    /// <returns>false, and nothing is stored, where the bot changed the subject since <paramref name="read"/>: whoever needs the answer reads again.</returns>
    public async Task<bool> StoreAsync(ReviewRecord review, ChainHead read, IReadOnlyList<FollowUp> followUps, string? askedBy, CancellationToken cancellation, bool stands = false)
    {
        if (await IsOvertakenAsync(review.Id, review.Answer!.Subject, read, cancellation)) return false;
        var now = time.GetUtcNow();
        var known = await proposals.OfReviewAsync(review.Id, cancellation);
        var keepings = await KeepingsAsync(review.Answer!.Trims, review.Answer.Subject, known, review.Id, now, cancellation);
        var own = review.Answer!.Trims.Select(trim => new FollowUp(trim, review.Answer.Subject, followUps.FirstOrDefault(one => one.Trim.Key == trim.Key)?.ApprovedBefore)).ToArray();
        var found = own.Concat(followUps.Where(one => own.All(mine => mine.Trim.Key != one.Trim.Key))).ToLookup(one => keepings.ContainsKey(one.Trim.Key));
        var wanted = found[false].ToArray();
        // What was approved together shares the fate of the whole.
        var settled = known.SelectMany(proposal => (proposal.Trim.Parts ?? [proposal.Trim.Key]).Select(key => (Key: key, Proposal: proposal))).GroupBy(pair => pair.Key, pair => pair.Proposal, StringComparer.Ordinal)
            .Where(same => same.Last() is var last && (last.State == ProposalState.Kept || last.IsUnderWay || (askedBy is null && last.State is ProposalState.Dismissed or ProposalState.Undone)))
            .Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
        review = review with
        {
            Answer = review.Answer with
            {
                Trims = [.. review.Answer.Trims.Where(trim => !keepings.ContainsKey(trim.Key))],
                // What stands on the card as kept is not told a second time.
                Withheld = [.. review.Answer.Withheld.Where(one => !known.Any(proposal => proposal.State == ProposalState.Kept && proposal.Trim.Title.Equals(one.Title))), .. found[true].Where(one => !settled.Contains(one.Trim.Key)).Select(one => new WithheldTrim(one.Trim.Title, keepings[one.Trim.Key].Sentence, null))],
            },
        };
        var changes = new List<ProposalChange>();
        var standing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var open in known.Where(proposal => proposal.State == ProposalState.Proposed))
        {
            var same = wanted.FirstOrDefault(one => one.Trim.Key == open.Trim.Key && one.Trim.Edits.SequenceEqual(open.Trim.Edits));
            if (same is not null && standing.Add(open.Trim.Key))
            {
                changes.Add(new ProposalChange(open, open with { Trim = same.Trim, Revision = open.Revision + 1, ExpiresAt = stands ? now + options.CurrentValue.ExpireAfter : open.ExpiresAt }, null));
                continue;
            }
            changes.Add(new ProposalChange(open, open with { State = ProposalState.Superseded, Revision = open.Revision + 1, EndedAt = now }, Entry(open, "superseded", now)));
        }
        foreach (var one in wanted.Where(one => !standing.Contains(one.Trim.Key) && !settled.Contains(one.Trim.Key)))
        {
            var proposal = new Proposal(
                ShortId.New(), review.Id, one.Subject, one.Trim, ProposalState.Proposed, 1, askedBy ?? review.By, now, now + options.CurrentValue.ExpireAfter, ApprovedBefore: one.ApprovedBefore);
            changes.Add(new ProposalChange(null, proposal, Entry(proposal, "proposed", now)));
        }
        await reviews.AnswerAsync(review, changes, null, cancellation);
        return true;
    }

    /// <summary>The same for the review's trims, and for each that contains one that is kept, here or elsewhere: taking more takes that, too.</summary>
    private async Task<Dictionary<string, Keeping>> KeepingsAsync(
        ImmutableArray<Trim> trims, ReviewSubject subject, ImmutableArray<Proposal> known, string reviewId, DateTimeOffset now, CancellationToken cancellation)
    {
        var keepings = await ElsewhereAsync(subject, reviewId, now, cancellation);
        foreach (var trim in trims.Where(trim => trim.Contains is not null))
        {
            var here = known.LastOrDefault(proposal => proposal.Trim.Key == trim.Contains && proposal.State == ProposalState.Kept && !proposal.IsOver(now))?.Keeping;
            if ((here ?? keepings.GetValueOrDefault(trim.Contains!)) is { } keeping) keepings.TryAdd(trim.Key, keeping);
        }
        return keepings;
    }

    /// <summary>What is kept on the cards of other reviews of the same account: trim key → why. The review's own stand on its card.</summary>
    private async Task<Dictionary<string, Keeping>> ElsewhereAsync(ReviewSubject subject, string reviewId, DateTimeOffset now, CancellationToken cancellation) =>
        (await proposals.InAsync([ProposalState.Kept], cancellation))
            .Where(proposal => proposal.ReviewId != reviewId && proposal.Subject.In?.Id == subject.In?.Id && !proposal.IsOver(now) && proposal.Keeping is not null)
            .GroupBy(proposal => proposal.Trim.Key, StringComparer.Ordinal)
            .ToDictionary(kept => kept.Key, kept => kept.MaxBy(one => one.ExpiresAt)!.Keeping!, StringComparer.Ordinal);

    private static AuditEntry Entry(Proposal proposal, string what, DateTimeOffset now) =>
        new(now, what == "proposed" ? proposal.RequestedBy : "bot", what, proposal.ReviewId, proposal.Id, proposal.Subject.Words, proposal.Trim.Title.InBackticks()) { Facts = what == "proposed" ? AuditFacts.Of(proposal.Trim) : null };
}
