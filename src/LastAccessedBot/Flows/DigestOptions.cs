using LastAccessedBot.Core;
using LastAccessedBot.Core.Schedules;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Settings <c>Digests</c>.</summary>
public sealed class DigestOptions
{
    public const string Section = "Digests";

    /// <summary>The time zone of subscriptions that name none, by its id in the time zone database.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";
}

internal sealed class DigestOptionsCheck : IValidateOptions<DigestOptions>
{
    public ValidateOptionsResult Validate(string? name, DigestOptions options) => TimeZones.Find(options.TimeZone) is Parsed<TimeZoneInfo>.Bad { Why: var why }
        ? ValidateOptionsResult.Fail($"{DigestOptions.Section}:{nameof(DigestOptions.TimeZone)}: {why}")
        : ValidateOptionsResult.Success;
}
