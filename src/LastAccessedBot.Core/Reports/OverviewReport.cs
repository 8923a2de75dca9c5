using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Reports;

/// <summary>One subject among all that were reviewed or swept.</summary>
/// <param name="Subject">As typed after <c>/unused</c>.</param>
/// <param name="Name">As people know it.</param>
/// <param name="HasReview">There is a report of its own to open; without one, sweeps alone looked at it.</param>
/// <param name="Trend">What its reviews and the sweeps found over the last weeks, the oldest first; the last one is its latest, whenever that was.</param>
/// <param name="Open">Its suggestions that wait for a decision or are under way.</param>
/// <param name="Removed">How many services its trims took that are applied and not undone.</param>
public sealed record OverviewLine(string Subject, string Name, bool HasReview, ImmutableArray<UsePoint> Trend, int Open, int Removed)
{
    public UsePoint Latest => Trend[^1];
}

/// <summary>All subjects that were reviewed or swept, the most unused services first.</summary>
/// <param name="IsWhole">Every one is among the lines.</param>
public sealed record OverviewReport(ImmutableArray<OverviewLine> Lines, bool IsWhole)
{
    private const int MostBars = 10;

    public int Open => Lines.Sum(line => line.Open);

    public int Removed => Lines.Sum(line => line.Removed);

    public int Unused => Lines.Sum(line => line.Latest.Unused);

    /// <summary>Where most is unused.</summary>
    [JsonIgnore]
    public CardBlock.Chart Chart
    {
        get
        {
            var bars = Lines.Where(line => line.Latest.Unused > 0).Take(MostBars).Select(line => new Bar(line.Name, line.Latest.Unused, Tone.Caution)).ToImmutableArray();
            return new CardBlock.Chart("Most unused services", bars.IsEmpty ? "Nothing is unused." : $"Unused services: {string.Join(", ", bars.Select(bar => $"{bar.Label} {bar.Value}"))}.", bars);
        }
    }

    public static OverviewReport Of(IEnumerable<OverviewLine> lines, bool isWhole) =>
        new([.. lines.OrderByDescending(line => line.Latest.Unused).ThenByDescending(line => line.Open).ThenBy(line => line.Subject, StringComparer.Ordinal)], isWhole);

    [JsonIgnore]
    public ReportTable Table => new("overview", "Every subject that was reviewed or swept, the most unused services first", new CardBlock.Table(
        ["Subject", "Reviewed (UTC)", "Granted", "Used", "Unused", "Unknown", "Open suggestions", "Services removed"],
        [.. Lines.Select(line => new TableRow(
            [line.Name, SubjectTables.When(line.Latest.At), $"{line.Latest.Granted}", $"{line.Latest.Used}", $"{line.Latest.Unused}", $"{line.Latest.Unknown}", $"{line.Open}", $"{line.Removed}"]))]), [2, 3, 4, 5, 6, 7]);
}
