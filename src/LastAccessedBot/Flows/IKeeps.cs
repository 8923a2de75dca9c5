using System.Collections.Immutable;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Keeps;

namespace LastAccessedBot.Flows;

/// <summary>What is kept beyond a single suggestion.</summary>
public interface IKeeps
{
    Task<StandingKeep?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Those that are not over, the first to end first.</summary>
    Task<ImmutableArray<StandingKeep>> StandingAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Writes it where the stored revision is still that of <paramref name="from"/>, or where there is none; false when somebody was faster.</summary>
    Task<bool> WriteAsync(StandingKeep? from, StandingKeep to, AuditEntry entry, CancellationToken cancellation);
}
