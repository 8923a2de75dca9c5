using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class OwnersInSqlite() : OwnersContract(null);

public sealed class OwnersInPostgreSql(PostgreSqlServer server) : OwnersContract(server);

public abstract class OwnersContract(PostgreSqlServer? server) : StoreContract(server)
{
    private static readonly Party s_olga = new("chat:olga", "Olga");
    private static readonly AuditEntry s_entry = new(Now, "chat:paulo", "owner-added", null, null, "group App-Dev", "");

    private Owners Owners => new(Store);

    [Fact]
    public async Task A_subject_has_one_ownership_in_whatever_case_it_is_written()
    {
        var one = Ownership.Nobody("group App-Dev").With(s_olga);
        Assert.True(await Owners.WriteAsync(null, one, s_entry, Cancellation));
        Assert.False(await Owners.WriteAsync(null, one with { Subject = "group app-dev" }, s_entry, Cancellation));
        Assert.Equal([s_olga], (await Owners.FindAsync("GROUP app-dev", Cancellation))!.Added);
        Assert.True(await Owners.WriteAsync(one, one.Without(s_olga.Key), s_entry, Cancellation));
        Assert.False(await Owners.WriteAsync(one, one.With(new Party("chat:omar", "Omar")), s_entry, Cancellation));
        Assert.Equal(["chat:olga"], Assert.Single(await Owners.AllAsync(Cancellation)).Removed);
        Assert.Equal(2, (await new AuditTrail(Store).ReadAsync(null, 10, Cancellation)).Length);
    }

    [Fact]
    public async Task An_absence_is_there_until_it_is_over()
    {
        var away = new Absence("chat:olga", new Party("chat:dana", "Dana"), Now.AddDays(3), 1);
        Assert.True(await Owners.WriteAsync(null, away, s_entry, Cancellation));
        Assert.False(await Owners.WriteAsync(null, away, s_entry, Cancellation));
        Assert.Equal(away, Assert.Single(await Owners.AbsencesAsync(Now, Cancellation)));
        Assert.Empty(await Owners.AbsencesAsync(Now.AddDays(3), Cancellation));
        Assert.True(await Owners.WriteAsync(away, away with { Until = Now, Revision = 2 }, s_entry, Cancellation));
        Assert.False(await Owners.WriteAsync(away, away with { Until = Now.AddDays(9), Revision = 2 }, s_entry, Cancellation));
        Assert.Empty(await Owners.AbsencesAsync(Now, Cancellation));
        Assert.Equal(Now, (await Owners.AbsenceOfAsync("chat:olga", Cancellation))!.Until);
    }

    [Fact]
    public async Task Of_several_hosts_that_remind_a_conversation_one_does()
    {
        var (reminders, here) = (new Reminders(Store), new Conversation("chat", "channel"));
        Assert.Null(await reminders.LastAsync(here, Cancellation));
        Assert.Equal(1, (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => reminders.WriteAsync(here, null, Now, s_entry, Cancellation))))).Count(one => one));
        Assert.Equal(Now, await reminders.LastAsync(here, Cancellation));
        Assert.Equal(1, (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => reminders.WriteAsync(here, Now, Now.AddDays(1), s_entry, Cancellation))))).Count(one => one));
    }
}
