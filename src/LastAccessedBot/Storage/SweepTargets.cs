using System.Collections.Immutable;
using LastAccessedBot.Core.Sweeps;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <inheritdoc/>
internal sealed class SweepTargets(IDbContextFactory<BotDb> databases) : ISweepTargets
{
    public async Task<bool> ClearAsync(string sweepId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await Sweeps.IsHeldAsync(db, sweepId, cancellation)) return false;
        await db.SweepTargets.Where(row => row.SweepId == sweepId).ExecuteDeleteAsync(cancellation);
        await db.SweepParts.Where(row => row.SweepId == sweepId).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    // What moved from one page to the next while they were read comes twice: the first one stays.
    public async Task<bool> AddAsync(string sweepId, IReadOnlyCollection<SweepTarget> targets, IReadOnlyCollection<SweepPart> parts, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await Sweeps.IsHeldAsync(db, sweepId, cancellation)) return false;
        foreach (var target in targets)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "SweepTargets" ("SweepId", "Key", "Words", "Kind", "Arn", "State", "Granted", "Used", "Unused", "Unknown")
                VALUES ({sweepId}, {target.Key}, {target.Words}, {target.Kind.ToString()}, {target.Arn}, {SweepTargetRow.Waiting}, 0, 0, 0, 0)
                ON CONFLICT ("SweepId", "Key") DO NOTHING
                """, cancellation);
        }
        foreach (var part in parts)
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "SweepParts" ("SweepId", "Key", "Json") VALUES ({sweepId}, {part.Key}, {part.Json}) ON CONFLICT ("SweepId", "Key") DO NOTHING""", cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    public async Task<int> CountAsync(string sweepId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.SweepTargets.CountAsync(row => row.SweepId == sweepId, cancellation);
    }

    public async Task<ImmutableArray<SweepTarget>> WaitingAsync(string sweepId, string after, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.SweepTargets.AsNoTracking().Where(row => row.SweepId == sweepId && row.State == SweepTargetRow.Waiting && string.Compare(row.Key, after) > 0)
            .OrderBy(row => row.Key).Take(most).ToListAsync(cancellation);
        return [.. rows.Select(row => new SweepTarget(Enum.Parse<SweptKind>(row.Kind), row.Words, row.Arn))];
    }

    public async Task<ImmutableDictionary<string, string>> PartsAsync(string sweepId, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var wanted = keys.ToArray();
        return (await db.SweepParts.AsNoTracking().Where(row => row.SweepId == sweepId && wanted.Contains(row.Key)).ToListAsync(cancellation))
            .ToImmutableDictionary(row => row.Key, row => row.Json, StringComparer.Ordinal);
    }

    public async Task<bool> DoneAsync(SweepRecord to, IReadOnlyCollection<SweepResult> results, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await Sweeps.WriteAsync(db, to, cancellation)) return false;
        foreach (var result in results)
        {
            var key = result.Target.Key;
            var waiting = db.SweepTargets.Where(row => row.SweepId == to.Id && row.Key == key && row.State == SweepTargetRow.Waiting);
            switch (result)
            {
                case SweepResult.Judged { Found: var found } judged:
                    var written = await waiting.ExecuteUpdateAsync(row => row
                        .SetProperty(one => one.State, SweepTargetRow.Done)
                        .SetProperty(one => one.Granted, found.Granted)
                        .SetProperty(one => one.Used, found.Used)
                        .SetProperty(one => one.Unused, found.Unused)
                        .SetProperty(one => one.Unknown, found.Unknown), cancellation);
                    if (written == 1) await ReviewHistory.WriteAsync(db, judged.Subject, found, cancellation);
                    break;
                case SweepResult.Failed failed:
                    await waiting.ExecuteUpdateAsync(row => row
                        .SetProperty(one => one.State, SweepTargetRow.Failed)
                        .SetProperty(one => one.Reason, failed.Reason)
                        .SetProperty(one => one.Problem, failed.Problem), cancellation);
                    break;
            }
        }
        await db.CommitAsync(transaction, [], cancellation);
        return true;
    }

    public async Task<ImmutableArray<IdlestTarget>> IdlestAsync(string sweepId, int most, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.SweepTargets.AsNoTracking().Where(row => row.SweepId == sweepId && row.Unused > 0).OrderByDescending(row => row.Unused).ThenBy(row => row.Key).Take(most)
            .Select(row => new { row.Words, row.Granted, row.Used, row.Unused, row.Unknown }).ToListAsync(cancellation);
        return [.. rows.Select(row => new IdlestTarget(row.Words, row.Granted, row.Used, row.Unused, row.Unknown))];
    }

    public async Task<SweepFindings> FindingsAsync(string sweepId, int mostIdlest, int mostFailures, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var all = db.SweepTargets.AsNoTracking().Where(row => row.SweepId == sweepId);
        var kinds = await all.GroupBy(row => row.Kind).Select(same => new
        {
            Kind = same.Key,
            Targets = same.Sum(row => row.State == SweepTargetRow.Waiting ? 0 : 1),
            Failed = same.Sum(row => row.State == SweepTargetRow.Failed ? 1 : 0),
            WithUnused = same.Sum(row => row.Unused > 0 ? 1 : 0),
            Idle = same.Sum(row => row.Unused > 0 && row.Unused == row.Granted ? 1 : 0),
            Granted = same.Sum(row => row.Granted),
            Used = same.Sum(row => row.Used),
            Unused = same.Sum(row => row.Unused),
            Unknown = same.Sum(row => row.Unknown),
        }).ToListAsync(cancellation);
        var failures = await all.Where(row => row.State == SweepTargetRow.Failed).GroupBy(row => row.Reason).Select(same => new { Reason = same.Key, Targets = same.Count(), First = same.Min(row => row.Key) })
            .OrderByDescending(same => same.Targets).ThenBy(same => same.Reason).Take(mostFailures).ToListAsync(cancellation);
        var firsts = failures.Select(same => same.First).ToArray();
        var examples = await all.Where(row => firsts.Contains(row.Key)).ToDictionaryAsync(row => row.Key, StringComparer.Ordinal, cancellation);
        return new SweepFindings(
            [.. kinds.Select(one => new KindTally(Enum.Parse<SweptKind>(one.Kind), one.Targets, one.Failed, one.WithUnused, one.Idle, one.Granted, one.Used, one.Unused, one.Unknown)).OrderBy(one => one.Kind)],
            await IdlestAsync(sweepId, mostIdlest, cancellation),
            [.. failures.Select(same => (same.Reason, same.Targets, Example: examples[same.First!])).Select(one => new FailureTally(one.Reason ?? "", one.Targets, one.Example.Words, one.Example.Problem ?? ""))]);
    }

    public async Task TidyAsync(string sweepId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        // Another one may run already: its rows stay.
        await db.SweepParts.Where(row => !db.Sweeps.Any(sweep => sweep.Id == row.SweepId && sweep.Running == true)).ExecuteDeleteAsync(cancellation);
        await db.SweepTargets.Where(row => row.SweepId != sweepId && !db.Sweeps.Any(sweep => sweep.Id == row.SweepId && sweep.Running == true)).ExecuteDeleteAsync(cancellation);
    }
}
