using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>Settings <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How long entries of the record are kept, at least 30 days; null for always.</summary>
    public TimeSpan? KeepFor { get; set; }

    /// <summary>Why the settings cannot be used; null when they can.</summary>
    public string? Problem() => KeepFor < TimeSpan.FromDays(30) ? $"Audit:KeepFor is `{KeepFor}`: give 30 days or more, as `400.00:00:00`, or leave it out to keep the record for ever" : null;
}

/// <summary>Removes what the settings call too old from the beginning of the record, and tells of it there.</summary>
public sealed class KeepRecord(IAuditTrail audit, IOptionsMonitor<AuditOptions> options, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (options.CurrentValue.KeepFor is { } kept) await audit.ShortenAsync(now - kept, now, cancellation);
    }
}
