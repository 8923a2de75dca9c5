using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Keeps;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class KeepsInSqlite() : KeepsContract(null);

public sealed class KeepsInPostgreSql(PostgreSqlServer server) : KeepsContract(server);

public abstract class KeepsContract(PostgreSqlServer? server) : StoreContract(server)
{
    private static readonly AuditEntry s_entry = new(Now, "chat:paulo", "kept", null, null, "group app-dev", "");

    private Keeps Keeps => new(Store);

    [Fact]
    public async Task What_is_kept_stands_until_its_time_is_over_or_it_is_revoked()
    {
        var (one, other) = (One("A", days: 9, new KeepScope.OfPolicy("P")), One("B", days: 3, new KeepScope.Everything()));
        Assert.True(await Keeps.WriteAsync(null, one, s_entry, Cancellation));
        Assert.True(await Keeps.WriteAsync(null, other, s_entry, Cancellation));
        Assert.Equal([other, one], await Keeps.StandingAsync(Now, Cancellation));
        Assert.Equal([one], await Keeps.StandingAsync(Now.AddDays(3), Cancellation));
        Assert.True(await Keeps.WriteAsync(one, one with { IsRevoked = true, Revision = 2 }, s_entry, Cancellation));
        Assert.Empty(await Keeps.StandingAsync(Now.AddDays(3), Cancellation));
        Assert.True((await Keeps.FindAsync("A", Cancellation))!.IsRevoked);
    }

    [Fact]
    public async Task What_is_kept_twice_is_kept_once_and_a_late_write_leaves_no_entry()
    {
        var one = One("A", days: 9, new KeepScope.Everything());
        Assert.True(await Keeps.WriteAsync(null, one, s_entry, Cancellation));
        Assert.False(await Keeps.WriteAsync(null, one, s_entry, Cancellation));
        Assert.False(await Keeps.WriteAsync(one with { Revision = 7 }, one with { Revision = 8 }, s_entry, Cancellation));
        Assert.Single(await new AuditTrail(Store).ReadAsync(null, 10, Cancellation));
    }

    private static StandingKeep One(string id, int days, KeepScope scope) =>
        new(id, new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, "app-dev")), scope, "chat:paulo", new Keeping("Paulo", "why", Now.AddDays(days)), 1);
}
