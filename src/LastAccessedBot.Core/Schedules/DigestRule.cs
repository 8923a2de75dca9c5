using System.Globalization;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Schedules;

/// <summary>How often a digest comes.</summary>
public enum Every { Day, Week, Month }

/// <summary>When a digest comes, by the clock on a team's wall.</summary>
/// <param name="Day">The day of the week; of a month, the first such day. Without meaning where it comes every day.</param>
/// <param name="At">The local time; to the minute.</param>
/// <param name="Zone">An id of the time zone database, such as <c>Europe/Berlin</c>.</param>
public sealed record DigestRule(Every Every, DayOfWeek Day, TimeOnly At, string Zone)
{
    /// <summary>For sentences: <c>every Monday at 09:00, `Europe/Berlin`</c>.</summary>
    [JsonIgnore]
    public Prose Sentence => Every switch
    {
        Every.Day => Prose.Of($"every day at {Hour:w}, {Zone}"),
        Every.Week => Prose.Of($"every {Day.ToString():w} at {Hour:w}, {Zone}"),
        _ => Prose.Of($"the first {Day.ToString():w} of every month at {Hour:w}, {Zone}"),
    };

    /// <summary>As it is typed.</summary>
    [JsonIgnore]
    public string Words => Every switch
    {
        Every.Day => $"daily {Hour} {Zone}",
        Every.Week => $"weekly {DayWord} {Hour} {Zone}",
        _ => $"monthly {DayWord} {Hour} {Zone}",
    };

    private string Hour => At.ToString("HH:mm", CultureInfo.InvariantCulture);

    private string DayWord => Day.ToString()[..3].ToLowerInvariant();

    /// <summary>
    /// The period that an occurrence on this day belongs to: the day, the week from Monday, the month. At most one digest is sent for each, whatever
    /// becomes of the rule meanwhile.
    /// </summary>
    public int PeriodOf(DateOnly day) => Every switch
    {
        Every.Day => day.DayNumber,
        // The first day of the calendar was a Monday.
        Every.Week => day.DayNumber / 7,
        _ => (day.Year * 12) + day.Month,
    };

    /// <summary>The last day of an occurrence that is not after the given one.</summary>
    public DateOnly DayNotAfter(DateOnly day) => Every switch
    {
        Every.Day => day,
        Every.Week => day.AddDays(-(((int)day.DayOfWeek - (int)Day + 7) % 7)),
        _ => FirstOfMonth(day) is var first && first <= day ? first : FirstOfMonth(day.AddMonths(-1)),
    };

    /// <summary>The day of the occurrence after the one on the given day.</summary>
    public DateOnly DayAfter(DateOnly day) => Every switch
    {
        Every.Day => day.AddDays(1),
        Every.Week => day.AddDays(7),
        _ => FirstOfMonth(day.AddMonths(1)),
    };

    private DateOnly FirstOfMonth(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return first.AddDays(((int)Day - (int)first.DayOfWeek + 7) % 7);
    }
}
