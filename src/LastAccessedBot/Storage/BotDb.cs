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

    public DbSet<SubscriptionRow> Subscriptions => Set<SubscriptionRow>();

    public DbSet<DigestRow> Digests => Set<DigestRow>();

    public DbSet<SweepRow> Sweeps => Set<SweepRow>();

    public DbSet<SweepCardRow> SweepCards => Set<SweepCardRow>();

    public DbSet<SweepTargetRow> SweepTargets => Set<SweepTargetRow>();

    public DbSet<SweepPartRow> SweepParts => Set<SweepPartRow>();

    public DbSet<SweepDueRow> SweepDues => Set<SweepDueRow>();

    public DbSet<WatchRow> Watches => Set<WatchRow>();

    public DbSet<OwnershipRow> Ownerships => Set<OwnershipRow>();

    public DbSet<AbsenceRow> Absences => Set<AbsenceRow>();

    public DbSet<KeepRow> Keeps => Set<KeepRow>();

    public DbSet<ReminderRow> Reminders => Set<ReminderRow>();

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
        modelBuilder.Entity<SubscriptionRow>().HasKey(row => row.Id);
        modelBuilder.Entity<SubscriptionRow>().HasIndex(row => new { row.Surface, row.Conversation, row.Subject }).IsUnique();
        modelBuilder.Entity<SubscriptionRow>().HasIndex(row => row.ReviewId);
        modelBuilder.Entity<OwnershipRow>().HasKey(row => row.Subject);
        modelBuilder.Entity<AbsenceRow>().HasKey(row => row.Person);
        modelBuilder.Entity<KeepRow>().HasKey(row => row.Id);
        modelBuilder.Entity<KeepRow>().HasIndex(row => row.UntilTicks);
        modelBuilder.Entity<ReminderRow>().HasKey(row => new { row.Surface, row.Conversation });
        modelBuilder.Entity<WatchRow>().HasKey(row => row.ProposalId);
        modelBuilder.Entity<WatchRow>().HasIndex(row => row.ReviewId);
        modelBuilder.Entity<DigestRow>().HasKey(row => row.Id);
        modelBuilder.Entity<DigestRow>().HasIndex(row => row.State);
        modelBuilder.Entity<DigestRow>().HasIndex(row => new { row.Surface, row.Conversation, row.Ticks });
        modelBuilder.Entity<SweepRow>().HasKey(row => row.Id);
        modelBuilder.Entity<SweepRow>().HasIndex(row => row.Running).IsUnique();
        modelBuilder.Entity<SweepRow>().HasIndex(row => row.StartedTicks);
        modelBuilder.Entity<SweepCardRow>().HasKey(row => new { row.SweepId, row.Surface, row.Conversation });
        modelBuilder.Entity<SweepTargetRow>().HasKey(row => new { row.SweepId, row.Key });
        modelBuilder.Entity<SweepPartRow>().HasKey(row => new { row.SweepId, row.Key });
        modelBuilder.Entity<SweepDueRow>().HasKey(row => row.Id);
        modelBuilder.Entity<SweepDueRow>().Property(row => row.Id).ValueGeneratedNever();
    }
}
