using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>S8 where the chat platform does not take a digest. Minutes pass as the test says.</summary>
[Collection(nameof(EndToEnd))]
public sealed class DigestRefusalTests : IAsyncLifetime
{
    private const string Policy = "arn:aws:iam::123456789012:policy/App-Dev-ElasticTranscoder", Unused = "Unused at the first look: Amazon Elastic Transcoder";

    // Tomorrow's: the account's histories go back from today.
    private static readonly DateTimeOffset s_nine = new(TimeProvider.System.GetUtcNow().Date.AddDays(1).AddHours(9), TimeSpan.Zero);

    private readonly List<DateTimeOffset> _tries = [];
    private DigestRoom _room = null!;

    private Card Newest => _room.Platform.Newest;

    public async ValueTask InitializeAsync()
    {
        _room = await DigestRoom.OpenAsync(s_nine.AddHours(-1));
        await _room.SayAsync("/unused subscribe app-dev daily 09:00");
        _room.Platform.Refusal = () =>
        {
            _tries.Add(_room.Clock.Now);
            return new Refused("`channel` is closed", mayHaveHappened: false);
        };
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task What_was_refused_comes_once_when_it_is_taken_with_what_is_so_by_then()
    {
        await MinutesAsync(0, 5);
        Assert.Equal([0, 1, 3], Minutes(_tries));
        Assert.Empty(_room.Digests);
        _room.Platform.Refusal = () => null;
        await _room.Somebody.DetachGroupPolicyAsync("app-dev", Policy, CancellationToken.None);
        await MinutesAsync(6, 6);
        Assert.Empty(_room.Digests);
        await MinutesAsync(7, 60);
        Assert.Equal("Nothing new: group app-dev", Assert.Single(_room.Digests).Title.ToString());
        Assert.Equal(["digest-due", "digest-sent"], (await RecordAsync()).Select(entry => entry.Event));
        // As if nothing had been.
        await _room.LookAtAsync(s_nine.AddDays(1));
        Assert.StartsWith("Nothing new since ", Newest.Title.ToString());
    }

    [Fact]
    public async Task It_is_tried_again_after_longer_and_longer_pauses_given_up_in_the_end_and_made_up_for_by_the_next()
    {
        await MinutesAsync(0, 12 * 60);
        Assert.Equal(SendDigests.MostTries, _tries.Count);
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60, 60], _tries.Skip(1).Zip(_tries, (later, sooner) => (later - sooner).TotalMinutes));
        var failed = (await RecordAsync())[^1];
        Assert.Equal(("bot", "digest-failed", "group app-dev"), (failed.Actor, failed.Event, failed.Subject));
        Assert.EndsWith("given up: 'channel' is closed", failed.Detail);
        Assert.Equal(1, (await RecordAsync()).Count(entry => entry.Event == "digest-failed"));

        _room.Platform.Refusal = () => null;
        await _room.LookAtAsync(s_nine.AddHours(13));
        Assert.Empty(_room.Digests);
        await _room.LookAtAsync(s_nine.AddDays(1));
        Assert.Contains($"The digest of {s_nine:yyyy-MM-dd} never came: it could not be posted.", Newest.Text());
        Assert.Contains("This one tells of the time before it, too.", Newest.Text());
        Assert.Contains(Unused, Newest.Text());
        await _room.LookAtAsync(s_nine.AddDays(2));
        Assert.DoesNotContain($"digest of {s_nine:yyyy-MM-dd}", Newest.Text());
    }

    [Fact]
    public async Task Of_two_hosts_one_tries_at_a_time()
    {
        var other = _room.AnotherHost();
        for (var minute = 0; minute <= 31; minute++)
        {
            _room.Clock.Now = s_nine.AddMinutes(minute);
            await Task.WhenAll(_room.LookAsync(), _room.LookAsync(other));
        }
        Assert.Equal([0, 1, 3, 7, 15, 31], Minutes(_tries));
    }

    [Fact]
    public async Task What_may_have_come_is_not_posted_again()
    {
        var posts = 0;
        _room.Platform.Refusal = () => ++posts == 1 ? new Refused("no answer", mayHaveHappened: true) : null;
        await Assert.ThrowsAsync<Refused>(() => _room.LookAtAsync(s_nine));
        await MinutesAsync(1, 60);
        Assert.Equal(1, posts);
        Assert.Equal("digest-unsure", (await RecordAsync())[^1].Event);
        await _room.LookAtAsync(s_nine.AddDays(1));
        Assert.Contains($"Nobody knows whether the digest of {s_nine:yyyy-MM-dd}", Newest.Text());
        Assert.Contains(Unused, Newest.Text());
    }

    [Fact]
    public async Task A_digest_over_which_every_host_dies_is_given_up()
    {
        var (hours, begun) = (TimeSpan.Zero, 0);
        for (; hours < TimeSpan.FromHours(12); hours += SendDigests.Lease)
        {
            _room.Clock.Now = s_nine + hours;
            // Its first write after the claim: the review.
            var host = _room.AnotherHost(diesAt: 1);
            if (await Record.ExceptionAsync(() => _room.LookAsync(host)) is not null) begun++;
        }
        Assert.Equal(SendDigests.MostTries, begun);
        Assert.EndsWith("given up: it was begun as often as a digest is", (await RecordAsync())[^1].Detail);
        Assert.Empty(_tries);
    }

    /// <summary>A host looks as often as its job does.</summary>
    private async Task MinutesAsync(int first, int last)
    {
        for (var minute = first; minute <= last; minute++) await _room.LookAtAsync(s_nine.AddMinutes(minute));
    }

    private static IEnumerable<int> Minutes(IEnumerable<DateTimeOffset> moments) => moments.Select(moment => (int)(moment - s_nine).TotalMinutes);

    private async Task<AuditEntry[]> RecordAsync() =>
        [.. (await _room.Host.Get<IAuditTrail>().ReadAsync(null, 200, CancellationToken.None)).Where(entry => entry.Event.StartsWith("digest-", StringComparison.Ordinal)).Reverse()];

    private sealed class Refused(string why, bool mayHaveHappened) : Exception(why), IChatFailure
    {
        public bool MayHaveHappened => mayHaveHappened;
    }
}
