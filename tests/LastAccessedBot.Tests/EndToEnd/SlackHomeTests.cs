using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using static LastAccessedBot.Tests.EndToEnd.SlackScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Over signed requests.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackHomeOverHttpTests() : SlackHomeTests(WayIn.Http);

/// <summary>Over connections that the bot opened.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackHomeOverSocketModeTests() : SlackHomeTests(WayIn.SocketMode);

/// <summary>The Home tab as its people live with it.</summary>
public abstract class SlackHomeTests : IAsyncLifetime
{
    private const string Title = "Detach App-Dev-ElasticTranscoder from group app-dev", Delete = "Delete the policy App-Dev-ElasticTranscoder";

    private readonly WayIn _way;

    private SlackScene _scene = null!;

    private protected SlackHomeTests(WayIn way) => _way = way;

    private SlackPeople People => _scene.People;

    private SimulatedSlack Slack => _scene.Slack;

    private Scene Aws => _scene.Scene;

    public async ValueTask InitializeAsync() => _scene = await SlackScene.StartAsync(_way);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _scene.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_is_approved_at_home_and_taken_back_there()
    {
        var before = Aws.Account;
        var card = await People.AskAsync(Nikhil, "app-dev");
        // María decides as a member of the group that owns app-dev.
        var home = await People.OpenHomeAsync(Maria);
        Assert.Contains("One decision waits for you", home.Words);
        Assert.Contains("*About:* group `app-dev`", home.Words);
        Assert.Matches(@"\*Risk:\* \*Low\.\*.*\n.*\n\*Expires:\* 20\d\d-.*\n\*Asked by:\* `Nikhil Jayashankar`\n\*Card:\* <#C0GENERAL>", home.Words);
        Assert.Equal(["Approve", "Keep", "Dismiss", "Details"], home.Buttons.Select(button => button["text"]!["text"]!.GetValue<string>()));
        Assert.Contains("Detach", home.Buttons.First()["confirm"]!["text"]!["text"]!.GetValue<string>());

        await People.PressAtHomeAsync(Maria, SlackPeople.ButtonOf(home, Title, "Approve"));
        await Slack.WhenAsync(() => SlackPeople.PartOf(card, Title).Contains("approved by María García", StringComparison.Ordinal) && SlackPeople.PartOf(card, Title).Contains("Applied on", StringComparison.Ordinal), "the channel's card follows");
        home = await People.WhenHomeAsync(Maria, seen => seen.Words.Contains("Nothing waits for you", StringComparison.Ordinal) && SlackPeople.PartOf(seen, Title).Contains("Applied on", StringComparison.Ordinal), "the Home shows the decision");
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);

        await People.PressAtHomeAsync(Maria, SlackPeople.ButtonOf(home, Title, "Undo"));
        await Slack.WhenAsync(() => SlackPeople.PartOf(card, Title).Contains("Undone by María García", StringComparison.Ordinal), "the channel's card tells of the undo");
        await People.WhenHomeAsync(Maria, seen => SlackPeople.PartOf(seen, Title).Contains("Undone by María García", StringComparison.Ordinal), "the Home tells of the undo");
        Assert.Equal(before, Aws.Account);
    }

    [Fact]
    public async Task What_is_needed_is_kept_at_home()
    {
        var card = await People.AskAsync(Nikhil, "app-dev");
        var home = await People.OpenHomeAsync(Maria);
        await People.PressAtHomeAsync(Maria, SlackPeople.ButtonOf(home, Title, "Keep"));
        await Slack.WhenAsync(() => Slack.OpenViews.ContainsKey("last"), "the form opens");
        Assert.Contains("\"errors\":{\"reason\":", (await People.DeliverAsync("interactive", People.Submit(Maria, ("until", "30d")))).Body);
        Assert.Equal(new SlackAnswer(200, ""), await People.DeliverAsync("interactive", People.Submit(Maria, ("reason", "The launch film"), ("until", "30d"))));
        await Slack.WhenAsync(() => SlackPeople.PartOf(card, Title).Contains("Kept by María García until", StringComparison.Ordinal), "the channel's card follows");
        await People.WhenHomeAsync(Maria, seen => SlackPeople.PartOf(seen, Title).Contains("Kept by María García until", StringComparison.Ordinal), "the Home shows the decision");
        Assert.Empty(Aws.Writes);
    }

    [Fact]
    public async Task What_needs_a_second_person_waits_for_them_and_tells_the_first_why()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        await People.OpenHomeAsync(Martha);
        await People.OpenHomeAsync(Paulo);
        await People.PressAsync(Paulo, card, Title, "Approve", "Applied on");
        await People.WhenHomeAsync(Martha, seen => SlackPeople.PartOf(seen, Delete).Length > 0, "the deletion waits for Martha");
        Assert.Contains("One decision waits for you", Slack.Homes[Martha].Seen.Words);
        var home = await People.WhenHomeAsync(Paulo, seen => SlackPeople.PartOf(seen, Delete).Length > 0, "the deletion is open for Paulo's teams");
        Assert.Contains("Nothing waits for you", home.Words);
        Assert.Contains("Open for your teams", home.Words);
        Assert.Contains("needs a second pair of eyes: you approved the step before it", SlackPeople.PartOf(home, Delete));
        Assert.Throws<Xunit.Sdk.XunitException>(() => SlackPeople.ButtonOf(home, Delete, "Approve"));
    }

    [Theory]
    [InlineData(Nikki, true)]
    [InlineData(Nikhil, false)]
    [InlineData(Guest, false)]
    [InlineData(Outsider, false)]
    public async Task Who_may_not_decide_is_refused_in_the_direct_conversation(string user, bool mayDecide)
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        var value = SlackPeople.ButtonOf(card, Title, "Approve");
        var home = await People.OpenHomeAsync(user);
        Assert.Equal(mayDecide, home.Buttons.Any(button => button["value"]!.GetValue<string>() == value));
        if (mayDecide) return;
        await People.PressAtHomeAsync(user, value);
        await Slack.WhenAsync(() => Slack.SeenBy(user, "D0" + user).Count > 0, "the presser is told");
        Assert.Contains("You may not decide about group `app-dev`", Slack.SeenBy(user, "D0" + user)[0].Text);
        Assert.DoesNotContain(Slack.Posts, post => post.Channel == SimulatedSlack.General && post.OnlyFor is not null);
        Assert.DoesNotContain(Slack.Calls, call => call.Method == "chat.postEphemeral");
        await People.PressAtHomeAsync(user, "details:" + value.Split(':')[1] + ":0");
        await Slack.WhenAsync(() => Slack.OpenViews.ContainsKey("last"), "a modal opens");
        Assert.DoesNotContain("Elastic", Slack.OpenViews["last"].View.ToJsonString());
        Assert.Empty(Aws.Writes);
    }

    [Fact]
    public async Task The_case_opens_as_a_modal_before_anybody_approves()
    {
        await People.AskAsync(Paulo, "Development");
        var home = await People.OpenHomeAsync(Martha);
        await People.PressAtHomeAsync(Martha, SlackPeople.ButtonOf(home, "Narrow ExampleDevelopment", "Details"));
        await Slack.WhenAsync(() => Slack.OpenViews.ContainsKey("last"), "a modal opens");
        Assert.Equal("modal", Slack.OpenViews["last"].View["type"]!.GetValue<string>());
        Assert.Contains("NotAction", Slack.OpenViews["last"].View.ToJsonString());
        Assert.Equal(1, Slack.Homes[Martha].Publishings);

        var trigger = Slack.NewTrigger();
        Slack.Triggers[trigger].IsExpired = true;
        await People.PressAtHomeAsync(Martha, SlackPeople.ButtonOf(home, "Narrow ExampleDevelopment", "Details"), trigger);
        await Slack.WhenAsync(() => Slack.SeenBy(Martha, "D0" + Martha).Count > 0, "the presser is told");
        Assert.Contains("press Details once more", Slack.SeenBy(Martha, "D0" + Martha)[0].Words, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Sixty_open_proposals_are_turned_through_and_a_hostile_name_is_text()
    {
        var card = await People.AskAsync(Paulo, "Development");
        await People.PressAsync(Paulo, card, "Take unused actions out of ExampleDevelopment", "Dismiss", "Dismissed by");
        var like = SlackPeople.ButtonOf(card, "Narrow ExampleDevelopment", "Approve").Split(':')[1];
        await Aws.ProposeAsync(like, 59, (one, number) => one with { Trim = one.Trim with { Title = Prose.Of($"Narrow {$"<!channel> {number}"}") }, ProposedAt = one.ProposedAt.AddMinutes(number + 1) });
        var home = await People.OpenHomeAsync(Martha);
        Assert.Contains("60 decisions wait for you", home.Words);
        List<string> seen = [.. Titles(home)];
        for (var page = 2; page <= 10; page++)
        {
            await People.PressAtHomeAsync(Martha, home.Buttons.Single(button => button["text"]!["text"]!.GetValue<string>() == "Next")["value"]!.GetValue<string>());
            home = await People.WhenHomeAsync(Martha, one => one.Words.Contains($"Page {page} of 10", StringComparison.Ordinal), $"page {page} is shown");
            seen.AddRange(Titles(home));
        }
        Assert.Equal(60, seen.Distinct().Count());
        Assert.Equal(60, seen.Count);
        Assert.DoesNotContain(home.Buttons, button => button["text"]!["text"]!.GetValue<string>() == "Next");
        Assert.Contains("`&lt;!channel&gt; 58`", home.Words);
        // A change shows on the page that she is at, and a page that is gone is the nearest.
        await People.PressAtHomeAsync(Martha, "home:99");
        await People.PressAtHomeAsync(Martha, home.Buttons.First(button => button["text"]!["text"]!.GetValue<string>() == "Dismiss")["value"]!.GetValue<string>());
        await People.WhenHomeAsync(Martha, one => one.Words.Contains("59 decisions wait for you", StringComparison.Ordinal) && one.Words.Contains("Page 10 of 10", StringComparison.Ordinal), "the last page follows");

        static IEnumerable<string> Titles(SlackPost home) => Regex.Matches(home.Words, @"^:warning: \*Narrow\* (\S+ ?\d*)", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
    }

    [Fact]
    public async Task A_Home_that_Slack_makes_wait_holds_up_no_press()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        await People.OpenHomeAsync(Martha);
        Slack.Faults.Throttled["views.publish"] = (1, 60);
        await People.PressAsync(Paulo, card, Title, "Approve", "Applied on");
        await People.PressAsync(Paulo, card, Title, "Undo", "Undone by");
        Assert.Equal(1, Slack.Homes[Martha].Publishings);
        Assert.Equal(2, Slack.Calls.Count(call => call.Method == "views.publish"));
    }

    [Fact]
    public async Task The_next_process_goes_on_with_the_Homes_that_are_open()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        await People.OpenHomeAsync(Maria);
        await _scene.RestartAsync();
        await People.PressAsync(Paulo, card, Title, "Approve", "Applied on");
        await People.WhenHomeAsync(Maria, seen => SlackPeople.PartOf(seen, Title).Contains("Applied on", StringComparison.Ordinal), "the Home follows");
    }

    [Fact]
    public async Task What_another_host_published_since_is_not_covered_by_an_older_reading()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        await People.OpenHomeAsync(Maria);
        Slack.Change(() => Slack.Homes[Maria] = Slack.Homes[Maria] with { Hash = "of another host" });
        await People.PressAsync(Paulo, card, Title, "Dismiss", "Dismissed by");
        await People.WhenHomeAsync(Maria, seen => SlackPeople.PartOf(seen, Title).Contains("Dismissed by", StringComparison.Ordinal), "the Home is drawn once more");
        Assert.Contains(Slack.Calls, call => call is { Method: "views.publish", Error: "hash_conflict" });
    }

    [Fact]
    public async Task A_button_of_a_message_means_nothing_there_that_belongs_to_a_Home()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        Assert.Contains("means nothing to me", (await People.ToldAsync(Paulo, card, "home:2")).Text);
        Assert.Empty(Slack.Homes);
    }
}
