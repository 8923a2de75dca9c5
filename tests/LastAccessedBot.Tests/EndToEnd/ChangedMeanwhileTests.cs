using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Sandbox.Faults;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Facts that one host reads while another changes what they are about.</summary>
[Collection(nameof(EndToEnd))]
public sealed class ChangedMeanwhileTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-ElasticTranscoder";

    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-meanwhile-").FullName;
    private readonly Platform _platform = new();
    private SandboxServer _aws = null!;
    private MortalHost _one = null!, _other = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _aws = await SandboxServer.StartAsync(TrimCase.Account(), new SandboxOptions { Port = 0, ReportTime = TimeSpan.Zero }, TimeProvider.System, Cancellation);
        var database = Path.Combine(_folder, "bot.db");
        // A call that waits for all that the other host does is not given up.
        _one = new MortalHost(database, _aws.Address, _platform, settings: ("Aws:RequestTimeout", "00:05:00"));
        _other = new MortalHost(database, _aws.Address, _platform);
        await _one.PrepareAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_trimmed_while_a_card_was_renewed_is_not_suggested_again()
    {
        var (review, proposal) = await AskedAsync();
        WhileItIsRead(() => _other.PressAsync("martha", "1", $"approve:{proposal}"));
        await _one.Get<RefreshReview>().RunAsync(review, Cancellation);
        await TrimmedOnceAsync(proposal);
    }

    [Fact]
    public async Task What_was_trimmed_while_somebody_asked_anew_is_not_suggested_again()
    {
        var (_, proposal) = await AskedAsync();
        WhileItIsRead(() => _other.PressAsync("martha", "1", $"approve:{proposal}"));
        await _one.SayAsync("paulo", "/unused app-dev");
        await TrimmedOnceAsync(proposal);
    }

    [Fact]
    public async Task What_was_undone_while_somebody_asked_anew_is_on_the_new_card()
    {
        var (_, proposal) = await AskedAsync();
        await _one.PressAsync("martha", "1", $"approve:{proposal}");
        WhileItIsRead(() => _other.PressAsync("martha", "1", $"undo:{proposal}"));
        await _one.SayAsync("paulo", "/unused app-dev");
        Assert.Contains(_platform.Newest.Sections(), section => section.Title.ToString().StartsWith(Detach, StringComparison.Ordinal) && section.Choices.Any(choice => choice.Label == "Approve"));
    }

    [Fact]
    public async Task A_digest_tells_what_was_trimmed_while_it_was_read_as_done()
    {
        var (_, proposal) = await AskedAsync();
        await _one.SayAsync("paulo", "/unused subscribe app-dev");
        var subscription = Assert.Single(await _one.Get<ISubscriptions>().ActiveAsync(Cancellation));
        WhileItIsRead(() => _other.PressAsync("martha", "1", $"approve:{proposal}"));
        var target = await _one.Get<GatherDigest>().TargetAsync(subscription, Cancellation);
        await TrimmedOnceAsync(proposal);
        Assert.Contains(proposal, target.Decided);
        Assert.DoesNotContain(proposal, target.Open);
        Assert.Equal((5, 0), (target.Granted, target.Unused));
    }

    [Fact]
    public async Task A_digest_that_has_no_review_yet_is_noted_once_however_often_it_is_read()
    {
        // Another window: its review holds no digest.
        var (_, proposal) = await AskedAsync("/unused app-dev 60d");
        await _one.SayAsync("paulo", "/unused subscribe app-dev");
        var subscription = Assert.Single(await _one.Get<ISubscriptions>().ActiveAsync(Cancellation));
        WhileItIsRead(() => _other.PressAsync("martha", "1", $"approve:{proposal}"));
        await _one.Get<GatherDigest>().TargetAsync(subscription, Cancellation);
        await TrimmedOnceAsync(proposal);
        Assert.Single(await _one.Get<IAuditTrail>().ReadAsync(null, 100, Cancellation), entry => entry is { Event: "asked", Detail: "for a digest" });
    }

    private async Task<(string Review, string Proposal)> AskedAsync(string line = "/unused app-dev")
    {
        await _one.SayAsync("paulo", line);
        var proposal = await _one.Get<IProposals>().FindAsync(_platform.Newest.Section(Detach).Id!, Cancellation);
        return (proposal!.ReviewId, proposal.Id);
    }

    /// <summary>When the account is read already, and the report on its use is made and not read.</summary>
    private void WhileItIsRead(Func<Task> meanwhile) => _aws.Faults.Watcher = call =>
    {
        if (call is not { Operation: "iam:GenerateServiceLastAccessedDetails", Phase: CallPhase.CarriedOut } || call.Parameters.GetValueOrDefault("Granularity") == "ACTION_LEVEL") return Task.CompletedTask;
        _aws.Faults.Watcher = null;
        return meanwhile();
    };

    private async Task TrimmedOnceAsync(string proposal)
    {
        Assert.Null(_aws.Faults.Watcher);
        var all = await _one.Get<IProposals>().InAsync([.. Enum.GetValues<ProposalState>()], Cancellation);
        Assert.Equal([proposal], all.Where(one => one.Trim.Title.ToString().StartsWith(Detach, StringComparison.Ordinal)).Select(one => one.Id));
        Assert.Equal(ProposalState.Applied, all.Single(one => one.Id == proposal).State);
        Assert.DoesNotContain(_platform.Cards.Values.SelectMany(card => card.Sections()), section => section.Title.ToString().StartsWith(Detach, StringComparison.Ordinal) && section.Choices.Any(choice => choice.Label == "Approve"));
    }
}
