using LastAccessedBot.Core;
using LastAccessedBot.Core.Schedules;

namespace LastAccessedBot.Flows;

/// <summary>Settings <c>Sweep</c>: when the whole account is looked at, and how hard.</summary>
public sealed class SweepOptions
{
    public const string Section = "Sweep";

    private const string Never = "never";

    /// <summary>Report jobs under way at once; AWS takes seconds for each.</summary>
    public int ParallelReports { get; set; } = 16;

    /// <summary><c>daily</c>, <c>weekly</c>, <c>monthly</c>, or <c>never</c>: only when somebody asks.</summary>
    public string Every { get; set; } = "weekly";

    /// <summary>The day of the week; of a month, the first such day.</summary>
    public DayOfWeek Day { get; set; } = DayOfWeek.Sunday;

    /// <summary>The local time.</summary>
    public TimeOnly At { get; set; } = new(3, 0);

    /// <summary>By its id in the time zone database.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    /// <summary>How far apart the cards of a running sweep are brought up to date: a second to half a minute.</summary>
    public TimeSpan ShowEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When it is due; null for never.</summary>
    public Schedule? Schedule => EveryOf(Every) is { } every && TimeZones.Find(TimeZone) is Parsed<TimeZoneInfo>.Ok { Value: var zone }
        ? new Schedule(new DigestRule(every, Day, At, zone.Id), zone)
        : null;

    /// <summary>Why the settings cannot be used; null when they can.</summary>
    public string? Problem() =>
        ParallelReports is < 1 or > 200 ? $"{Section}:{nameof(ParallelReports)} is {ParallelReports}; write a number from 1 to 200."
        : EveryOf(Every) is null && !Every.Equals(Never, StringComparison.OrdinalIgnoreCase) ? $"{Section}:{nameof(Every)} is `{Every}`; write `daily`, `weekly`, `monthly` or `{Never}`."
        : TimeZones.Find(TimeZone) is Parsed<TimeZoneInfo>.Bad { Why: var why } ? $"{Section}:{nameof(TimeZone)}: {why}"
        : ShowEvery < TimeSpan.FromSeconds(1) || ShowEvery > TimeSpan.FromSeconds(30) ? $"{Section}:{nameof(ShowEvery)} is {ShowEvery}; write `00:00:01` to `00:00:30`."
        : null;

    private static Every? EveryOf(string word) => word.ToLowerInvariant() switch
    {
        "daily" => Core.Schedules.Every.Day,
        "weekly" => Core.Schedules.Every.Week,
        "monthly" => Core.Schedules.Every.Month,
        _ => null,
    };
}
