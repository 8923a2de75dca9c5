using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class ReviewHistory(IDbContextFactory<BotDb> databases) : IReviewHistory
{
    /// <summary>Answers to other questions judge the same services by other rules, and would bend the line.</summary>
    public static bool IsKept(ReviewRecord review) => review is { State: ReviewState.Answered, Answer: not null, Asked: { Question: Question.Unused, Service: null } };

    /// <summary>The day's first answer stays, whatever follows: what a trim changed within a day shows as the difference of the two.</summary>
    public static Task WriteAsync(BotDb db, AccessReview answer, CancellationToken cancellation) => WriteAsync(db, answer.Subject, UsePoint.Of(answer), cancellation);

    /// <inheritdoc cref="WriteAsync(BotDb, AccessReview, CancellationToken)"/>
    public static async Task WriteAsync(BotDb db, ReviewSubject subject, UsePoint found, CancellationToken cancellation)
    {
        var row = Row(subject, found, isLater: false);
        var first = await db.Points.AsNoTracking().SingleOrDefaultAsync(one => one.Subject == row.Subject && one.Day == row.Day && !one.IsLater, cancellation);
        if (first is null)
        {
            db.Points.Add(row);
            return;
        }
        // A card that is drawn anew with the facts that it had tells nothing new.
        if (first.Ticks >= row.Ticks) return;
        var updated = await db.Points.Where(one => one.Subject == row.Subject && one.Day == row.Day && one.IsLater).ExecuteUpdateAsync(one => one
            .SetProperty(point => point.Ticks, row.Ticks)
            .SetProperty(point => point.Window, row.Window)
            .SetProperty(point => point.Granted, row.Granted)
            .SetProperty(point => point.Used, row.Used)
            .SetProperty(point => point.Unused, row.Unused)
            .SetProperty(point => point.Unknown, row.Unknown)
            .SetProperty(point => point.Words, row.Words)
            .SetProperty(point => point.Name, row.Name)
            .SetProperty(point => point.Called, row.Called), cancellation);
        if (updated == 0) db.Points.Add(Row(subject, found, isLater: true));
    }

    public async Task<ImmutableArray<UsePoint>> OfAsync(string subject, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var about = subject.ToLowerInvariant();
        return [.. (await db.Points.AsNoTracking().Where(row => row.Subject == about).OrderByDescending(row => row.Ticks).Take(most).ToListAsync(cancellation)).Select(Point).Reverse()];
    }

    public async Task<ImmutableArray<ReviewedSubject>> NamedAsync(IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var wanted = names.Select(name => name.ToLowerInvariant()).ToArray();
        var rows = await db.Points.Where(row => wanted.Contains(row.Subject) || wanted.Contains(row.Called)).Select(row => new { row.Subject, row.Words, row.Name, row.Ticks }).ToListAsync(cancellation);
        return [.. rows.GroupBy(row => row.Subject, StringComparer.Ordinal).Select(same => same.MaxBy(row => row.Ticks)!).OrderBy(row => row.Subject, StringComparer.Ordinal).Select(row => new ReviewedSubject(row.Words, row.Name))];
    }

    public async Task<ImmutableArray<(ReviewedSubject Subject, ImmutableArray<UsePoint> Points)>> LatestAsync(DateTimeOffset since, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var last = db.Points.GroupBy(row => row.Subject).Select(same => new { Subject = same.Key, Ticks = same.Max(row => row.Ticks) });
        var (subjects, from) = (await db.Points.Join(last, row => new { row.Subject, row.Ticks }, one => one, (row, _) => row)
            .OrderByDescending(row => row.Unused).ThenByDescending(row => row.Ticks).ThenBy(row => row.Subject).Select(row => row.Subject).Take(most).ToArrayAsync(cancellation), since.UtcTicks);
        var rows = await db.Points.AsNoTracking()
            .Where(row => subjects.Contains(row.Subject) && (row.Ticks >= from || !db.Points.Any(other => other.Subject == row.Subject && other.Ticks > row.Ticks)))
            .OrderBy(row => row.Ticks).ToListAsync(cancellation);
        var words = rows.Select(row => row.Words).Distinct().ToArray();
        var reviewed = (await db.Reviews.Where(row => words.Contains(row.Subject) && row.AnsweredTicks != null).Select(row => row.Subject!).Distinct().ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var bySubject = rows.GroupBy(row => row.Subject, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);
        return [.. subjects.Select(subject => bySubject[subject]).Select(same =>
            (new ReviewedSubject(same[^1].Words, same[^1].Name, same.Any(row => reviewed.Contains(row.Words))), same.Select(Point).ToImmutableArray()))];
    }

    private static PointRow Row(ReviewSubject subject, UsePoint found, bool isLater) =>
        new()
        {
            Subject = subject.Words.ToLowerInvariant(),
            Day = DateOnly.FromDateTime(found.At.UtcDateTime).DayNumber,
            IsLater = isLater,
            Ticks = found.At.UtcTicks,
            Window = found.Window.Days,
            Granted = found.Granted,
            Used = found.Used,
            Unused = found.Unused,
            Unknown = found.Unknown,
            Words = subject.Words,
            Name = subject.Prose.ToString(),
            Called = Called(subject).ToLowerInvariant(),
        };

    // There is one root, and nobody calls it by its name.
    private static string Called(ReviewSubject subject) => subject switch
    {
        ReviewSubject.OfEntity { Entity: { Kind: EntityKind.Root } root } => $"{root.KindWord} {Inquiry.TheRoot}",
        ReviewSubject.OfEntity { Entity: var entity } => $"{entity.KindWord} {entity.Name}",
        _ => subject.Words,
    };

    private static UsePoint Point(PointRow row) => new(
        new DateTimeOffset(row.Ticks, TimeSpan.Zero), ReviewWindow.Of(row.Window) is Parsed<ReviewWindow>.Ok { Value: var window } ? window : ReviewWindow.Default, row.Granted, row.Used, row.Unused, row.Unknown);
}
