using LastAccessedBot.Core;
using LastAccessedBot.Core.Schedules;

namespace LastAccessedBot.Flows;

/// <summary>Settings <c>Digests</c>.</summary>
public sealed class DigestOptions
{
    public const string Section = "Digests";

    /// <summary>The time zone of subscriptions that name none, by its id in the time zone database.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    /// <summary>Why the settings cannot be used; null when they can.</summary>
    public string? Problem() => TimeZones.Find(TimeZone) is Parsed<TimeZoneInfo>.Bad { Why: var why } ? $"{Section}:{nameof(TimeZone)}: {why}" : null;
}
