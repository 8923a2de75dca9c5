using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace LastAccessedBot.Tests.Storage;

public sealed class AuditTrailInSqlite() : AuditTrailContract(null);

public sealed class AuditTrailInPostgreSql(PostgreSqlServer server) : AuditTrailContract(server);

public abstract class AuditTrailContract(PostgreSqlServer? server) : StoreContract(server)
{
    private AuditTrail Audit => new(Store);

    [Fact]
    public async Task Entries_that_many_write_at_once_are_one_chain_without_a_gap()
    {
        // As many hosts as tasks: each has its own transactions.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(host => Task.Run(async () =>
        {
            for (var number = 0; number < 25; number++) await AppendAsync(Entry(host, $"{host}.{number}"), Entry(host, $"{host}.{number} again"));
        })));
        var all = await Audit.AllAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Enumerable.Range(1, 400).Select(number => (long)number), all.Select(one => one.Number));
        Assert.Equal(all[^1].Head, await Audit.HeadAsync(Cancellation));
        Assert.Equal(new RecordVerdict(1, all[^1].Head, null), await VerdictAsync());
        Assert.Equal(200, all.Zip(all.Skip(1)).Count(pair => pair.Second.Entry.Detail == pair.First.Entry.Detail + " again"));
    }

    [Fact]
    public async Task An_edit_is_known_by_its_review_and_by_its_subject_to_whoever_began_to_read_before_it()
    {
        var step = Entry(1, "apply 1") with { Event = "step-started", ReviewId = "R", Subject = "group app-dev" };
        await AppendAsync(step);
        var read = await Audit.HeadAsync(Cancellation);
        await AppendAsync(step with { Event = "approved" }, step with { ReviewId = "S", Subject = "group app-dev in shop" });
        Assert.False(await Audit.HasEditSinceAsync(read, "R", "group app-dev", Cancellation));
        await AppendAsync(step with { ReviewId = "S", Event = "step-done" });
        Assert.True(await Audit.HasEditSinceAsync(read, "R", "group app-dev", Cancellation));
        Assert.True(await Audit.HasEditSinceAsync(read, "S", "policy other", Cancellation));
        Assert.False(await Audit.HasEditSinceAsync(read, "R", "policy other", Cancellation));
        Assert.False(await Audit.HasEditSinceAsync(await Audit.HeadAsync(Cancellation), "R", "group app-dev", Cancellation));
    }

    [Fact]
    public async Task What_is_not_committed_leaves_no_gap()
    {
        await AppendAsync(Entry(1, "first"));
        await using (var db = Store.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            // A change whose entry cannot be written: it has a subject that no column takes.
            await Assert.ThrowsAnyAsync<Exception>(() => db.CommitAsync(transaction, [Entry(1, "never") with { Subject = null! }], Cancellation));
        }
        await AppendAsync(Entry(1, "second"));
        Assert.Equal([(1, "first"), (2, "second")], (await Audit.AllAsync(Cancellation).ToListAsync(Cancellation)).Select(one => ((int)one.Number, one.Entry.Detail)));
        Assert.Null((await VerdictAsync()).Fault);
    }

    [Fact]
    public async Task Whatever_is_changed_in_any_column_of_any_entry_is_found()
    {
        await AppendAsync(Entry(1, "one"), Entry(2, "two") with { Facts = """{"a":1}""" }, Entry(3, "three") with { ReviewId = "R", ProposalId = "P" });
        Assert.Null((await VerdictAsync()).Fault);
        string[] texts = ["Actor", "Event", "ReviewId", "ProposalId", "Subject", "Detail", "Facts", "Previous", "Hash"];
        foreach (var number in Enumerable.Range(1, 3))
        {
            foreach (var column in texts)
            {
                await TamperAsync($"""UPDATE "Audit" SET "{column}" = COALESCE("{column}", '') || 'x' WHERE "Number" = {number}""");
                await TamperAsync($"""UPDATE "Audit" SET "{column}" = UPPER("{column}") WHERE "Number" = {number} AND "{column}" <> UPPER("{column}")""", mayBeNothing: true);
            }
            await TamperAsync($"""UPDATE "Audit" SET "Ticks" = "Ticks" + 1 WHERE "Number" = {number}""");
            await TamperAsync($"""UPDATE "Audit" SET "Number" = 9 WHERE "Number" = {number}""");
            await TamperAsync($"""DELETE FROM "Audit" WHERE "Number" = {number}""");
        }
        await TamperAsync("""DELETE FROM "Audit" """);
        await TamperAsync("""UPDATE "AuditHeads" SET "Number" = 4""");
        await TamperAsync("""UPDATE "AuditHeads" SET "Hash" = REPLACE("Hash", '0', '1') || ''""", mayBeNothing: true);
    }

    [Fact]
    public async Task A_record_that_was_written_anew_is_told_from_one_that_somebody_noted()
    {
        await AppendAsync(Entry(1, "one"), Entry(2, "two"));
        var noted = await Audit.HeadAsync(Cancellation);
        await AppendAsync(Entry(3, "three"));
        Assert.Null((await VerdictAsync(noted)).Fault);
        await using (var db = Store.CreateDbContext())
        {
            await db.Audit.ExecuteDeleteAsync(Cancellation);
            await db.AuditHeads.ExecuteUpdateAsync(row => row.SetProperty(one => one.Number, 0).SetProperty(one => one.Hash, ChainHead.Start.Hash), Cancellation);
        }
        await AppendAsync(Entry(1, "one"), Entry(2, "nothing happened"), Entry(3, "three"));
        Assert.Null((await VerdictAsync()).Fault);
        Assert.Equal("entry 2 is not the one that was noted: the record was written anew", (await VerdictAsync(noted)).Fault);
        Assert.Equal("it ends with entry 3, and entry 9 was noted", (await VerdictAsync(noted with { Number = 9 })).Fault);
    }

    [Fact]
    public async Task A_shortened_record_is_whole_while_it_tells_what_went()
    {
        for (var day = 0; day < 6; day++) await AppendAsync(Entry(1, $"day {day}") with { At = Now.AddDays(day) });
        await Audit.ShortenAsync(Now, Now.AddDays(6), Cancellation);
        Assert.Equal(6, (await VerdictAsync()).Head.Number);
        await Audit.ShortenAsync(Now.AddDays(2), Now.AddDays(6), Cancellation);
        await Audit.ShortenAsync(Now.AddDays(4), Now.AddDays(7), Cancellation);
        var all = await Audit.AllAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal([5, 6, 7, 8], all.Select(one => one.Number));
        Assert.Equal("Entries up to 4 are older than `Audit:KeepFor` says, and were removed", all[^1].Entry.Detail);
        Assert.Equal(new RecordVerdict(5, all[^1].Head, null), await VerdictAsync());
        await TamperAsync("""DELETE FROM "Audit" WHERE "Number" = 5""");
        // Nobody asked for less than nothing: the last entry always stays.
        await Audit.ShortenAsync(Now.AddYears(1), Now.AddYears(1), Cancellation);
        Assert.Equal([8, 9], (await Audit.AllAsync(Cancellation).ToListAsync(Cancellation)).Select(one => one.Number));
        Assert.Null((await VerdictAsync()).Fault);
    }

    [Fact]
    public async Task Entries_are_found_by_a_part_of_their_subject_in_any_case_and_by_what_they_name()
    {
        await AppendAsync(Entry(1, "first") with { Subject = "group App-Dev" }, Entry(1, "about `app-dev`"), Entry(1, "app-dev without ticks"), Entry(1, "its own") with { ProposalId = "AB12" }, Entry(1, "100% sure") with { Subject = "user app_dev" });
        Assert.Equal(["about `app-dev`", "first"], await FoundAsync("APP-dev"));
        Assert.Equal(["its own"], await FoundAsync("AB12"));
        Assert.Equal(["100% sure"], await FoundAsync("app_dev"));
        Assert.Empty(await FoundAsync("%"));
    }

    private async Task<IEnumerable<string>> FoundAsync(string subject) => (await Audit.ReadAsync(subject, 10, Cancellation)).Select(entry => entry.Detail);

    private async Task AppendAsync(params AuditEntry[] entries)
    {
        await using var db = Store.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await db.CommitAsync(transaction, entries, Cancellation);
    }

    private Task<RecordVerdict> VerdictAsync(ChainHead? noted = null) => VerifyRecord.OfStoreAsync(Audit, noted, Cancellation);

    /// <summary>Does what nobody may, looks, and takes it back.</summary>
    private async Task TamperAsync(string sql, bool mayBeNothing = false)
    {
        await using var db = Store.CreateDbContext();
        var (entries, heads) = (await db.Audit.AsNoTracking().ToListAsync(Cancellation), await db.AuditHeads.AsNoTracking().ToListAsync(Cancellation));
        var changed = await db.Database.ExecuteSqlRawAsync(sql, Cancellation);
        Assert.True(changed > 0 || mayBeNothing, sql);
        if (changed > 0) Assert.True((await VerdictAsync()).Fault is not null, sql);
        await db.Audit.ExecuteDeleteAsync(Cancellation);
        await db.AuditHeads.ExecuteDeleteAsync(Cancellation);
        db.AddRange(entries);
        db.AddRange(heads);
        await db.SaveChangesAsync(Cancellation);
        Assert.Null((await VerdictAsync()).Fault);
    }

    private static AuditEntry Entry(int by, string detail) => new(Now, $"slack:T1/U{by}", "moved", null, null, "somebody else", detail);
}
