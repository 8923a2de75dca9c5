using LastAccessedBot.Core.Audit;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>The bot's own state. Rows keep the queried parts as columns and the rest as the domain's JSON.</summary>
/// <remarks>One subclass a provider, for their migrations differ; see <c>docs/decisions/0024-one-state-two-providers.md</c>.</remarks>
public abstract class BotDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<ReviewRow> Reviews => Set<ReviewRow>();

    public DbSet<ReviewCardRow> ReviewCards => Set<ReviewCardRow>();

    public DbSet<PointRow> Points => Set<PointRow>();

    public DbSet<ProposalRow> Proposals => Set<ProposalRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<AuditHeadRow> AuditHeads => Set<AuditHeadRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    public DbSet<CardRow> Cards => Set<CardRow>();

    public DbSet<InstallationRow> Installations => Set<InstallationRow>();

    public DbSet<OneTimeSecretRow> OneTimeSecrets => Set<OneTimeSecretRow>();

    public DbSet<HomeRow> Homes => Set<HomeRow>();

    public DbSet<AddressRow> Addresses => Set<AddressRow>();

    /// <summary>What this host calls itself in what it holds: where several share the state, another one after every start.</summary>
    internal abstract string Host { get; }

    /// <summary>What tells a connection of this provider not to wait for the disk at the end of a transaction.</summary>
    internal abstract string CommitBeforeDisk { get; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ReviewRow>().HasKey(row => row.Id);
        modelBuilder.Entity<ReviewRow>().HasIndex(row => row.State);
        modelBuilder.Entity<ReviewRow>().HasIndex(row => new { row.Subject, row.AnsweredTicks });
        modelBuilder.Entity<ReviewCardRow>().HasKey(row => new { row.ReviewId, row.Surface, row.Conversation });
        modelBuilder.Entity<PointRow>().HasKey(row => new { row.Subject, row.Day, row.IsLater });
        modelBuilder.Entity<PointRow>().HasIndex(row => row.Called);
        modelBuilder.Entity<ProposalRow>().HasKey(row => row.Id);
        modelBuilder.Entity<ProposalRow>().HasIndex(row => row.ReviewId);
        modelBuilder.Entity<ProposalRow>().HasIndex(row => row.State);
        modelBuilder.Entity<ProposalRow>().HasIndex(row => row.Subject);
        modelBuilder.Entity<ProposalRow>().HasIndex(row => row.DecidedTicks);
        modelBuilder.Entity<JournalRow>().HasKey(row => new { row.ProposalId, row.Run, row.Index });
        modelBuilder.Entity<AuditRow>().HasKey(row => row.Number);
        modelBuilder.Entity<AuditRow>().Property(row => row.Number).ValueGeneratedNever();
        modelBuilder.Entity<AuditRow>().HasIndex(row => row.ProposalId);
        modelBuilder.Entity<AuditHeadRow>().HasKey(row => row.Id);
        modelBuilder.Entity<AuditHeadRow>().Property(row => row.Id).ValueGeneratedNever();
        modelBuilder.Entity<AuditHeadRow>().HasData(new AuditHeadRow { Id = AuditHeadRow.Only, Number = ChainHead.Start.Number, Hash = ChainHead.Start.Hash });
        modelBuilder.Entity<DeliveryRow>().HasKey(row => new { row.Surface, row.Key });
        modelBuilder.Entity<CardRow>().HasKey(row => new { row.Surface, row.Conversation, row.Message });
        modelBuilder.Entity<DeliveryRow>().HasIndex(row => row.Ticks);
        modelBuilder.Entity<InstallationRow>().HasKey(row => new { row.Surface, row.Tenant });
        modelBuilder.Entity<OneTimeSecretRow>().HasKey(row => new { row.Purpose, row.Hash });
        modelBuilder.Entity<HomeRow>().HasKey(row => new { row.Surface, row.Person });
        modelBuilder.Entity<HomeRow>().HasIndex(row => row.Ticks);
        modelBuilder.Entity<AddressRow>().HasKey(row => new { row.Surface, row.Id });
    }
}

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

/// <summary>What one answer to <c>/unused NAME</c> found, in numbers; the answer itself is overwritten when its card is renewed.</summary>
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

public sealed class DeliveryRow
{
    public required string Surface { get; init; }

    public required string Key { get; init; }

    public required string Kind { get; init; }

    /// <summary>null when the work is done.</summary>
    public string? Payload { get; init; }

    /// <summary>When it came, in UTC ticks.</summary>
    public required long Ticks { get; init; }

    /// <summary>The host that obeys it.</summary>
    public required string Holder { get; init; }

    /// <summary>In UTC ticks, when another host may take it over.</summary>
    public required long LeaseTicks { get; init; }
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

    /// <summary>In UTC ticks.</summary>
    public required long InstalledTicks { get; set; }

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

    /// <summary>In UTC ticks.</summary>
    public required long SeenTicks { get; set; }
}
