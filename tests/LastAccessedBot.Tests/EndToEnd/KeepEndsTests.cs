using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What is kept, as months go by.</summary>
[Collection(nameof(EndToEnd))]
public sealed class KeepEndsTests : IAsyncLifetime
{
    private const string Title = "Detach App-Dev-ElasticTranscoder";

    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-keep-").FullName;
    private readonly Platform _platform = new();
    private readonly LaterTime _time = new();
    private SandboxServer _aws = null!;
    private MortalHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _aws = await SandboxServer.StartAsync(SandboxAccount.Default(TimeProvider.System), new SandboxOptions { Port = 0, ReportTime = TimeSpan.Zero }, TimeProvider.System, TestContext.Current.CancellationToken);
        _host = new MortalHost(Path.Combine(_folder, "bot.db"), _aws.Address, _platform, time: _time);
        await _host.PrepareAsync();
        await _host.SayAsync("paulo", "/unused app-dev");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task On_its_day_a_keep_ends_the_card_says_so_and_a_new_review_suggests_it_again()
    {
        var id = _platform.Cards["1"].Section(Title).Id!;
        await _host.PressAsync("martha", "1", $"keep:{id}", ("reason", "The launch film"), ("until", "90d"));
        Assert.Equal(ProposalState.Kept, (await FindAsync(id)).State);
        var until = $"{(await FindAsync(id)).Keeping!.Until:yyyy-MM-dd}";

        // Longer than any suggestion stands open, and a day less than was asked for.
        _time.Ahead = TimeSpan.FromDays(89);
        await UpkeepAsync();
        Assert.Equal($"Kept by martha until {until}: The launch film", Said("1", id));
        await _host.SayAsync("paulo", "/unused app-dev");
        Assert.Equal($"Kept by martha until {until}: The launch film", Assert.Single(Withheld("2")));
        Assert.DoesNotContain(_platform.Cards["2"].Sections(), section => section.Id is not null && section.Title.ToString().StartsWith(Title, StringComparison.Ordinal));

        _time.Ahead = TimeSpan.FromDays(90);
        await UpkeepAsync();
        Assert.StartsWith($"Kept by martha until {until}: The launch film. That time is over", Said("1", id));
        Assert.Empty(_platform.Cards["1"].Sections().Single(section => section.Id == id).Choices);
        var ended = Assert.Single(await _host.Get<IAuditTrail>().OfProposalAsync(id, CancellationToken.None), entry => entry.Event == "keep-ended");
        Assert.Equal(("bot", $"Detach `App-Dev-ElasticTranscoder` from group `app-dev`, kept until {until}: `The launch film`"), (ended.Actor, ended.Detail));
        await _host.SayAsync("paulo", "/unused app-dev");
        Assert.Empty(Withheld("3"));
        Assert.Equal(["Approve", "Keep", "Dismiss"], _platform.Cards["3"].Section(Title).Choices.Select(choice => choice.Label));
    }

    [Fact]
    public async Task A_press_that_comes_before_the_sweep_ends_the_keep_itself()
    {
        var id = _platform.Cards["1"].Section(Title).Id!;
        await _host.PressAsync("martha", "1", $"keep:{id}", ("reason", "The launch film"), ("until", "30d"));
        _time.Ahead = TimeSpan.FromDays(30);
        await _host.PressAsync("martha", "1", $"reopen:{id}");
        Assert.Equal(ProposalState.Expired, (await FindAsync(id)).State);
        Assert.Contains("That time is over", Said("1", id));
    }

    [Fact]
    public async Task What_is_suggested_again_stands_open_as_long_as_any_other()
    {
        var id = _platform.Cards["1"].Section(Title).Id!;
        await _host.PressAsync("martha", "1", $"keep:{id}", ("reason", "The launch film"), ("until", "365d"));
        _time.Ahead = TimeSpan.FromDays(20);
        await _host.PressAsync("paulo", "1", $"reopen:{id}");
        var reopened = await FindAsync(id);
        Assert.Equal((ProposalState.Proposed, null, null), (reopened.State, reopened.Keeping, reopened.DecidedBy));
        _time.Ahead = TimeSpan.FromDays(26);
        await UpkeepAsync();
        Assert.Equal(ProposalState.Proposed, (await FindAsync(id)).State);
        _time.Ahead = TimeSpan.FromDays(28);
        await UpkeepAsync();
        Assert.Equal(ProposalState.Expired, (await FindAsync(id)).State);
        Assert.Contains("nobody decided", Said("1", id));
        Assert.Equal(["expired", "reopened", "kept", "proposed"], (await _host.Get<IAuditTrail>().OfProposalAsync(id, CancellationToken.None)).Select(entry => entry.Event));
    }

    private Task UpkeepAsync() => _host.Get<Upkeep>().ExpireAsync(CancellationToken.None);

    private async Task<Proposal> FindAsync(string id) => (await _host.Get<IProposals>().FindAsync(id, CancellationToken.None))!;

    private string Said(string card, string id) => _platform.Cards[card].Sections().Single(section => section.Id == id).Blocks[0].Text();

    private IEnumerable<string> Withheld(string card) =>
        _platform.Cards[card].Sections().Where(section => section.Title.ToString().StartsWith("Withheld: " + Title, StringComparison.Ordinal)).Select(section => section.Blocks[0].Text());

    /// <summary>The time of day, some days ahead; waits are as long as ever.</summary>
    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
