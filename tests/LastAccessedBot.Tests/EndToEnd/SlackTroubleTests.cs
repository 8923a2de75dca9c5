using System.Text;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using static LastAccessedBot.Tests.EndToEnd.SlackScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>When Slack, its network or its people make trouble: S9 of the scenarios.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackTroubleTests : IAsyncLifetime
{
    private const string Title = "Detach App-Dev-ElasticTranscoder from group app-dev";

    private SlackScene _scene = null!;

    private SlackPeople People => _scene.People;

    private SimulatedSlack Slack => _scene.Slack;

    private Scene Aws => _scene.Scene;

    public async ValueTask InitializeAsync() => _scene = await SlackScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(Guest)]
    [InlineData(Outsider)]
    [InlineData("U0STRANGER")]
    public async Task Who_may_not_decide_hears_whom_to_ask(string user)
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        var told = await People.ToldAsync(user, card, SlackPeople.ButtonOf(card, Title, "Approve"));
        Assert.Contains("You may not decide about group", told.Text);
        Assert.Contains("Ask", told.Words);
        Assert.Empty(Aws.Writes);
    }

    [Fact]
    public async Task Where_the_bot_is_not_the_typist_is_told_what_to_do()
    {
        Assert.Equal(new SlackAnswer(200, ""), await People.TypeAsync(Paulo, "app-dev", SimulatedSlack.Elsewhere));
        await Slack.WhenAsync(() => Slack.Posts.Count > 0, "the typist is told");
        var told = Assert.Single(Slack.Posts);
        Assert.Equal((Paulo, SimulatedSlack.Elsewhere), (told.OnlyFor, told.Channel));
        Assert.Contains("/invite", told.Words);
    }

    [Fact]
    public async Task Throttling_and_outages_of_Slack_cost_time_and_nothing_else()
    {
        Slack.Faults.Throttled["chat.postMessage"] = (1, 1);
        Slack.Faults.Throttled["chat.update"] = (2, 1);
        Slack.Faults.Broken["users.info"] = 1;
        var card = await People.AskAsync(Paulo, "app-dev");
        Slack.Faults.Broken["chat.update"] = 2;
        Slack.Faults.Lost["chat.update"] = 1;
        await People.PressAsync(Maria, card, Title, "Approve", "Applied on");
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);
        Assert.Single(Slack.Posts, post => post.OnlyFor is null);
    }

    [Fact]
    public async Task A_post_that_Slack_did_not_confirm_is_not_made_twice()
    {
        Slack.Faults.Lost["chat.postMessage"] = 1;
        Assert.Equal(new SlackAnswer(200, ""), await People.TypeAsync(Paulo, "app-dev"));
        await Slack.WhenAsync(() => Slack.Posts.Any(post => post.OnlyFor == Paulo), "the typist is told");
        Assert.Contains("did not confirm", Slack.Posts.Single(post => post.OnlyFor == Paulo).Text);
        Assert.Single(Slack.Calls, call => call.Method == "chat.postMessage");
    }

    [Fact]
    public async Task Where_blocks_are_refused_the_text_says_everything_that_matters()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        Slack.Faults.BlocksRefused = 100;
        await People.PressAsync(Maria, card, SlackPeople.ButtonOf(card, Title, "Approve"));
        await Slack.WhenAsync(() => card.Text.Contains("Applied on", StringComparison.Ordinal), "the text tells of the trim");
        Assert.Empty(card.Blocks);
        Assert.Contains("approved by `María García`", card.Text);
        Assert.Contains("/unused undo ", card.Text);
    }

    [Fact]
    public async Task What_was_acknowledged_is_obeyed_though_the_process_dies()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        await People.PressAsync(Maria, card, SlackPeople.ButtonOf(card, Title, "Approve"));
        await _scene.RestartAsync();
        await Slack.WhenAsync(() => SlackPeople.PartOf(card, Title).Contains("Applied on", StringComparison.Ordinal), "the trim is applied by the next process");
        Assert.Equal(["DetachGroupPolicy"], Aws.Writes);
    }

    [Fact]
    public async Task An_expired_trigger_asks_for_another_press()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        var trigger = Slack.NewTrigger();
        Slack.Triggers[trigger].IsExpired = true;
        Assert.Equal(new SlackAnswer(200, ""), await People.DeliverAsync("interactive", People.Press(Paulo, card, SlackPeople.ButtonOf(card, Title, "Details"), trigger)));
        await Slack.WhenAsync(() => Slack.Posts.Any(post => post.OnlyFor == Paulo), "the presser is told");
        Assert.Contains("press Details once more", Slack.Posts.Single(post => post.OnlyFor == Paulo).Words, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_not_Slacks_is_refused_before_it_is_read()
    {
        var body = SlackPeople.Form(People.Command(Paulo, "app-dev"));
        var bodies = new (string Case, HttpRequestMessage Request, int Status)[]
        {
            ("another secret", SlackPeople.Signed("/slack/commands", body, secret: "other"), 401),
            ("an old stamp", SlackPeople.Signed("/slack/commands", body, seconds: -302), 401),
            ("a future stamp", SlackPeople.Signed("/slack/commands", body, seconds: 302), 401),
            ("no headers", new HttpRequestMessage(HttpMethod.Post, "/slack/commands") { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") }, 401),
            ("10 MB", SlackPeople.Signed("/slack/commands", body + "&pad=" + new string('x', 10_000_000)), 413),
            ("JSON as a command", SlackPeople.Signed("/slack/commands", "{}", "application/json"), 415),
            ("an empty command", SlackPeople.Signed("/slack/commands", ""), 400),
            ("a command without a team", SlackPeople.Signed("/slack/commands", body.Replace("team_id", "team", StringComparison.Ordinal)), 400),
            ("a channel that is a path", SlackPeople.Signed("/slack/commands", body.Replace(SimulatedSlack.General, "..%2F..%2Fetc", StringComparison.Ordinal)), 400),
            ("no payload", SlackPeople.Signed("/slack/interactions", "nothing=1"), 400),
            ("two payloads", SlackPeople.Signed("/slack/interactions", "payload={}&payload={}"), 400),
            ("a payload that is no JSON", SlackPeople.Signed("/slack/interactions", "payload=%7B"), 400),
            ("deep JSON", SlackPeople.Signed("/slack/interactions", "payload=" + string.Concat(Enumerable.Repeat("%5B", 5_000))), 400),
            ("an array for an object", SlackPeople.Signed("/slack/interactions", "payload=[1,2]"), 400),
            ("numbers for texts", SlackPeople.Signed("/slack/interactions", "payload=" + Uri.EscapeDataString("""{"type":"block_actions","user":{"id":7},"actions":[{"value":{}}]}""")), 400),
        };
        foreach (var (name, request, status) in bodies)
        {
            using var answer = await People.SendAsync(request);
            Assert.Equal((name, status), (name, (int)answer.StatusCode));
        }
        Assert.Empty(Slack.Calls);
        await Aws.Bot.WhenLoggedAsync("Refused a request to /slack/", bodies.Length);
        Assert.DoesNotContain(SimulatedSlack.SigningSecret, Aws.Bot.Log);
        Assert.DoesNotContain("xoxb", Aws.Bot.Log);
    }
}
