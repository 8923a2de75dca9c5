using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What is kept beyond a suggestion: a service, a policy, a whole target, on every card that would take it away. Days pass as the test says.</summary>
[Collection(nameof(EndToEnd))]
public sealed class KeepScopeTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-ElasticTranscoder", Narrow = "Narrow ExamplePolicy1";

    private DigestRoom _room = null!;

    private Card Newest => _room.Platform.Newest;

    public async ValueTask InitializeAsync() => _room = await DigestRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_service_that_is_kept_counts_as_unknown_until_it_is_kept_no_more()
    {
        await _room.SayAsync("/unused app-dev");
        var card = _room.NewestId;
        await _room.SayAsync("/unused keep app-dev service elastictranscoder 90d the yearly re-encoding");
        Assert.Equal("Kept: service elastictranscoder of group app-dev", Newest.Title.ToString());
        Assert.Contains("Kept by paulo until", Newest.Text());
        // The card that stands follows, and its button is gone.
        Assert.DoesNotContain(Buttons(_room.Platform.Cards[card]), button => button == "Approve");
        Assert.Contains("the yearly re-encoding", _room.Platform.Cards[card].Text());
        await ListedAsync("1 thing is kept", "service elastictranscoder of group app-dev", "the yearly re-encoding");
        await _room.PressAsync("stranger", _room.NewestId, Assert.Single(Newest.Choices).Id);
        Assert.Contains("You may not decide about group app-dev", _room.Platform.Told[^1].Title.ToString());
        await _room.PressAsync("martha", _room.NewestId, Assert.Single(Newest.Choices).Id);
        Assert.Equal("Kept no more: service elastictranscoder of group app-dev", Newest.Title.ToString());
        await OfferedAsync("app-dev", Detach);
        Assert.Equal(["kept", "unkept"], (await _room.Host.Get<IAuditTrail>().ReadAsync(null, 100, CancellationToken.None)).Select(entry => entry.Event).Where(what => what is "kept" or "unkept").Reverse());
    }

    [Theory]
    [InlineData("keep user maria-garcia service elastictranscoder 7d why", "app-dev", Detach)]
    [InlineData("keep user maria-garcia 7d why", "app-dev", Detach)]
    [InlineData("keep app-dev policy App-Dev-ElasticTranscoder 7d why", "app-dev", Detach)]
    [InlineData("keep app-dev policy app-dev-elastictranscoder 7d why", "policy App-Dev-ElasticTranscoder", Detach)]
    [InlineData("keep policy App-Dev-ElasticTranscoder 7d why", "app-dev", Detach)]
    [InlineData("keep role IAMExampleRole 7d why", "policy ExamplePolicy1", Narrow)]
    [InlineData("keep role IAMExampleRole service ec2 7d why", "policy ExamplePolicy1", Narrow)]
    [InlineData("snooze app-dev 7d", "app-dev", Detach)]
    public async Task What_is_kept_is_taken_away_by_no_card_and_is_suggested_again_when_its_time_is_over(string line, string target, string title)
    {
        await OfferedAsync(target, title);
        await _room.SayAsync($"/unused {line}");
        await _room.SayAsync($"/unused {target}");
        Assert.DoesNotContain("Approve", Newest.Sections().Where(section => section.Title.ToString().StartsWith(title, StringComparison.Ordinal)).SelectMany(section => section.Choices).Select(choice => choice.Label));
        Assert.Matches("(Kept|Snoozed) by paulo until", Newest.Text());
        _room.Clock.Now += TimeSpan.FromDays(7);
        await OfferedAsync(target, title);
    }

    [Theory]
    [InlineData("keep app-dev service s3 90d why", "app-dev", Detach)]
    [InlineData("keep app-dev policy App-Dev-Route53 90d why", "app-dev", Detach)]
    [InlineData("keep user martha-rivera 90d why", "app-dev", Detach)]
    [InlineData("keep Development 90d why", "app-dev", Detach)]
    [InlineData("keep user nikhilj service s3 90d why", "policy ExamplePolicy1", Narrow)]
    public async Task What_is_kept_elsewhere_stands_against_nothing(string line, string target, string title)
    {
        await _room.SayAsync($"/unused {line}");
        Assert.StartsWith("Kept: ", Newest.Title.ToString());
        await OfferedAsync(target, title);
    }

    [Fact]
    public async Task On_a_card_more_may_be_kept_than_the_suggestion_and_suggesting_again_lets_all_of_it_go()
    {
        await _room.SayAsync("/unused app-dev");
        var (card, section) = (_room.NewestId, Newest.Section(Detach));
        var form = section.Choices.Single(choice => choice.Label == "Keep").Form!;
        Assert.Equal(["This suggestion", "Policy App-Dev-ElasticTranscoder of group app-dev", "All of group app-dev"], form.Fields.OfType<Field.OneOf>().Last().Options.Select(option => option.Label));
        await _room.Host.PressAsync("martha", card, section.Choice("Keep"), ("reason", "for the audit"), ("until", "90d"), ("scope", "all"));
        Assert.Equal(ProposalState.Kept, (await _room.Host.Get<IProposals>().FindAsync(section.Id!, CancellationToken.None))!.State);
        Assert.Equal(1, _room.Platform.Cards[card].Sections().Count(one => one.Title.ToString().StartsWith(Detach, StringComparison.Ordinal)));
        await ListedAsync("1 thing is kept", "group app-dev", "for the audit");
        await _room.PressAsync("martha", card, _room.Platform.Cards[card].Section(Detach).Choice("Suggest again"));
        await _room.SayAsync("/unused keeps");
        Assert.Equal("Nothing is kept", Newest.Title.ToString());
        await OfferedAsync("app-dev", Detach);
    }

    [Fact]
    public async Task A_keep_that_comes_between_approval_and_application_is_heeded()
    {
        await _room.SayAsync("/unused app-dev");
        var id = Newest.Section(Detach).Id!;
        // The press is taken; before its work begins somebody keeps the service.
        var (proposals, now) = (_room.Host.Get<IProposals>(), _room.Clock.Now);
        var open = (await proposals.FindAsync(id, CancellationToken.None))!;
        await proposals.MoveAsync(open, open with { State = ProposalState.Approved, Revision = open.Revision + 1, DecidedBy = "chat:martha", DecidedAt = now }, new(now, "chat:martha", "approved", open.ReviewId, id, open.Subject.Words, ""), CancellationToken.None);
        await _room.SayAsync("/unused keep app-dev service elastictranscoder 90d why");
        await _room.Host.Get<ApplyTrim>().RunAsync(id, CancellationToken.None);
        Assert.Equal(ProposalState.Drifted, (await proposals.FindAsync(id, CancellationToken.None))!.State);
        Assert.Contains("App-Dev-ElasticTranscoder", _room.Aws.Account.Read(state => string.Join(' ', state.Groups["app-dev"].Attached)));
    }

    private async Task OfferedAsync(string target, string title)
    {
        await _room.SayAsync($"/unused {target}");
        Assert.Contains("Approve", Newest.Section(title).Choices.Select(choice => choice.Label));
    }

    private async Task ListedAsync(string title, params string[] texts)
    {
        await _room.SayAsync("/unused keeps");
        Assert.Equal(title, Newest.Title.ToString());
        Assert.All(texts, text => Assert.Contains(text, Newest.Text(), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Buttons(Card card) => card.Sections().SelectMany(section => section.Choices).Select(choice => choice.Label);
}
