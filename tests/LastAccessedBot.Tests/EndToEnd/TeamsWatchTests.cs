using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Tests.Surfaces;
using LastAccessedBot.Tests.Surfaces.Teams;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;
using static LastAccessedBot.Tests.Surfaces.Teams.TeamsScene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>In Teams, somebody misses what a trim took.</summary>
[Collection(nameof(TeamsHosts))]
public sealed class TeamsWatchTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-ElasticTranscoder from group app-dev";

    private TeamsScene _scene = null!;

    private TeamsPeople People => _scene.People;

    public async ValueTask InitializeAsync() => _scene = await StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Whoever_misses_something_is_asked_about_in_the_conversation_of_the_card_and_one_press_gives_it_back()
    {
        var before = _scene.Scene.Account;
        var card = await People.AskAsync(Paulo, "app-dev");
        await People.PressAsync(Maria, card, Detach, "Approve", "Applied on");
        _scene.Scene.Aws.Account.Change(state => state.Users["nikki-wolf"].Denied["elastictranscoder:ListJobsByPipeline"] = When.At(TimeProvider.System.GetUtcNow().AddHours(6)));
        await _scene.Scene.LookAfterTrimsAsync(TimeSpan.FromHours(7));
        var alert = _scene.Teams.SeenBy(Paulo, card.Chat)[^1];
        var seen = TeamsEyes.Read(alert, Maria);
        Assert.Contains("Restore? Somebody misses what this took: Detach App-Dev-ElasticTranscoder from group app-dev", seen.Words);
        Assert.Contains("user nikki-wolf was denied elastictranscoder:ListJobsByPipeline", seen.Words);

        var restore = Assert.Single(seen.Buttons);
        Assert.Equal("Restore", restore.Label);
        Assert.Contains("You may not decide about group", (await People.ToldAsync(Nikhil, alert, restore.Value)).Words);
        Assert.Equal(["DetachGroupPolicy"], _scene.Scene.Writes);
        await People.PressAsync(Maria, alert, restore.Value);
        await _scene.Teams.WhenAsync(() => TeamsEyes.Read(alert, Paulo) is var settled && !settled.Buttons.Any() && settled.Words.Contains("Undone by María García", StringComparison.Ordinal), "the question says that it is settled");
        Assert.Equal(["DetachGroupPolicy", "AttachGroupPolicy"], _scene.Scene.Writes);
        Assert.Equal(before, _scene.Scene.Account);
        await People.SaysAsync(Paulo, card, Detach, "Undone by María García");
    }
}
