using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Schedules;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using LastAccessedBot.Storage;

namespace LastAccessedBot.Tests.Storage;

public sealed class SubscriptionsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_now = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Conversation s_here = new("chat", "channel");

    private TemporaryStore _store = null!;
    private Subscriptions _subscriptions = null!;
    private Digests _digests = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TemporaryStore.CreateAsync();
        (_subscriptions, _digests) = (new Subscriptions(_store), new Digests(_store));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_target_is_subscribed_to_once_in_a_conversation()
    {
        Assert.True(await _subscriptions.WriteAsync(null, One("A", "app-dev"), Entry("subscribed"), Cancellation));
        Assert.False(await _subscriptions.WriteAsync(null, One("B", "App-Dev"), Entry("subscribed"), Cancellation));
        Assert.True(await _subscriptions.WriteAsync(null, One("C", "app-dev") with { In = new Conversation("chat", "elsewhere") }, Entry("subscribed"), Cancellation));
        Assert.Equal(One("A", "app-dev"), Assert.Single(await _subscriptions.InAsync(s_here, Cancellation)));
        Assert.Equal(2, (await Audit()).Length);
    }

    [Fact]
    public async Task A_write_that_saw_an_older_revision_changes_nothing_and_leaves_no_entry()
    {
        var one = One("A", "app-dev");
        await _subscriptions.WriteAsync(null, one, Entry("subscribed"), Cancellation);
        var ended = one with { IsActive = false, Revision = 2 };
        Assert.True(await _subscriptions.WriteAsync(one, ended, Entry("unsubscribed"), Cancellation));
        Assert.False(await _subscriptions.WriteAsync(one, one with { IsQuiet = true, Revision = 2 }, Entry("subscription-changed"), Cancellation));
        Assert.Equal(ended, await _subscriptions.FindAsync("A", Cancellation));
        Assert.Empty(await _subscriptions.ActiveAsync(Cancellation));
        Assert.Equal(["unsubscribed", "subscribed"], await Audit());
    }

    [Fact]
    public async Task Of_two_claims_of_a_subscription_one_is_granted_and_the_other_writes_nothing()
    {
        var (one, other) = (One("A", "app-dev"), One("B", "Development"));
        await _subscriptions.WriteAsync(null, one, Entry("subscribed"), Cancellation);
        await _subscriptions.WriteAsync(null, other, Entry("subscribed"), Cancellation);
        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(host => Task.Run(() => _digests.ClaimAsync(Digest($"D{host}", "A", "B"), [Claimed(other), Claimed(one)], Entry("digest-due"), Cancellation))));
        Assert.Equal(1, claims.Count(granted => granted));
        Assert.Single(await _digests.UnderWayAsync(Cancellation));
        // Half a claim is none.
        var third = One("C", "operators");
        await _subscriptions.WriteAsync(null, third, Entry("subscribed"), Cancellation);
        Assert.False(await _digests.ClaimAsync(Digest("D9", "A", "C"), [Claimed(third), Claimed(one)], Entry("digest-due"), Cancellation));
        Assert.Equal(third, await _subscriptions.FindAsync("C", Cancellation));
        Assert.Equal(1, (await Audit()).Count(what => what == "digest-due"));
    }

    [Fact]
    public async Task A_digest_that_has_come_is_remembered_by_its_subscriptions_and_shown_for_its_review()
    {
        var one = One("A", "app-dev");
        await _subscriptions.WriteAsync(null, one, Entry("subscribed"), Cancellation);
        var digest = Digest("D1", "A");
        Assert.True(await _digests.ClaimAsync(digest, [Claimed(one)], Entry("digest-due"), Cancellation));
        var sent = digest with { State = DigestState.Sent, Revision = 2, Message = new PostedMessage(s_here, "7") };
        Assert.True(await _digests.EndAsync(digest, sent, now => now with { DigestId = "D1", ReviewId = "R1", Revision = now.Revision + 1 }, Entry("digest-sent"), Cancellation));
        Assert.False(await _digests.EndAsync(digest, sent, now => now, Entry("digest-sent"), Cancellation));
        Assert.Equal("7", Assert.Single(await _digests.ShowingAsync("R1", Cancellation)).Message?.Id);
        Assert.Equal(("R1", new DateOnly(2027, 3, 1)), await _subscriptions.FindAsync("A", Cancellation) is { } told ? (told.ReviewId, told.LastFor) : default);
        Assert.Equal("D1", (await _digests.LastAsync(s_here, Cancellation))?.Id);
        Assert.Empty(await _digests.UnderWayAsync(Cancellation));
    }

    private async Task<string[]> Audit() => [.. (await new AuditTrail(_store).ReadAsync(null, 40, Cancellation)).Select(entry => entry.Event)];

    private static (Subscription, Subscription) Claimed(Subscription one) => (one, one with { LastFor = new DateOnly(2027, 3, 1), Revision = one.Revision + 1 });

    private static DigestRecord Digest(string id, params string[] subscriptions) => new(id, s_here, s_now, Every.Week, [.. subscriptions], DigestState.Claimed, 1, s_now.AddMinutes(15));

    private static Subscription One(string id, string group) => new(
        id, s_here, new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, group)), new DigestRule(Every.Week, DayOfWeek.Monday, new TimeOnly(9, 0), "Europe/Berlin"), false,
        "chat:paulo", new PostedMessage(s_here, "1"), s_now, true, 1);

    private static AuditEntry Entry(string what) => new(s_now, "chat:paulo", what, null, null, "group app-dev", "");
}
