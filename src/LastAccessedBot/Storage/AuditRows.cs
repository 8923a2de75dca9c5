using LastAccessedBot.Core.Audit;

namespace LastAccessedBot.Storage;

/// <summary>An entry of the record, as <see cref="ChainedEntry"/> has it.</summary>
public sealed class AuditRow
{
    public required long Number { get; init; }

    /// <summary>In UTC ticks: every bit of a row counts, and a moment written out has some that do not.</summary>
    public required long Ticks { get; init; }

    public required string Actor { get; init; }

    public required string Event { get; init; }

    public string? ReviewId { get; init; }

    public string? ProposalId { get; init; }

    public required string Subject { get; init; }

    public required string Detail { get; init; }

    public string? Facts { get; init; }

    public required string Previous { get; init; }

    public required string Hash { get; init; }
}

/// <summary>The one row that says where the record ends; whoever appends holds it until the transaction ends.</summary>
public sealed class AuditHeadRow
{
    public const int Only = 1;

    public required int Id { get; init; }

    public required long Number { get; set; }

    public required string Hash { get; set; }
}
