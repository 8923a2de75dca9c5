using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Schedules;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class SubscriptionsInSqlite() : SubscriptionsContract(null);

public sealed class SubscriptionsInPostgreSql(PostgreSqlServer server) : SubscriptionsContract(server);

public abstract class SubscriptionsContract(PostgreSqlServer? server) : StoreContract(server)
{
    private static readonly Conversation s_here = new("chat", "channel");

    private Subscriptions Subscriptions => new(Store);

    private Digests Digests => new(Store);

    [Fact]
    public async Task A_target_is_subscribed_to_once_in_a_conversation()
    {
        Assert.True(await Subscriptions.WriteAsync(null, One("A", "app-dev"), Entry("subscribed"), Cancellation));
        Assert.False(await Subscriptions.WriteAsync(null, One("B", "App-Dev"), Entry("subscribed"), Cancellation));
        Assert.True(await Subscriptions.WriteAsync(null, One("C", "app-dev") with { In = new Conversation("chat", "elsewhere") }, Entry("subscribed"), Cancellation));
        Assert.Equal(One("A", "app-dev"), Assert.Single(await Subscriptions.InAsync(s_here, Cancellation)));
        Assert.Equal(2, (await Audit()).Length);
    }

    [Fact]
    public async Task A_write_that_saw_an_older_revision_changes_nothing_and_leaves_no_entry()
    {
        var one = One("A", "app-dev");
        await Subscriptions.WriteAsync(null, one, Entry("subscribed"), Cancellation);
        var ended = one with { IsActive = false, Revision = 2 };
        Assert.True(await Subscriptions.WriteAsync(one, ended, Entry("unsubscribed"), Cancellation));
        Assert.False(await Subscriptions.WriteAsync(one, one with { IsQuiet = true, Revision = 2 }, Entry("subscription-changed"), Cancellation));
        Assert.Equal(ended, await Subscriptions.FindAsync("A", Cancellation));
        Assert.Empty(await Subscriptions.ActiveAsync(Cancellation));
        Assert.Equal(["unsubscribed", "subscribed"], await Audit());
    }

    [Fact]
    public async Task Of_two_claims_of_a_subscription_one_is_granted_and_the_other_writes_nothing()
    {
        var (one, other) = (One("A", "app-dev"), One("B", "Development"));
        await Subscriptions.WriteAsync(null, one, Entry("subscribed"), Cancellation);
        await Subscriptions.WriteAsync(null, other, Entry("subscribed"), Cancellation);
        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(host => Task.Run(() => Digests.ClaimAsync(Digest($"D{host}", "A", "B"), [Claimed(other), Claimed(one)], Entry("digest-due"), Cancellation))));
        Assert.Equal(1, claims.Count(granted => granted));
        Assert.Single(await Digests.UnderWayAsync(Cancellation));
        // Half a claim is none.
        var third = One("C", "operators");
        await Subscriptions.WriteAsync(null, third, Entry("subscribed"), Cancellation);
        Assert.False(await Digests.ClaimAsync(Digest("D9", "A", "C"), [Claimed(third), Claimed(one)], Entry("digest-due"), Cancellation));
        Assert.Equal(third, await Subscriptions.FindAsync("C", Cancellation));
        Assert.Equal(1, (await Audit()).Count(what => what == "digest-due"));
    }

    [Fact]
    public async Task A_digest_that_has_come_is_remembered_by_itsSubscriptions_and_shown_for_its_review()
    {
        var one = One("A", "app-dev");
        await Subscriptions.WriteAsync(null, one, Entry("subscribed"), Cancellation);
        var digest = Digest("D1", "A");
        Assert.True(await Digests.ClaimAsync(digest, [Claimed(one)], Entry("digest-due"), Cancellation));
        var sent = digest with { State = DigestState.Sent, Revision = 2, Message = new PostedMessage(s_here, "7") };
        Assert.True(await Digests.EndAsync(digest, sent, now => now with { DigestId = "D1", ReviewId = "R1", Revision = now.Revision + 1 }, Entry("digest-sent"), Cancellation));
        Assert.False(await Digests.EndAsync(digest, sent, now => now, Entry("digest-sent"), Cancellation));
        Assert.Equal("7", Assert.Single(await Digests.ShowingAsync("R1", Cancellation)).Message?.Id);
        Assert.Equal(("R1", new DateOnly(2027, 3, 1)), await Subscriptions.FindAsync("A", Cancellation) is { } told ? (told.ReviewId, told.LastFor) : default);
        Assert.Equal("D1", (await Digests.LastAsync(s_here, Cancellation))?.Id);
        Assert.Empty(await Digests.UnderWayAsync(Cancellation));
    }

    private async Task<string[]> Audit() => [.. (await new AuditTrail(Store).ReadAsync(null, 40, Cancellation)).Select(entry => entry.Event)];

    private static (Subscription, Subscription) Claimed(Subscription one) => (one, one with { LastFor = new DateOnly(2027, 3, 1), Revision = one.Revision + 1 });

    private static DigestRecord Digest(string id, params string[] subscriptions) => new(id, s_here, Now, Every.Week, [.. subscriptions], DigestState.Claimed, 1, Now.AddMinutes(15));

    private static Subscription One(string id, string group) => new(
        id, s_here, new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, group)), new DigestRule(Every.Week, DayOfWeek.Monday, new TimeOnly(9, 0), "Europe/Berlin"), false,
        "chat:paulo", new PostedMessage(s_here, "1"), Now, true, 1);

    private static AuditEntry Entry(string what) => new(Now, "chat:paulo", what, null, null, "group app-dev", "");
}
