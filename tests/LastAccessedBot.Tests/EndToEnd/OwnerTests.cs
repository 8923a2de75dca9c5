using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Who decides, beside the settings: named by command and by tags, away and back, and reminded. Days pass as the test says.</summary>
[Collection(nameof(EndToEnd))]
public sealed class OwnerTests : IAsyncLifetime
{
    private DigestRoom _room = null!;

    private Card Newest => _room.Platform.Newest;

    private MortalHost Host => _room.Host;

    public async ValueTask InitializeAsync() => _room = await DigestRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Whoever_is_named_by_command_decides_and_whoever_is_taken_out_does_not()
    {
        await _room.SayAsync("/unused owner app-dev");
        Assert.Equal("Owners of group app-dev", Newest.Title.ToString());
        Assert.Contains("Nobody is named for it: its decisions are the admins', martha, paulo.", Newest.Text());
        await _room.SayAsync("/unused owner app-dev add @olga @team");
        Assert.Contains("Changed by paulo", Newest.Text());
        Assert.Contains("olga | by command", Newest.Text());
        // An owner names another, and is one by a group, too.
        await Host.SayAsync("tess", "/unused owner group app-dev add @omar");
        Assert.Contains("omar | by command", Newest.Text());
        Assert.False(await MayAsync("stranger"));
        Assert.True(await MayAsync("omar"));
        await _room.SayAsync("/unused owner app-dev remove @omar");
        Assert.False(await MayAsync("omar"));
        Assert.Equal(["owner-added", "owner-added", "owner-removed"], (await RecordAsync("owner-")).Select(entry => entry.Event));
        Assert.Equal("`olga` (`chat:olga`), `team` (`chat:team`)", (await RecordAsync("owner-"))[0].Detail);
    }

    [Theory]
    [InlineData("stranger", "/unused owner app-dev add @stranger", "You may not say who owns group app-dev", "Ask martha or paulo")]
    [InlineData("paulo", "/unused owner app-dev add @nobody", "@nobody is nobody that I know here", "pick the person")]
    [InlineData("paulo", "/unused owner ap-dev add @olga", "Nothing is called ap-dev", "Try group app-dev")]
    [InlineData("paulo", "/unused owner app-dev not-mine", "group app-dev is not yours already", "tells whose it is")]
    [InlineData("paulo", "/unused owner app-dev add olga", "olga mentions nobody", "after @")]
    [InlineData("paulo", "/unused away @paulo 3d", "You cannot decide in your own place", "somebody else")]
    [InlineData("paulo", "/unused away @team 3d", "team is a group", "one person")]
    [InlineData("paulo", "/unused away @olga 2020-01-01", "2020-01-01 is over", "last day")]
    [InlineData("paulo", "/unused back", "You are not away", "/unused away")]
    public async Task What_cannot_be_done_is_told_and_changes_nothing(string who, string line, string why, string help)
    {
        await Host.SayAsync(who, line);
        var told = _room.Platform.Told[^1];
        Assert.Contains(why, told.Title.ToString());
        Assert.Contains(help, told.Text(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await RecordAsync("owner-"));
        Assert.Empty(await Host.Get<IOwners>().AllAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_is_not_mine_goes_to_whom_I_name_or_to_the_admins()
    {
        await _room.SayAsync("/unused owner app-dev add @olga");
        await Host.SayAsync("olga", "/unused owner app-dev not-mine @omar");
        Assert.False(await MayAsync("olga"));
        Assert.True(await MayAsync("omar"));
        await Host.SayAsync("omar", "/unused owner app-dev not-mine");
        Assert.Contains("Nobody is named for it: its decisions are the admins'", Newest.Text());
        Assert.False(await MayAsync("omar"));
        Assert.Equal("`omar` does not own it", (await RecordAsync("owner-declined"))[^1].Detail);
    }

    [Fact]
    public async Task A_deputy_decides_while_somebody_is_away_and_no_longer()
    {
        await _room.SayAsync("/unused owner app-dev add @olga");
        await Host.SayAsync("olga", "/unused away @dana 3d");
        Assert.Equal("dana decides in the place of olga", Newest.Title.ToString());
        Assert.True(await MayAsync("dana"));
        await _room.SayAsync("/unused owner app-dev");
        Assert.Contains("olga | by command; away, dana decides until", Newest.Text());
        // What a deputy may, their own deputy may not.
        await Host.SayAsync("dana", "/unused away @dora 3d");
        Assert.False(await MayAsync("dora"));
        _room.Clock.Now += TimeSpan.FromDays(3);
        Assert.False(await MayAsync("dana"));
        await Host.SayAsync("olga", "/unused away @dana 2d");
        Assert.True(await MayAsync("dana"));
        await Host.SayAsync("olga", "/unused back");
        Assert.False(await MayAsync("dana"));
        // A guest decides in nobody's place.
        await Host.SayAsync("olga", "/unused away @guest 2d");
        Assert.False(await MayAsync("guest"));
        Assert.Equal(["away", "away", "back", "away"], (await RecordAsync("")).Where(entry => entry.Event is "away" or "back" && entry.Actor == "chat:olga").Select(entry => entry.Event));
    }

    [Fact]
    public async Task A_tag_names_owners_from_the_next_look_on_and_a_command_weighs_more()
    {
        await using var host = _room.AnotherHost(settings: [("Approvals:OwnerTag", "owner"), ("Approvals:Teams:platform:0", "chat:olga"), ("Approvals:Owners:user *:0", "chat:ursula")]);
        Assert.True(await MayAsync("ursula", "user nikhilj", host));
        _room.Aws.Account.Change(state => state.Users["nikhilj"].Tags["owner"] = "platform chat:omar somebody");
        await host.SayAsync("paulo", "/unused user nikhilj");
        Assert.True(await MayAsync("olga", "user nikhilj", host));
        Assert.True(await MayAsync("omar", "user nikhilj", host));
        // The likes of it are for those that nobody is named for.
        Assert.False(await MayAsync("ursula", "user nikhilj", host));
        Assert.True(await MayAsync("ursula", "user maria-garcia", host));
        Assert.Equal("tag `owner` says `platform chat:omar somebody`", Assert.Single(await RecordAsync("owner-tagged")).Detail);
        await host.SayAsync("paulo", "/unused owner user nikhilj remove @omar");
        Assert.Contains("Taken out by command, though the settings or its tag name them: omar", Newest.Text());
        await host.SayAsync("paulo", "/unused user nikhilj");
        Assert.False(await MayAsync("omar", "user nikhilj", host));
        _room.Aws.Account.Change(state => state.Users["nikhilj"].Tags.Remove("owner"));
        await host.SayAsync("paulo", "/unused user nikhilj");
        Assert.False(await MayAsync("olga", "user nikhilj", host));
    }

    [Fact]
    public async Task What_stands_undecided_is_reminded_of_once_and_on_its_last_day_and_never_twice_a_day()
    {
        await _room.SayAsync("/unused owner app-dev add @olga");
        await _room.SayAsync("/unused app-dev");
        await RemindAsync(TimeSpan.FromHours(23));
        Assert.DoesNotContain("wait", Newest.Title.ToString());
        await RemindAsync(TimeSpan.FromHours(2));
        Assert.Equal("1 decision waits here", Newest.Title.ToString());
        Assert.Contains("Detach App-Dev-ElasticTranscoder from group app-dev", Newest.Text());
        Assert.Contains("group app-dev: olga.", Newest.Text());
        Assert.Equal("run:/unused group app-dev", Assert.Single(Newest.Choices).Id);
        var reminder = _room.NewestId;
        // Something else comes to wait: it has to wait for tomorrow.
        await _room.SayAsync("/unused Development");
        var after = _room.Platform.Cards.Count;
        for (var hour = 0; hour < 22; hour++) await RemindAsync(TimeSpan.FromHours(1));
        Assert.Equal(after, _room.Platform.Cards.Count);
        await RemindAsync(TimeSpan.FromHours(4));
        Assert.Equal("3 decisions wait here", Newest.Title.ToString());
        Assert.Contains("group Development: nobody owns it; the admins decide: martha, paulo", Newest.Text());
        Assert.NotEqual(reminder, _room.NewestId);
        // Nothing until the day before the first expires, and two hosts remind once.
        for (var day = 0; day < 3; day++) await RemindAsync(TimeSpan.FromDays(1));
        Assert.Equal(after + 1, _room.Platform.Cards.Count);
        _room.Clock.Now += TimeSpan.FromDays(1);
        await Task.WhenAll(new[] { _room.AnotherHost(), _room.AnotherHost() }.Select(host => host.Get<RemindOwners>().RunAsync(CancellationToken.None)));
        Assert.Equal(after + 2, _room.Platform.Cards.Count);
        Assert.Equal(3, (await RecordAsync("reminded")).Length);
    }

    private Task RemindAsync(TimeSpan later)
    {
        _room.Clock.Now += later;
        return Host.Get<RemindOwners>().RunAsync(CancellationToken.None);
    }

    private static async Task<bool> MayAsync(string person, string subject, MortalHost host)
    {
        var (kind, name) = subject.Split(' ') is [var first, var rest] ? (first, rest) : ("", subject);
        var identity = new Core.Account.IdentityRef(kind == "user" ? Core.Account.IdentityKind.User : Core.Account.IdentityKind.Group, name);
        return (await host.Get<AuthorityOf>().ForAsync(new Person("chat", person, person), CancellationToken.None)).MayDecide($"chat:{person}", new Core.Trims.ReviewSubject.OfIdentity(identity));
    }

    private Task<bool> MayAsync(string person) => MayAsync(person, "group app-dev", Host);

    private async Task<Core.Audit.AuditEntry[]> RecordAsync(string what) =>
        [.. (await Host.Get<IAuditTrail>().ReadAsync(null, 200, CancellationToken.None)).Where(entry => entry.Event.StartsWith(what, StringComparison.Ordinal)).Reverse()];
}
