namespace LastAccessedBot.Sandbox;

public sealed record SandboxOptions
{
    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; } = 4566;

    /// <summary>A scenario of one's own; without it, the one that tells the reference's stories.</summary>
    public string? ScenarioFile { get; init; }

    /// <summary>Where the account is kept over restarts; without it, it starts afresh.</summary>
    public string? StateFile { get; init; }

    /// <summary>Pages are never longer than this, whatever is asked for.</summary>
    public int? PageSize { get; init; }

    /// <summary>How long a report job runs.</summary>
    public TimeSpan ReportTime { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The rate above which calls are throttled.</summary>
    public double? CallsPerSecond { get; init; }
}
