using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using static LastAccessedBot.Tests.EndToEnd.SlackScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>In Slack, somebody misses what a trim took.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackWatchTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-ElasticTranscoder from group app-dev";

    private SlackScene _scene = null!;

    private SlackPeople People => _scene.People;

    private SimulatedSlack Slack => _scene.Slack;

    public async ValueTask InitializeAsync() => _scene = await SlackScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Whoever_misses_something_is_asked_about_in_the_thread_of_the_card_and_in_the_channel_and_one_press_gives_it_back()
    {
        var before = _scene.Scene.Account;
        var card = await People.AskAsync(Paulo, "app-dev");
        await People.PressAsync(Maria, card, Detach, "Approve", "Applied on");
        var alert = await MissedAsync();
        var posted = Slack.Calls.Last(call => call.Method == "chat.postMessage").Arguments;
        Assert.Equal((card.Channel, card.Ts, true), (posted["channel"]!.GetValue<string>(), posted["thread_ts"]!.GetValue<string>(), posted["reply_broadcast"]!.GetValue<bool>()));
        Assert.StartsWith("Restore? Somebody misses what this took: Detach App-Dev-ElasticTranscoder from group app-dev", alert.Words);
        Assert.Matches("Missed since: user .*nikki-wolf.* was denied .*elastictranscoder:ListJobsByPipeline", alert.Words);

        var restore = Assert.Single(alert.Buttons)["value"]!.GetValue<string>();
        Assert.Contains("You may not decide about group", (await People.ToldAsync(Nikhil, alert, restore)).Text);
        Assert.Equal(["DetachGroupPolicy"], _scene.Scene.Writes);
        await People.PressAsync(Maria, alert, restore);
        await Slack.WhenAsync(() => alert.Words.Contains("Undone by", StringComparison.Ordinal), "the question says that it is settled");
        Assert.StartsWith("Somebody missed what this took", alert.Words);
        Assert.Empty(alert.Buttons);
        Assert.Equal(["DetachGroupPolicy", "AttachGroupPolicy"], _scene.Scene.Writes);
        Assert.Equal(before, _scene.Scene.Account);
        await Slack.WhenAsync(() => SlackPeople.PartOf(card, Detach).Contains("Undone by María García", StringComparison.Ordinal), "the card says it, too");
    }

    [Fact]
    public async Task The_question_stands_in_every_channel_that_has_the_card_each_in_its_own_thread()
    {
        var card = await People.AskAsync(Paulo, "app-dev");
        var second = await People.AskAsync(Nikhil, "app-dev", SimulatedSlack.Second);
        await People.PressAsync(Maria, second, Detach, "Approve", "Applied on");
        await MissedAsync();
        var replies = Slack.Calls.Where(call => call.Method == "chat.postMessage" && call.Arguments.ContainsKey("thread_ts")).Select(call => (call.Arguments["channel"]!.GetValue<string>(), call.Arguments["thread_ts"]!.GetValue<string>()));
        Assert.Equal([(card.Channel, card.Ts), (second.Channel, second.Ts)], replies.Order());
    }

    /// <summary>Hours later somebody was denied what the trim took; the question about it, as the first channel has it.</summary>
    private async Task<SlackPost> MissedAsync()
    {
        var before = Slack.SeenBy(Paulo).Count;
        _scene.Scene.Aws.Account.Change(state => state.Users["nikki-wolf"].Denied["elastictranscoder:ListJobsByPipeline"] = When.At(TimeProvider.System.GetUtcNow().AddHours(6)));
        await _scene.Scene.LookAfterTrimsAsync(TimeSpan.FromHours(7));
        return Assert.Single(Slack.SeenBy(Paulo).Skip(before));
    }
}
