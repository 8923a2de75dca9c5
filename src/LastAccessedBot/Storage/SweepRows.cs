namespace LastAccessedBot.Storage;

public sealed class SweepRow
{
    public required string Id { get; init; }

    public required string State { get; set; }

    /// <summary>true for the one that runs, null for all others: a unique index lets no second one run.</summary>
    public bool? Running { get; set; }

    /// <summary>Which host works at it; empty before the first.</summary>
    public required string Holder { get; set; }

    /// <summary>Until then it is that host's, in UTC ticks.</summary>
    public required long LeaseTicks { get; set; }

    public required long StartedTicks { get; init; }

    /// <summary>Of one that is over: its cards say so.</summary>
    public required bool IsShown { get; set; }

    public required string Json { get; set; }
}

/// <summary>Where a sweep's card stands: one message a conversation.</summary>
public sealed class SweepCardRow
{
    public required string SweepId { get; init; }

    public required string Surface { get; init; }

    public required string Conversation { get; init; }

    public required string Message { get; set; }
}

public sealed class SweepTargetRow
{
    public const string Waiting = "Waiting", Done = "Done", Failed = "Failed";

    public required string SweepId { get; init; }

    /// <summary>The words in lower case.</summary>
    public required string Key { get; init; }

    public required string Words { get; init; }

    public required string Kind { get; init; }

    public required string Arn { get; init; }

    public required string State { get; set; }

    public int Granted { get; set; }

    public int Used { get; set; }

    public int Unused { get; set; }

    public int Unknown { get; set; }

    public string? Reason { get; set; }

    public string? Problem { get; set; }
}

/// <summary>What was listed and is needed to judge targets: identities with their policies, and policies with their texts. Gone when the sweep is over.</summary>
public sealed class SweepPartRow
{
    public required string SweepId { get; init; }

    public required string Key { get; init; }

    public required string Json { get; init; }
}

/// <summary>The one note of when the settings' time came last.</summary>
public sealed class SweepDueRow
{
    public const int Only = 1;

    public required int Id { get; init; }

    public required long SinceTicks { get; init; }

    /// <summary>As <see cref="DateOnly.DayNumber"/>; null before the first.</summary>
    public int? LastFor { get; set; }
}
