using System.Collections.Immutable;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Reports;

namespace LastAccessedBot.Flows;

/// <summary>Gathers what the store knows for a report. It asks AWS nothing: a report says what was found when somebody asked.</summary>
public sealed class ReadReports(IReviews reviews, IReviewHistory history, IProposals proposals, IAuditTrail audit, IPeople people, TimeProvider time)
{
    // A year of weekly reviews, and the trims that a person reads through.
    private const int MostPoints = 120, MostTrims = 100, MostSubjects = 500;

    private static readonly TimeSpan s_trend = TimeSpan.FromDays(26 * 7);

    /// <param name="subject">Its words.</param>
    /// <returns>null where it has no answered review, or none with that window.</returns>
    public async Task<SubjectReport?> AboutAsync(string subject, ReviewWindow? window, CancellationToken cancellation)
    {
        if (await reviews.NewestAsync(subject, window, cancellation) is not { Answer: { } answer } review) return null;
        var trims = ImmutableArray.CreateBuilder<ReportedTrim>();
        foreach (var proposal in await proposals.AboutAsync(subject, MostTrims, cancellation))
            trims.Add(ReportedTrim.Of(proposal, (await audit.OfProposalAsync(proposal.Id, cancellation)).Where(IsOfItsLife).Select(entry => new TrimEvent(entry.At, Word(entry.Event), entry.Actor == "bot" ? "the bot" : people.NameOf(entry.Actor)))));
        var usedBy = (review.UsedBy ?? []).ToImmutableSortedDictionary(users => users.Service, users => users.Uses);
        return SubjectReport.Of(answer, usedBy, await history.OfAsync(subject, MostPoints, cancellation), trims.ToImmutable());
    }

    /// <summary>Every subject that was reviewed or swept, or the five hundred with the most unused services.</summary>
    public async Task<OverviewReport> OverviewAsync(CancellationToken cancellation)
    {
        var tallies = await proposals.TalliesAsync(cancellation);
        var subjects = await history.LatestAsync(time.GetUtcNow() - s_trend, MostSubjects + 1, cancellation);
        var lines = subjects.Take(MostSubjects).Select(one =>
        {
            var (open, removed) = tallies.GetValueOrDefault(one.Subject.Words.ToLowerInvariant());
            return new OverviewLine(one.Subject.Words, one.Subject.Name, one.Subject.HasReview, one.Points, open, removed);
        });
        return OverviewReport.Of(lines, subjects.Length <= MostSubjects);
    }

    // The steps of a run are for the record; who reads a report wants to know what came of it.
    private static bool IsOfItsLife(AuditEntry entry) => !entry.Event.StartsWith(AuditEntry.OfStep, StringComparison.Ordinal);

    private static string Word(string told) => told.Replace('-', ' ');
}
