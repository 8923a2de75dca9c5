using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Core.Reports;

/// <summary>A report on one subject as tables and charts.</summary>
public static class SubjectTables
{
    private const int MostBars = 12;

    public static ImmutableArray<ReportTable> Of(SubjectReport report) => [Services(report), History(report), Uses(report), Trims(report)];

    public static ReportTable Services(SubjectReport report) => new("services", $"Every service that is granted, and when it was last used (UTC, {report.Latest.Window} looked at)", new CardBlock.Table(
        ["Service", "Prefix", "Verdict", "Last used", "By", "Granted by"],
        [.. report.Services.Select(line => new TableRow(
            [line.Name, Prose.Of($"{line.Service}"), line.Why is { } why ? Prose.Of($"unknown: ").Then(Prose.Backticked(why)) : line.Use == ServiceUse.Used ? "used" : "unused", LastUsed(line), line.By ?? "", string.Join("; ", line.Paths)],
            ToneOf(line.Use)))]), []);

    public static ReportTable History(SubjectReport report) => new("history", "What the reviews found, the newest first", new CardBlock.Table(
        ["Reviewed (UTC)", "Granted", "Used", "Unused", "Unknown", "Window", "Changed since the one before"],
        [.. report.History.Reverse().Select(point => new TableRow(
            [When(point.Found.At), $"{point.Found.Granted}", $"{point.Found.Used}", $"{point.Found.Unused}", $"{point.Found.Unknown}", $"{point.Found.Window}", string.Join("; ", point.Changes)]))]), [1, 2, 3, 4]);

    public static ReportTable Uses(SubjectReport report) => new("uses", "Who used what, the latest use first", new CardBlock.Table(
        ["Who", "Service", "Last used (UTC)"],
        [.. report.Uses.Select(use => new TableRow([use.Who, use.Name, Day(use.On)]))]), []);

    public static ReportTable Trims(SubjectReport report) => new("trims", "Every trim that was suggested, the newest first (UTC)", new CardBlock.Table(
        ["Trim", "Id", "Now", "Services it takes", "What happened", "Outcome"],
        [.. report.Trims.Select(trim => new TableRow(
            [trim.Title, Prose.Of($"{trim.Id}"), Word(trim.State), $"{trim.Removed.Length}", Prose.Join("; ", trim.Events.Select(one => (Prose)$"{When(one.At)} {one.What} by {one.By}")), Prose.Backticked(trim.Outcome ?? "")],
            ToneOf(trim.State)))]), [3]);

    /// <summary>How many services each of those behind the subject used.</summary>
    public static CardBlock.Chart People(SubjectReport report)
    {
        var people = report.Uses.GroupBy(use => use.Who).Select(uses => new Bar(uses.Key, uses.Select(use => use.Service).Distinct().Count(), Tone.Good)).OrderByDescending(bar => bar.Value).ThenBy(bar => bar.Label, StringComparer.Ordinal).ToArray();
        return Chart(people.Length <= MostBars ? "Services used by each" : $"Services used by each of the first {MostBars} of {people.Length}", [.. people.Take(MostBars)]);
    }

    /// <summary>What became of the trims.</summary>
    public static CardBlock.Chart Outcomes(SubjectReport report) => Chart("What became of the trims",
        [.. report.Trims.GroupBy(trim => Word(trim.State)).OrderBy(same => same.Min(trim => trim.State)).Select(same => new Bar(char.ToUpperInvariant(same.Key[0]) + same.Key[1..], same.Count(), ToneOf(same.First().State)))]);

    public static string Day(DateTimeOffset moment) => $"{moment.UtcDateTime:yyyy-MM-dd}";

    public static string When(DateTimeOffset moment) => $"{moment.UtcDateTime:yyyy-MM-dd HH:mm}";

    private static string LastUsed(ReportedService line) => line.LastUsed is { } on ? Day(on) : line.Use == ServiceUse.Unused ? UseWords.NotSeen : "";

    private static CardBlock.Chart Chart(string title, ImmutableArray<Bar> bars) => new(title, $"{title}: {string.Join(", ", bars.Select(bar => $"{bar.Label} {bar.Value}"))}.", bars);

    private static Tone ToneOf(ServiceUse use) => use switch
    {
        ServiceUse.Used => Tone.Good,
        ServiceUse.Unused => Tone.Caution,
        _ => Tone.Neutral,
    };

    private static Tone ToneOf(ProposalState state) => state switch
    {
        ProposalState.Applied => Tone.Good,
        ProposalState.Proposed => Tone.Caution,
        ProposalState.Drifted or ProposalState.Failed => Tone.Bad,
        _ => Tone.Neutral,
    };

    private static string Word(ProposalState state) => state switch
    {
        ProposalState.Proposed => "open",
        ProposalState.Approved or ProposalState.Applying => "under way",
        ProposalState.Undoing => "being undone",
        _ => state.ToString().ToLowerInvariant(),
    };
}
