using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>The bot's own state. Rows keep the queried parts as columns and the rest as the domain's JSON.</summary>
public sealed class BotDb(DbContextOptions<BotDb> options) : DbContext(options)
{
    public DbSet<ReviewRow> Reviews => Set<ReviewRow>();

    public DbSet<ReviewCardRow> ReviewCards => Set<ReviewCardRow>();

    public DbSet<ProposalRow> Proposals => Set<ProposalRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    public DbSet<CardRow> Cards => Set<CardRow>();

    public DbSet<InstallationRow> Installations => Set<InstallationRow>();

    public DbSet<OneTimeSecretRow> OneTimeSecrets => Set<OneTimeSecretRow>();

    public DbSet<HomeRow> Homes => Set<HomeRow>();

    public DbSet<AddressRow> Addresses => Set<AddressRow>();

    public DbSet<SubscriptionRow> Subscriptions => Set<SubscriptionRow>();

    public DbSet<DigestRow> Digests => Set<DigestRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ReviewRow>().HasKey(row => row.Id);
        modelBuilder.Entity<ReviewRow>().HasIndex(row => row.State);
        modelBuilder.Entity<ReviewRow>().HasIndex(row => row.Subject);
        modelBuilder.Entity<ReviewCardRow>().HasKey(row => new { row.ReviewId, row.Surface, row.Conversation });
        modelBuilder.Entity<ProposalRow>().HasKey(row => row.Id);
        modelBuilder.Entity<ProposalRow>().HasIndex(row => row.ReviewId);
        modelBuilder.Entity<ProposalRow>().HasIndex(row => row.State);
        modelBuilder.Entity<ProposalRow>().HasIndex(row => row.DecidedTicks);
        modelBuilder.Entity<JournalRow>().HasKey(row => new { row.ProposalId, row.Run, row.Index });
        modelBuilder.Entity<AuditRow>().HasKey(row => row.Number);
        modelBuilder.Entity<AuditRow>().Property(row => row.Number).ValueGeneratedOnAdd();
        modelBuilder.Entity<AuditRow>().HasIndex(row => row.ProposalId);
        modelBuilder.Entity<DeliveryRow>().HasKey(row => new { row.Surface, row.Key });
        modelBuilder.Entity<CardRow>().HasKey(row => new { row.Surface, row.Conversation, row.Message });
        modelBuilder.Entity<DeliveryRow>().HasIndex(row => row.Ticks);
        modelBuilder.Entity<InstallationRow>().HasKey(row => new { row.Surface, row.Tenant });
        modelBuilder.Entity<OneTimeSecretRow>().HasKey(row => new { row.Purpose, row.Hash });
        modelBuilder.Entity<HomeRow>().HasKey(row => new { row.Surface, row.Person });
        modelBuilder.Entity<HomeRow>().HasIndex(row => row.Ticks);
        modelBuilder.Entity<AddressRow>().HasKey(row => new { row.Surface, row.Id });
        modelBuilder.Entity<SubscriptionRow>().HasKey(row => row.Id);
        modelBuilder.Entity<SubscriptionRow>().HasIndex(row => new { row.Surface, row.Conversation, row.Subject }).IsUnique();
        modelBuilder.Entity<SubscriptionRow>().HasIndex(row => row.ReviewId);
        modelBuilder.Entity<DigestRow>().HasKey(row => row.Id);
        modelBuilder.Entity<DigestRow>().HasIndex(row => row.State);
        modelBuilder.Entity<DigestRow>().HasIndex(row => new { row.Surface, row.Conversation, row.Ticks });
    }
}

public sealed class ReviewRow
{
    /// <summary>A state beside those of the domain: answered, and the card may be behind the store.</summary>
    public const string NotShown = "AnsweredNotShown";

    public required string Id { get; init; }

    public required string State { get; set; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The subject's words, once it is answered.</summary>
    public string? Subject { get; init; }

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

public sealed class DeliveryRow
{
    public required string Surface { get; init; }

    public required string Key { get; init; }

    public required string Kind { get; init; }

    /// <summary>null when the work is done.</summary>
    public string? Payload { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><see cref="At"/> in UTC ticks: SQLite has no order of moments.</summary>
    public required long Ticks { get; init; }
}

public sealed class CardRow
{
    public required string Surface { get; init; }

    public required string Conversation { get; init; }

    public required string Message { get; init; }

    public required string Json { get; init; }
}

public sealed class InstallationRow
{
    public required string Surface { get; init; }

    public required string Tenant { get; init; }

    public required string Version { get; set; }

    public required string Sealed { get; set; }

    public required DateTimeOffset InstalledAt { get; set; }

    /// <summary>In UTC ticks, when the turn to renew ends; 0 when nobody has it.</summary>
    public required long LeaseTicks { get; set; }
}

public sealed class OneTimeSecretRow
{
    public required string Purpose { get; init; }

    /// <summary>SHA-256, in Base64.</summary>
    public required string Hash { get; init; }

    public required long UntilTicks { get; init; }
}

public sealed class HomeRow
{
    public required string Surface { get; init; }

    public required string Person { get; init; }

    public required int Page { get; init; }

    /// <summary>When it was opened, in UTC ticks.</summary>
    public required long Ticks { get; init; }
}

/// <summary>How a conversation or a person is reached.</summary>
public sealed class AddressRow
{
    public required string Surface { get; init; }

    public required string Id { get; init; }

    public required string Content { get; set; }

    public required DateTimeOffset SeenAt { get; set; }
}
