using LastAccessedBot.Tests.Surfaces.Slack.Simulated;
using static LastAccessedBot.Tests.EndToEnd.SlackScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What Slack delivers again, by whichever way.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackRepetitionTests
{
    private const string Title = "Detach App-Dev-ElasticTranscoder from group app-dev";

    [Fact]
    public async Task A_thousand_deliveries_of_one_press_over_two_sockets_and_HTTP_have_one_effect()
    {
        await using var scene = await SlackScene.StartAsync(WayIn.Both);
        var card = await scene.People.AskAsync(Paulo, "app-dev");
        var press = scene.People.Press(Maria, card, SlackPeople.ButtonOf(card, Title, "Approve"));
        await scene.Slack.WhenAsync(() => scene.Slack.Sockets.Lines.Count == 2, "both connections stand");
        using var several = new SemaphoreSlim(20);
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async number =>
        {
            await several.WaitAsync();
            try
            {
                if (number % 3 == 0) Assert.Equal(new SlackAnswer(200, ""), await scene.People.DeliverAsync("interactive", press));
                else await scene.Slack.Sockets.DeliverAsync("interactive", press, scene.Slack.Sockets.Lines[number % 3 - 1]);
            }
            finally
            {
                several.Release();
            }
        }));
        await scene.Slack.WhenAsync(() => SlackPeople.PartOf(card, Title).Contains("Applied on", StringComparison.Ordinal), "the trim is applied");
        Assert.Equal(["DetachGroupPolicy"], scene.Scene.Writes);
        Assert.DoesNotContain(scene.Slack.Posts, post => post.OnlyFor is not null);
        Assert.Equal(0, scene.Slack.Sockets.Stray);
    }

    [Fact]
    public async Task One_command_delivered_twice_posts_one_card()
    {
        await using var scene = await SlackScene.StartAsync();
        var command = scene.People.Command(Paulo, "app-dev");
        Assert.Equal(new SlackAnswer(200, ""), await scene.People.DeliverAsync("slash_commands", command));
        Assert.Equal(new SlackAnswer(200, ""), await scene.People.DeliverAsync("slash_commands", command));
        await scene.Slack.WhenAsync(() => scene.Slack.Posts.Any(post => post.Words.Contains("services unused", StringComparison.Ordinal)), "the card stands");
        Assert.Single(scene.Slack.Posts);
    }
}
