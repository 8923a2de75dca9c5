namespace LastAccessedBot.Storage;

/// <summary>One for each conversation and target, ended or not.</summary>
public sealed class SubscriptionRow
{
    public required string Id { get; init; }

    public required string Surface { get; init; }

    public required string Conversation { get; init; }

    /// <summary>As typed, in lower case.</summary>
    public required string Subject { get; init; }

    public required bool IsActive { get; set; }

    public required int Revision { get; set; }

    public string? ReviewId { get; set; }

    /// <summary>The last digest that came.</summary>
    public string? DigestId { get; set; }

    public required string Json { get; set; }
}

public sealed class DigestRow
{
    public required string Id { get; init; }

    public required string Surface { get; init; }

    public required string Conversation { get; init; }

    /// <summary>When it was due, in UTC ticks.</summary>
    public required long Ticks { get; init; }

    public required string State { get; set; }

    public required int Revision { get; set; }

    public required string Json { get; set; }
}
