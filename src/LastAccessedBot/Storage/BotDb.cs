using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>The bot's own state. Rows keep the queried parts as columns and the rest as the domain's JSON.</summary>
public sealed class BotDb(DbContextOptions<BotDb> options) : DbContext(options)
{
    public DbSet<ReviewRow> Reviews => Set<ReviewRow>();

    public DbSet<ProposalRow> Proposals => Set<ProposalRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ReviewRow>().HasKey(row => row.Id);
        modelBuilder.Entity<ReviewRow>().HasIndex(row => row.State);
        modelBuilder.Entity<ProposalRow>().HasKey(row => row.Id);
        modelBuilder.Entity<ProposalRow>().HasIndex(row => row.ReviewId);
        modelBuilder.Entity<ProposalRow>().HasIndex(row => row.State);
        modelBuilder.Entity<JournalRow>().HasKey(row => new { row.ProposalId, row.Run, row.Index });
        modelBuilder.Entity<AuditRow>().HasKey(row => row.Number);
        modelBuilder.Entity<AuditRow>().Property(row => row.Number).ValueGeneratedOnAdd();
        modelBuilder.Entity<AuditRow>().HasIndex(row => row.ProposalId);
    }
}

public sealed class ReviewRow
{
    /// <summary>A state beside those of the domain: answered, and the card may be behind the store.</summary>
    public const string NotShown = "AnsweredNotShown";

    public required string Id { get; init; }

    public required string State { get; set; }

    public required DateTimeOffset AskedAt { get; init; }

    public required string Json { get; set; }
}

public sealed class ProposalRow
{
    public required string Id { get; init; }

    public required string ReviewId { get; init; }

    public required string State { get; set; }

    public required int Revision { get; set; }

    /// <summary>The order of proposing within a review.</summary>
    public required int Position { get; init; }

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

public sealed class AuditRow
{
    public long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Event { get; init; }

    public string? ReviewId { get; init; }

    public string? ProposalId { get; init; }

    public required string Subject { get; init; }

    public required string Detail { get; init; }
}
