using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;

namespace LastAccessedBot.Flows;

/// <summary>Who owns what besides the settings, and who decides for whom while they are away.</summary>
public interface IOwners
{
    Task<Ownership?> FindAsync(string subject, CancellationToken cancellation);

    Task<ImmutableArray<Ownership>> AllAsync(CancellationToken cancellation);

    /// <summary>Writes it where the stored revision is still that of <paramref name="from"/>, or where there is none; false when somebody was faster.</summary>
    Task<bool> WriteAsync(Ownership? from, Ownership to, AuditEntry entry, CancellationToken cancellation);

    /// <summary>The last one of the person, over or not.</summary>
    Task<Absence?> AbsenceOfAsync(string person, CancellationToken cancellation);

    /// <summary>Those that are not over.</summary>
    Task<ImmutableArray<Absence>> AbsencesAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <inheritdoc cref="WriteAsync(Ownership?, Ownership, AuditEntry, CancellationToken)"/>
    Task<bool> WriteAsync(Absence? from, Absence to, AuditEntry entry, CancellationToken cancellation);
}
