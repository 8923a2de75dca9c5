using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Digests;

/// <summary>Works out what is new about a target.</summary>
/// <param name="SubscribedAt">Where there is no digest before, the time from which on decisions are told.</param>
/// <param name="Before">From the digest before; null for a first one.</param>
/// <param name="Review">Today's.</param>
/// <param name="Proposals">Of the review that holds it, as they stand after today's.</param>
/// <param name="Decided">All that was decided about the subject lately, on whichever card.</param>
/// <param name="SeenGone">Services that an earlier review, made after the trim that took them, did not find granted.</param>
public sealed record DigestNews(
    DateTimeOffset SubscribedAt, TargetMemory? Before, AccessReview Review, ImmutableArray<Proposal> Proposals, ImmutableArray<Proposal> Decided, ImmutableArray<GoneService> SeenGone)
{
    public DigestTarget Target(string subscriptionId, string reviewId, bool isQuiet)
    {
        var unused = Review.Services.Where(line => line.Verdict is Verdict.Unused).ToArray();
        var known = Before?.Unused.ToHashSet() ?? [];
        var granted = Review.Services.Select(line => line.Name).ToHashSet(StringComparer.Ordinal);
        // A trim that was taken back, or that itself is only under way, lets nothing grow back.
        var gone = (Before?.Gone ?? []).Concat(SeenGone).Where(one => Decided.FirstOrDefault(proposal => proposal.Id == one.ProposalId) is not { State: ProposalState.Undone }).DistinctBy(one => one.Name).ToArray();
        var open = Proposals.Where(proposal => proposal.State == ProposalState.Proposed || proposal.IsUnderWay).OrderByDescending(proposal => proposal.Trim.Risk.Grade).ThenByDescending(Size).ToArray();
        var since = Before?.At ?? SubscribedAt;
        var point = new UsePoint(Review.At, Review.Services.Length, Review.Services.Count(line => line.Verdict is Verdict.Used));
        ImmutableArray<UsePoint> points = [.. (Before?.Points ?? []).Append(point).TakeLast(TargetMemory.MostPoints)];
        return new DigestTarget(
            subscriptionId, Review.Subject, Before?.At, isQuiet, reviewId, null,
            [.. unused.Where(line => !known.Contains(line.Service)).OrderByDescending(line => ((Verdict.Unused)line.Verdict).LastSeen).ThenBy(line => line.Name, StringComparer.OrdinalIgnoreCase)
                .Select(line => new IdleService(line.Name, ((Verdict.Unused)line.Verdict).LastSeen))],
            [.. gone.Where(one => granted.Contains(one.Name))],
            point.Granted, point.Used, unused.Length,
            [.. open.Select(proposal => proposal.Id)],
            [.. Decided.Where(proposal => ChangedAt(proposal) is { } at && at > since && at <= Review.At).OrderByDescending(ChangedAt).Select(proposal => proposal.Id)],
            points,
            open.Length == 0 ? 0 : (((int)open[0].Trim.Risk.Grade + 1) * 10_000) + open.Sum(Size),
            new TargetMemory(Review.At, [.. unused.Select(line => line.Service)], [.. gone.Where(one => !granted.Contains(one.Name))], points));
    }

    /// <summary>What of the applied trims a review that was made after them did not find granted any more.</summary>
    /// <param name="after">Trims of before that moment are remembered already; null where none are.</param>
    /// <param name="answerOf">The last answer of the review that a trim was suggested in; null where there is none.</param>
    public static ImmutableArray<GoneService> Gone(IEnumerable<Proposal> decided, DateTimeOffset? after, Func<string, AccessReview?> answerOf) =>
    [
        .. decided.Where(proposal => proposal is { State: ProposalState.Applied, EndedAt: not null } && (after is null || proposal.EndedAt > after))
            .Select(proposal => (Proposal: proposal, Answer: answerOf(proposal.ReviewId)))
            .Where(one => one.Answer is { } answer && answer.At >= one.Proposal.EndedAt)
            .SelectMany(one => one.Proposal.Trim.Removed.Where(name => one.Answer!.Services.All(line => line.Name != name)).Select(name => new GoneService(name, one.Proposal.Id))),
    ];

    /// <summary>When it last changed, of one that somebody decided about.</summary>
    public static DateTimeOffset? ChangedAt(Proposal proposal) => proposal.DecidedBy is null ? null : proposal.EndedAt ?? proposal.DecidedAt;

    private static int Size(Proposal proposal) => proposal.Trim.Removed.Length + proposal.Trim.RemovedActions.Sum(one => one.Actions.Length);
}
