namespace LastAccessedBot.Flows;

/// <summary>Settings <c>Watch</c>: how those whom a trim took something from are watched.</summary>
public sealed class WatchOptions
{
    public const string Section = "Watch";

    /// <summary>How long after a trim; 0 for not at all. CloudTrail remembers 90 days.</summary>
    public int Days { get; set; } = 14;

    /// <summary>How often; CloudTrail tells of an attempt some minutes after it, and a report some hours.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Why the settings cannot be used; null when they can.</summary>
    public string? Problem() =>
        Days is < 0 or > 90 ? $"{Section}:{nameof(Days)} is {Days}; write days from 0 to 90."
        : Every < TimeSpan.FromMinutes(1) ? $"{Section}:{nameof(Every)} is {Every}; write a minute or more, like `06:00:00`."
        : null;
}
