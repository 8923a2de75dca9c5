using System.Net.Http.Json;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox.Model;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What becomes of a trim: whoever is denied what it took is asked about in the channel, and one press gives it back. Hours pass as the test says.</summary>
[Collection(nameof(EndToEnd))]
public sealed class WatchTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-ElasticTranscoder", Policy = "arn:aws:iam::123456789012:policy/App-Dev-ElasticTranscoder", Tried = "elastictranscoder:ListPipelines";

    private DigestRoom _room = null!;

    private Card Newest => _room.Platform.Newest;

    public async ValueTask InitializeAsync() => _room = await DigestRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Whoever_is_denied_what_a_trim_took_is_asked_about_and_one_press_gives_it_back()
    {
        var (review, id) = await DetachAsync();
        Hours(7);
        Deny("maria-garcia", Tried);
        await LookAsync(_room.Host);
        Assert.Equal("Restore? Somebody misses what this took: Detach App-Dev-ElasticTranscoder from group app-dev", Newest.Title.ToString());
        Assert.Contains($"Missed since: user maria-garcia was denied {Tried}, on {_room.Clock.Now:yyyy-MM-dd HH:mm} UTC.", Newest.Text());
        Assert.Contains("approved by martha", Newest.Text());
        var (alert, restore) = (_room.NewestId, Assert.Single(Newest.Choices));
        Assert.Equal(("Restore", $"undo:{id}"), (restore.Label, restore.Id));
        // The review's own card says it, too.
        Assert.Contains("Missed since: user maria-garcia", _room.Platform.Cards[review].Section(Detach).Text());
        Assert.Equal(["Restore"], _room.Platform.Cards[review].Section(Detach).Choices.Select(choice => choice.Label));
        Assert.Contains("missed", await EventsAsync(id));

        // Nobody is asked twice, and who else is denied stands in the same question.
        Hours(7);
        Deny("nikhilj", Tried);
        await LookAsync(_room.Host);
        Assert.Equal(alert, _room.NewestId);
        Assert.Matches("nikhilj was denied .*; user maria-garcia was denied", Newest.Text());

        await _room.PressAsync("paulo", alert, restore.Id);
        Assert.Contains("App-Dev-ElasticTranscoder", Attached("app-dev"));
        Assert.Equal("Somebody missed what this took: Detach App-Dev-ElasticTranscoder from group app-dev", _room.Platform.Cards[alert].Title.ToString());
        Assert.Contains("Undone by paulo", _room.Platform.Cards[alert].Text());
        Assert.Empty(_room.Platform.Cards[alert].Choices);
        Assert.Contains("Undone by paulo", _room.Platform.Cards[review].Section(Detach).Text());
        Hours(7);
        await LookAsync(_room.Host);
        Assert.Equal(ProposalState.Undone, (await _room.Host.Get<IProposals>().FindAsync(id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task A_trim_that_nobody_misses_says_what_it_achieved_and_asks_nothing()
    {
        var (review, id) = await DetachAsync();
        var before = _room.NewestId;
        // Right after it there is nothing to see yet.
        await LookAsync(_room.Host);
        Assert.DoesNotContain("looked-after", await EventsAsync(id));
        // Before the trim, of something else, and by somebody who had nothing to lose.
        Deny("maria-garcia", Tried, _room.Clock.Now.AddDays(-1));
        Deny("maria-garcia", "iam:ListUsers");
        Deny("martha-rivera", Tried);
        Hours(7);
        await LookAsync(_room.Host);
        Assert.Equal(before, _room.NewestId);
        Assert.Contains($"5 services are within reach; before it, 6 were. Nobody was denied what went, as of {_room.Clock.Now:yyyy-MM-dd}; it is watched until {_room.Clock.Now.AddDays(14).AddHours(-7):yyyy-MM-dd}.", _room.Platform.Cards[review].Section(Detach).Text());
        Assert.Equal(["Undo"], _room.Platform.Cards[review].Section(Detach).Choices.Select(choice => choice.Label));
        Assert.Equal(1, (await EventsAsync(id)).Count(one => one == "looked-after"));
        // Nothing new is nothing for the record.
        Hours(7);
        await LookAsync(_room.Host);
        Assert.Equal(1, (await EventsAsync(id)).Count(one => one == "looked-after"));
        // After two weeks nobody looks any more.
        Hours(24 * 14);
        Deny("maria-garcia", Tried);
        await LookAsync(_room.Host);
        Assert.Equal(before, _room.NewestId);
    }

    [Fact]
    public async Task Whoever_may_not_decide_may_not_restore()
    {
        var (_, id) = await DetachAsync();
        Hours(7);
        Deny("maria-garcia", Tried);
        await LookAsync(_room.Host);
        var alert = _room.NewestId;
        await _room.PressAsync("stranger", alert, $"undo:{id}");
        Assert.DoesNotContain("App-Dev-ElasticTranscoder", Attached("app-dev"));
        // Nor does a press count on a message that never asked.
        await _room.SayAsync("/unused Development");
        await _room.PressAsync("paulo", _room.NewestId, $"undo:{id}");
        Assert.DoesNotContain("App-Dev-ElasticTranscoder", Attached("app-dev"));
    }

    [Fact]
    public async Task A_role_is_found_by_its_sessions()
    {
        await _room.SayAsync("/unused policy ExamplePolicy1");
        await _room.PressAsync("martha", _room.NewestId, Newest.Section("Narrow ExamplePolicy1").Choice("Approve"));
        Hours(7);
        _room.Aws.Account.Change(state => state.Roles["IAMExampleRole"].Denied["ec2:DescribeInstances"] = When.At(_room.Clock.Now));
        await LookAsync(_room.Host);
        Assert.Contains("role IAMExampleRole was denied ec2:DescribeInstances", Newest.Text());
    }

    [Fact]
    public async Task Members_are_looked_up_by_name_without_a_call_each_and_namesakes_elsewhere_are_nobody()
    {
        await DetachAsync();
        Hours(7);
        Deny("maria-garcia", Tried);
        _room.Aws.Calls.Clear();
        await LookAsync(_room.Host);
        Assert.StartsWith("Restore?", Newest.Title.ToString());
        Assert.DoesNotContain(_room.Aws.Calls.All, call => call.Operation is "iam:GetUser" or "iam:ListGroupsForUser");
        var service = ((Parsed<ServiceNamespace>.Ok)ServiceNamespace.Parse("elastictranscoder")).Value;
        Assert.Single((await DeniedInAsync("123456789012")).Attempts);
        Assert.Empty((await DeniedInAsync("999999999999")).Attempts);

        Task<DeniedAttempts> DeniedInAsync(string account) => _room.Host.Get<ITrailReader>().DeniedAsync(account, [new IdentityRef(IdentityKind.User, "maria-garcia")], [service], _room.Clock.Now.AddHours(-1), CancellationToken.None);
    }

    [Fact]
    public async Task What_a_boundary_refuses_shows_in_the_report_of_whom_it_caps()
    {
        await _room.SayAsync("/unused cap user nikhilj");
        var trim = Newest.Sections().Single(section => section.Choices.Any(choice => choice.Label == "Approve"));
        await _room.PressAsync("martha", _room.NewestId, trim.Choice("Approve"));
        Assert.NotNull(_room.Aws.Account.Read(state => state.Users["nikhilj"].Boundary));
        Hours(7);
        _room.Aws.Account.Change(state => state.Users["nikhilj"].Used["cloudtrail:LookupEvents"] = When.At(_room.Clock.Now));
        await LookAsync(_room.Host);
        Assert.StartsWith("Restore?", Newest.Title.ToString());
        Assert.Contains("user nikhilj tried cloudtrail, which the boundary refuses", Newest.Text());
    }

    [Fact]
    public async Task Where_CloudTrail_refuses_the_card_says_what_is_missing()
    {
        var (review, _) = await DetachAsync();
        Hours(7);
        _room.Aws.Faults.Change(faults => faults with { AccessDenied = faults.AccessDenied.Add("cloudtrail:LookupEvents") });
        await LookAsync(_room.Host);
        Assert.Matches("Whether somebody missed it could not be told on .*cloudtrail:LookupEvents", _room.Platform.Cards[review].Section(Detach).Text());
    }

    [Fact]
    public async Task Two_hosts_ask_once_and_one_that_dies_before_it_noted_its_question_is_followed_by_another()
    {
        await DetachAsync();
        Hours(7);
        Deny("maria-garcia", Tried);
        var (one, other) = (_room.AnotherHost(), _room.AnotherHost());
        var before = _room.Platform.Cards.Count;
        await Task.WhenAll(LookAsync(one), LookAsync(other));
        Assert.Equal(before + 1, _room.Platform.Cards.Count);

        await using var again = await DigestRoom.OpenAsync();
        await again.SayAsync("/unused app-dev");
        await again.PressAsync("martha", again.NewestId, again.Platform.Newest.Section(Detach).Choice("Approve"));
        again.Clock.Now += TimeSpan.FromHours(7);
        again.Aws.Account.Change(state => state.Users["maria-garcia"].Denied[Tried] = When.At(again.Clock.Now));
        var cards = again.Platform.Cards.Count;
        await Assert.ThrowsAsync<DiedException>(() => LookAsync(again.AnotherHost(diesAt: 1)));
        again.Clock.Now += TimeSpan.FromHours(7);
        await LookAsync(again.Host);
        Assert.InRange(again.Platform.Cards.Count, cards + 1, cards + 2);
        Assert.StartsWith("Restore?", again.Platform.Newest.Title.ToString());
    }

    [Fact]
    public async Task The_sandbox_lets_somebody_try_and_remembers_that_it_was_denied()
    {
        using var http = new HttpClient { BaseAddress = _room.Aws.Address };
        Assert.Equal("""{"isAllowed":true}""", await TryAsync(new { user = "maria-garcia", action = Tried }));
        await _room.Somebody.DetachGroupPolicyAsync("app-dev", Policy, CancellationToken.None);
        Assert.Equal("""{"isAllowed":false}""", await TryAsync(new { user = "maria-garcia", action = Tried }));
        Assert.True(_room.Aws.Account.Read(state => state.Users["maria-garcia"].Denied.ContainsKey(Tried)));
        Assert.Contains("There is no user or role nobody", await TryAsync(new { user = "nobody", action = Tried }));

        async Task<string> TryAsync(object attempt) =>
            await (await http.PostAsJsonAsync("/_sandbox/attempts", attempt, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(string Review, string Id)> DetachAsync()
    {
        await _room.SayAsync("/unused app-dev");
        var (review, section) = (_room.NewestId, Newest.Section(Detach));
        await _room.PressAsync("martha", review, section.Choice("Approve"));
        Assert.DoesNotContain("App-Dev-ElasticTranscoder", Attached("app-dev"));
        return (review, section.Id!);
    }

    private void Deny(string user, string action, DateTimeOffset? at = null) =>
        _room.Aws.Account.Change(state => state.Users[user].Denied[action] = When.At(at ?? _room.Clock.Now));

    private string Attached(string group) => _room.Aws.Account.Read(state => string.Join(' ', state.Groups[group].Attached));

    private void Hours(int hours) => _room.Clock.Now += TimeSpan.FromHours(hours);

    private static Task LookAsync(MortalHost host) => host.Get<WatchTrims>().RunAsync(CancellationToken.None);

    private async Task<string[]> EventsAsync(string id) => [.. (await _room.Host.Get<IAuditTrail>().OfProposalAsync(id, CancellationToken.None)).Select(entry => entry.Event)];
}
