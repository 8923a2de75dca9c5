using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Storage;

/// <summary>Who owns one subject.</summary>
public sealed class OwnershipRow
{
    /// <summary>As typed, in lower case.</summary>
    public required string Subject { get; init; }

    public required int Revision { get; set; }

    public required string Json { get; set; }
}

/// <summary>One person's last absence.</summary>
public sealed class AbsenceRow
{
    public required string Person { get; init; }

    public required long UntilTicks { get; set; }

    public required int Revision { get; set; }

    public required string Json { get; set; }
}

/// <inheritdoc/>
internal sealed class Owners(IDbContextFactory<BotDb> databases) : IOwners
{
    public async Task<Ownership?> FindAsync(string subject, CancellationToken cancellation)
    {
        var key = Key(subject);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Ownerships.AsNoTracking().SingleOrDefaultAsync(row => row.Subject == key, cancellation) is { } row ? Read<Ownership>(row.Json) : null;
    }

    public async Task<ImmutableArray<Ownership>> AllAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Ownerships.AsNoTracking().OrderBy(row => row.Subject).ToListAsync(cancellation)).Select(row => Read<Ownership>(row.Json))];
    }

    public async Task<bool> WriteAsync(Ownership? from, Ownership to, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var key = Key(to.Subject);
        var written = from is null
            ? await db.Database.ExecuteSqlAsync($"""INSERT INTO "Ownerships" ("Subject", "Revision", "Json") VALUES ({key}, {to.Revision}, {Json(to)}) ON CONFLICT ("Subject") DO NOTHING""", cancellation)
            : await db.Ownerships.Where(row => row.Subject == key && row.Revision == from.Revision)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.Revision, to.Revision).SetProperty(one => one.Json, Json(to)), cancellation);
        if (written != 1) return false;
        await db.CommitAsync(transaction, [entry], cancellation);
        return true;
    }

    public async Task<Absence?> AbsenceOfAsync(string person, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Absences.AsNoTracking().SingleOrDefaultAsync(row => row.Person == person, cancellation) is { } row ? Read<Absence>(row.Json) : null;
    }

    public async Task<ImmutableArray<Absence>> AbsencesAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Absences.AsNoTracking().Where(row => row.UntilTicks > now.UtcTicks).OrderBy(row => row.Person).ToListAsync(cancellation)).Select(row => Read<Absence>(row.Json))];
    }

    public async Task<bool> WriteAsync(Absence? from, Absence to, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var written = from is null
            ? await db.Database.ExecuteSqlAsync($"""INSERT INTO "Absences" ("Person", "UntilTicks", "Revision", "Json") VALUES ({to.Person}, {to.Until.UtcTicks}, {to.Revision}, {Json(to)}) ON CONFLICT ("Person") DO NOTHING""", cancellation)
            : await db.Absences.Where(row => row.Person == from.Person && row.Revision == from.Revision)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.UntilTicks, to.Until.UtcTicks).SetProperty(one => one.Revision, to.Revision).SetProperty(one => one.Json, Json(to)), cancellation);
        if (written != 1) return false;
        await db.CommitAsync(transaction, [entry], cancellation);
        return true;
    }

    private static string Key(string subject) => subject.ToLowerInvariant();

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, CardJson.Options);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, CardJson.Options)!;
}
