namespace LastAccessedBot.Storage;

public sealed class ReviewRow
{
    /// <summary>A state beside those of the domain: answered, and the card may be behind the store.</summary>
    public const string NotShown = "AnsweredNotShown";

    public required string Id { get; init; }

    public required string State { get; set; }

    /// <summary>In UTC ticks: SQLite has no order of moments.</summary>
    public required long AskedTicks { get; init; }

    /// <summary>The subject's words, once it is answered.</summary>
    public string? Subject { get; init; }

    /// <summary>Of an answer to <c>/unused NAME</c>, when its facts were read, in UTC ticks; null for every other review.</summary>
    public long? AnsweredTicks { get; init; }

    public required string Json { get; set; }
}

/// <summary>Where a review's card stands: one message a conversation.</summary>
public sealed class ReviewCardRow
{
    public required string ReviewId { get; init; }

    public required string Surface { get; init; }

    public required string Conversation { get; init; }

    public required string Message { get; init; }
}

/// <summary>What one answer to <c>/unused NAME</c>, or one sweep, found of a subject, in numbers; the answer itself is overwritten when its card is renewed.</summary>
public sealed class PointRow
{
    /// <summary>The subject's words in lower case.</summary>
    public required string Subject { get; init; }

    /// <summary>The day of <see cref="Ticks"/>, in UTC, as <see cref="DateOnly.DayNumber"/>.</summary>
    public required int Day { get; init; }

    /// <summary>The last answer of its day; the first one stands beside it.</summary>
    public required bool IsLater { get; init; }

    /// <summary>When the facts were read, in UTC ticks.</summary>
    public required long Ticks { get; init; }

    /// <summary>The days that it looked at.</summary>
    public required int Window { get; init; }

    public required int Granted { get; init; }

    public required int Used { get; init; }

    public required int Unused { get; init; }

    public required int Unknown { get; init; }

    public required string Words { get; init; }

    /// <summary>As people know it.</summary>
    public required string Name { get; init; }

    /// <summary>The kind and what the subject is called, in lower case: of a unit its name, where its words have its id.</summary>
    public required string Called { get; init; }
}

public sealed class ProposalRow
{
    public required string Id { get; init; }

    public required string ReviewId { get; init; }

    public required string State { get; set; }

    public required int Revision { get; set; }

    /// <summary>The order of proposing within a review.</summary>
    public required int Position { get; init; }

    /// <summary>As typed, in lower case: owners may be written in any case.</summary>
    public required string Subject { get; init; }

    /// <summary>As <c>surface:id</c>.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>How many services it takes.</summary>
    public required int Services { get; set; }

    /// <summary>When it was proposed, in UTC ticks: SQLite has no order of moments.</summary>
    public required long ProposedTicks { get; init; }

    /// <summary>Of one that somebody decided about and that is not under way, when it last changed; null for every other.</summary>
    public required long? DecidedTicks { get; set; }

    public required string Json { get; set; }
}

public sealed class JournalRow
{
    public required string ProposalId { get; init; }

    public required string Run { get; init; }

    public required int Index { get; init; }

    public required string State { get; set; }

    public required string Json { get; set; }
}
