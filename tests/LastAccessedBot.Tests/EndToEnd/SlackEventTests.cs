using System.Text;
using System.Text.Json.Nodes;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Events at the bot's address and over its connections: what is Slack's, what is taken, and what is left.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackEventTests : IAsyncLifetime
{
    private const string Address = "/slack/events", Json = "application/json", Challenge = """{"token":"legacy","type":"url_verification","challenge":"3eZbrw1aB10FEMAGAZd4FyFQ"}""";

    private SlackScene _scene = null!;

    private SlackPeople People => _scene.People;

    private SimulatedSlack Slack => _scene.Slack;

    private Scene Aws => _scene.Scene;

    public async ValueTask InitializeAsync() => _scene = await SlackScene.StartAsync(WayIn.Both);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_challenge_is_answered_where_the_signature_is_Slacks()
    {
        using var answer = await People.SendAsync(SlackPeople.Signed(Address, Challenge, Json));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("3eZbrw1aB10FEMAGAZd4FyFQ", JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["challenge"]!.GetValue<string>());
        using var foreign = await People.SendAsync(SlackPeople.Signed(Address, Challenge, Json, secret: "other"));
        Assert.Equal(401, (int)foreign.StatusCode);
        Assert.DoesNotContain("3eZbrw", await foreign.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_not_Slacks_is_refused_before_it_is_read()
    {
        var body = SlackPeople.Event(new JsonObject { ["type"] = "app_home_opened", ["user"] = SlackScene.Paulo, ["tab"] = "home" }).ToJsonString();
        var bodies = new (string Case, HttpRequestMessage Request, int Status)[]
        {
            ("another secret", SlackPeople.Signed(Address, body, Json, secret: "other"), 401),
            ("an old stamp", SlackPeople.Signed(Address, body, Json, seconds: -302), 401),
            ("no headers", new HttpRequestMessage(HttpMethod.Post, Address) { Content = new StringContent(body, Encoding.UTF8, Json) }, 401),
            ("10 MB", SlackPeople.Signed(Address, body + new string(' ', 10_000_000), Json), 413),
            ("a form", SlackPeople.Signed(Address, "payload=" + Uri.EscapeDataString(body)), 415),
            ("a form that says JSON", SlackPeople.Signed(Address, "payload=" + Uri.EscapeDataString(body), Json), 400),
            ("nothing", SlackPeople.Signed(Address, "", Json), 400),
            ("half an object", SlackPeople.Signed(Address, body[..^1], Json), 400),
            ("deep JSON", SlackPeople.Signed(Address, new string('[', 5_000), Json), 400),
            ("an array for an object", SlackPeople.Signed(Address, "[1,2]", Json), 400),
            ("no type", SlackPeople.Signed(Address, "{}", Json), 400),
            ("a type that is a number", SlackPeople.Signed(Address, """{"type":7}""", Json), 400),
            ("a type that is half a character", SlackPeople.Signed(Address, """{"type":"\ud800"}""", Json), 400),
            ("a name that is half a character", SlackPeople.Signed(Address, """{"\ud800":1}""", Json), 400),
            ("a challenge of 10 kB", SlackPeople.Signed(Address, Challenge.Replace("3eZbrw", new string('x', 10_000), StringComparison.Ordinal), Json), 400),
            ("no event", SlackPeople.Signed(Address, """{"type":"event_callback","team_id":"T0ACME","event_id":"Ev1"}""", Json), 400),
            ("no id", SlackPeople.Signed(Address, body.Replace("event_id", "id", StringComparison.Ordinal), Json), 400),
            ("a team that is a path", SlackPeople.Signed(Address, body.Replace(SimulatedSlack.Team, "../etc", StringComparison.Ordinal), Json), 400),
        };
        foreach (var (name, request, status) in bodies)
        {
            using var answer = await People.SendAsync(request);
            Assert.Equal((name, status), (name, (int)answer.StatusCode));
        }
        Assert.Equal(0, await Aws.DeliveriesAsync("event"));
    }

    [Fact]
    public async Task One_event_delivered_again_by_either_way_has_one_effect()
    {
        var opened = SlackPeople.Event(People.HomeOpened(SlackScene.Maria), "Ev0SAME");
        // The first that arrives says that it is a repetition: the one before may have died on its way.
        for (var retry = 1; retry <= 3; retry++)
        {
            using var request = SlackPeople.Signed(Address, opened.ToJsonString(), Json);
            request.Headers.Add("x-slack-retry-num", $"{retry}");
            request.Headers.Add("x-slack-retry-reason", "http_timeout");
            using var answer = await People.SendAsync(request);
            Assert.Equal(200, (int)answer.StatusCode);
            await Slack.Sockets.DeliverAsync("events_api", opened);
        }
        await Slack.WhenAsync(() => Slack.Homes.ContainsKey(SlackScene.Maria), "the Home is published");
        await People.OpenHomeAsync(SlackScene.Paulo);
        Assert.Equal(1, Slack.Homes[SlackScene.Maria].Publishings);
        Assert.Equal(2, await Aws.DeliveriesAsync("event"));
    }

    [Fact]
    public async Task What_a_bot_did_and_what_was_opened_beside_the_Home_tab_is_left()
    {
        var byBot = People.HomeOpened(SlackScene.Paulo);
        byBot["bot_id"] = "B0OTHER";
        Assert.Equal(new SlackAnswer(200, ""), await People.DeliverAsync("events_api", SlackPeople.Event(byBot)));
        Assert.Equal(0, await Aws.DeliveriesAsync("event"));
        var messages = People.HomeOpened(SlackScene.Paulo);
        messages["tab"] = "messages";
        var itself = People.HomeOpened(SimulatedSlack.BotUser);
        var elsewhere = SlackPeople.Event(People.HomeOpened(SlackScene.Paulo));
        elsewhere["team_id"] = "T0FOREIGN";
        foreach (var told in new[] { SlackPeople.Event(messages), SlackPeople.Event(itself), elsewhere }) Assert.Equal(new SlackAnswer(200, ""), await People.DeliverAsync("events_api", told));
        await People.OpenHomeAsync(SlackScene.Martha);
        Assert.Equal([SlackScene.Martha], Slack.Homes.Keys);
    }

    [Fact]
    public async Task What_nobody_waits_for_is_acknowledged_and_not_stored()
    {
        var said = SlackPeople.Event(new JsonObject { ["type"] = "message", ["channel"] = SimulatedSlack.General, ["user"] = SlackScene.Paulo, ["text"] = "hello" });
        Assert.Equal(new SlackAnswer(200, ""), await People.DeliverAsync("events_api", said));
        Assert.Equal(new SlackAnswer(200, ""), await People.DeliverAsync("events_api", new JsonObject { ["type"] = "app_rate_limited", ["team_id"] = SimulatedSlack.Team }));
        Assert.Null((await Slack.Sockets.DeliverAsync("events_api", said))["payload"]);
        Assert.Equal(0, await Aws.DeliveriesAsync("event"));
    }
}
