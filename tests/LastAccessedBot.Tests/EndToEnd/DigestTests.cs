using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox.Faults;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>S8: what a digest tells, and what becomes of it. Days pass as the test says.</summary>
[Collection(nameof(EndToEnd))]
public sealed class DigestTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-ElasticTranscoder", Policy = "arn:aws:iam::123456789012:policy/App-Dev-ElasticTranscoder";

    private DigestRoom _room = null!;

    private Card Newest => _room.Platform.Newest;

    public async ValueTask InitializeAsync() => _room = await DigestRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task S8_A_digest_tells_what_is_unused_and_open_and_is_decided_on()
    {
        await _room.SayAsync("/unused subscribe app-dev daily 00:00");
        Assert.Contains("A digest comes here every day at 00:00, Etc/UTC", Newest.Text());
        await TomorrowAsync();
        var first = _room.NewestId;
        Assert.Equal("Daily digest: 1 open suggestion", Newest.Title.ToString());
        Assert.Contains("6 services granted: 5 used, 1 unused, 0 unknown.", Newest.Text());
        Assert.Contains("Unused at the first look: Amazon Elastic Transcoder", Newest.Text());
        Assert.Equal(["Approve", "Keep", "Dismiss"], Newest.Section(Detach).Choices.Select(choice => choice.Label));
        Assert.Contains(Newest.Blocks, block => block is CardBlock.Chart { Bars: [{ Value: 6 }, { Value: 5 }] });

        await _room.PressAsync("martha", first, Newest.Section(Detach).Choice("Approve"));
        Assert.DoesNotContain("App-Dev-ElasticTranscoder", _room.Aws.Account.Read(state => string.Join(' ', state.Groups["app-dev"].Attached)));
        Assert.Contains("Applied on", Newest.Section(Detach).Text());
        Assert.Equal(["Undo"], Newest.Section(Detach).Choices.Select(choice => choice.Label));
        // What the approval made possible stands there, too.
        Assert.Contains("Approve", Newest.Section("Delete").Choices.Select(choice => choice.Label));

        await TomorrowAsync();
        Assert.Equal("Daily digest: 1 open suggestion, 1 decision", Newest.Title.ToString());
        Assert.Matches("Detach App-Dev-ElasticTranscoder from group app-dev \\| approved and applied as [0-9A-Z]{8} \\| martha", Newest.Text());
        Assert.DoesNotContain("Became unused", Newest.Text());
        // The older one has no buttons of decisions any more.
        Assert.Equal($"Daily digest of {_room.Clock.Now.AddDays(-1):yyyy-MM-dd}", _room.Platform.Cards[first].Title.ToString());
        Assert.Contains("A newer digest further down", _room.Platform.Cards[first].Text());
        Assert.DoesNotContain(_room.Platform.Cards[first].Sections(), section => section.Id is not null);
    }

    [Fact]
    public async Task What_is_open_stays_open_and_has_its_whole_time_anew()
    {
        await _room.SayAsync("/unused subscribe app-dev daily 00:00");
        await TomorrowAsync();
        var id = Newest.Section(Detach).Id;
        await PassAsync(TimeSpan.FromDays(6.9));
        Assert.Equal(id, Newest.Section(Detach).Id);
        Assert.Contains($"Expires: {_room.Clock.Now.AddDays(7):yyyy-MM-dd}", Newest.Section(Detach).Text());
        Assert.DoesNotContain("Became unused", Newest.Text());
        // Whoever asks by hand shares it, and a decision on either card shows on both.
        await _room.SayAsync("/unused group app-dev");
        Assert.Equal(id, Newest.Section(Detach).Id);
        await _room.PressAsync("paulo", _room.NewestId, Newest.Section(Detach).Choice("Dismiss"));
        Assert.Contains("Dismissed by paulo", _room.Digests[^1].Section(Detach).Text());
        // The bot does not bring it back of its own accord.
        await TomorrowAsync();
        Assert.Equal("Daily digest: 1 decision", Newest.Title.ToString());
        Assert.Contains("| dismissed as", Newest.Text());
        await TomorrowAsync();
        Assert.StartsWith("Nothing new since ", Newest.Title.ToString());
        Assert.Empty(Newest.Blocks);
    }

    [Fact]
    public async Task Nothing_new_is_one_line_or_silence_and_what_failed_is_never_silent()
    {
        await _room.SayAsync("/unused subscribe app-dev daily 00:00 quiet");
        await TomorrowAsync();
        await _room.PressAsync("paulo", _room.NewestId, Newest.Section(Detach).Choice("Dismiss"));
        await TomorrowAsync();
        var before = _room.NewestId;
        await TomorrowAsync();
        Assert.Equal(before, _room.NewestId);
        _room.Aws.Faults.Change(faults => faults with { FailingReports = faults.FailingReports.Add("arn:aws:iam::123456789012:group/app-dev", new ReportFailure("InternalError", "try again")) });
        await TomorrowAsync();
        Assert.Equal("Daily digest: 1 without an answer", Newest.Title.ToString());
        Assert.Contains("No answer: AWS could not write the report: InternalError: try again", Newest.Text());
    }

    [Fact]
    public async Task What_was_trimmed_and_is_granted_again_has_grown_back()
    {
        await _room.SayAsync("/unused subscribe app-dev daily 00:00");
        await TomorrowAsync();
        await _room.PressAsync("martha", _room.NewestId, Newest.Section(Detach).Choice("Approve"));
        await _room.Somebody.AttachGroupPolicyAsync("app-dev", Policy, CancellationToken.None);
        await TomorrowAsync();
        Assert.Contains("1 service grew back", Newest.Title.ToString());
        Assert.Matches("Grown back: Amazon Elastic Transcoder was trimmed by [0-9A-Z]{8} and is granted again", Newest.Text());
        Assert.Contains("Approve", Newest.Section(Detach).Choices.Select(choice => choice.Label));
        await TomorrowAsync();
        Assert.DoesNotContain("Grown back", Newest.Text());
    }

    [Fact]
    public async Task A_press_on_a_digest_is_ruled_on_as_any_other()
    {
        await _room.SayAsync("/unused subscribe app-dev daily 00:00");
        await TomorrowAsync();
        var (id, digest) = (Newest.Section(Detach).Id!, _room.NewestId);
        await _room.PressAsync("stranger", digest, $"approve:{id}");
        await _room.PressAsync("martha", "1", $"approve:{id}");
        Assert.Equal(ProposalState.Proposed, (await _room.Host.Get<IProposals>().FindAsync(id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task What_a_host_left_before_it_was_posted_another_sends_and_what_it_left_while_posting_nobody_does()
    {
        await _room.SayAsync("/unused subscribe app-dev daily 00:00");
        _room.Clock.Now = _room.Clock.Now.AddDays(1);
        var alive = _room.AnotherHost();
        // Its first write after the claim: the review.
        await Assert.ThrowsAsync<DiedException>(() => _room.LookAsync(_room.AnotherHost(diesAt: 1)));
        await _room.LookAsync(alive);
        Assert.Empty(_room.Digests);
        _room.Clock.Now += SendDigests.Lease;
        await _room.LookAsync(alive);
        Assert.Single(_room.Digests);

        // As the card is there, and before anybody noted it.
        _room.Clock.Now = _room.Clock.Now.AddDays(1);
        var like = _room.AnotherHost();
        await _room.LookAsync(like);
        _room.Clock.Now = _room.Clock.Now.AddDays(1);
        var dying = _room.AnotherHost(diesAt: like.Life.Points.IndexOf("after a card is posted") + 1);
        await Assert.ThrowsAsync<DiedException>(() => _room.LookAsync(dying));
        Assert.Equal("after a card is posted", dying.Life.Points[^1]);
        Assert.Equal(3, _room.Digests.Count);
        _room.Clock.Now += SendDigests.Lease;
        await _room.LookAsync(alive);
        await _room.LookAsync(alive);
        Assert.Equal(3, _room.Digests.Count);
        Assert.Contains(await _room.Host.Get<IAuditTrail>().ReadAsync(null, 5, CancellationToken.None), entry => entry.Event == "digest-unsure");
        await TomorrowAsync();
        Assert.Contains("Nobody knows whether the digest of", Newest.Text());
        await TomorrowAsync();
        Assert.DoesNotContain("Nobody knows", Newest.Text());
    }

    [Fact]
    public async Task What_is_not_there_is_not_subscribed_to_and_the_list_says_what_is()
    {
        await _room.SayAsync("/unused subscribe app-devs");
        Assert.Equal("No user, group, role or policy is called app-devs", Newest.Title.ToString());
        Assert.Equal("run:/unused subscribe group app-dev weekly mon 09:00 Etc/UTC", Newest.Choices[0].Id);
        await _room.SayAsync("/unused subscriptions");
        Assert.Equal("Nothing is subscribed here", Newest.Title.ToString());
        await _room.SayAsync("/unused subscribe app-dev monthly fri 16:30 Europe/Berlin quiet");
        await _room.SayAsync("/unused subscribe app-dev weekly fri 16:30 Europe/Berlin quiet");
        Assert.Equal("Changed the digest about group app-dev", Newest.Title.ToString());
        await _room.SayAsync("/unused subscriptions");
        Assert.Contains("group app-dev | every Friday at 16:30, Europe/Berlin, silent where nothing is new | Fri ", Newest.Text());
        await _room.PressAsync("martha", _room.NewestId, Newest.Choices.Single().Id);
        Assert.Equal("No more digests here about group app-dev", Newest.Title.ToString());
        ImmutableArray<string> record = [.. (await _room.Host.Get<IAuditTrail>().ReadAsync("group app-dev", 9, CancellationToken.None)).Select(entry => $"{entry.Actor} {entry.Event}")];
        Assert.Equal(["chat:martha unsubscribed", "chat:paulo subscription-changed", "chat:paulo subscribed"], record);
    }

    private Task TomorrowAsync() => PassAsync(TimeSpan.FromDays(1));

    private Task PassAsync(TimeSpan time) => _room.LookAtAsync(_room.Clock.Now + time);
}
