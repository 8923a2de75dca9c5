using System.Text.Json.Nodes;
using LastAccessedBot.Tests.EndToEnd;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Slack;

/// <summary>The contract over signed requests.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackHttpContractTests(SlackHttpRoom room) : ChatSurfaceContract(room), IClassFixture<SlackHttpRoom>;

/// <summary>The contract over connections that the bot opened.</summary>
[Collection(nameof(SlackHosts))]
public sealed class SlackSocketModeContractTests(SlackSocketModeRoom room) : ChatSurfaceContract(room), IClassFixture<SlackSocketModeRoom>;

public sealed class SlackHttpRoom() : SlackRoom(WayIn.Http);

public sealed class SlackSocketModeRoom() : SlackRoom(WayIn.SocketMode)
{
    internal override bool IsSeenFromOutside => false;
}

/// <summary>A channel of the simulated workspace as a room.</summary>
public abstract class SlackRoom : ChatRoom
{
    private readonly WayIn _way;
    private SlackScene _scene = null!;
    private string _channel = "";

    private protected SlackRoom(WayIn way) => _way = way;

    internal override Scene Scene => _scene.Scene;

    private SimulatedSlack Slack => _scene.Slack;

    public override async ValueTask InitializeAsync() => _scene = await SlackScene.StartAsync(_way, ContractAccount.Create(), [.. ContractAccount.Settings(SlackScene.Key(SlackScene.Maria))]);

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _scene.DisposeAsync();
    }

    internal override async Task TypeAsync(Someone who, string line)
    {
        var answer = await _scene.People.TypeAsync(IdOf(who), AsDelivered(line), _channel);
        Assert.Equal(200, answer.Status);
        if (answer.Body.Length > 0) Show(who, JsonNode.Parse(answer.Body)!.AsObject());
    }

    internal override async Task PressAsync(Someone who, SeenMessage on, string value, int deliveries = 1)
    {
        var press = _scene.People.Press(IdOf(who), Slack.SeenBy(IdOf(who), _channel).Single(post => post.Ts == on.Id), value);
        for (var delivery = 0; delivery < deliveries; delivery++) Assert.Equal(new SlackAnswer(200, ""), await _scene.People.DeliverAsync("interactive", press));
    }

    internal override async Task FillInAsync(Someone who, SeenMessage on, string value, string field, string given)
    {
        var last = Slack.OpenViews.GetValueOrDefault("last").Id;
        await PressAsync(who, on, value);
        await Slack.WhenAsync(() => Slack.OpenViews.GetValueOrDefault("last").Id != last, "a form opens");
        Assert.Equal(new SlackAnswer(200, ""), await _scene.People.DeliverAsync("interactive", _scene.People.Submit(IdOf(who), (field, given))));
    }

    internal override async Task<IReadOnlyCollection<SeenMessage>> ReadAsync(Someone who, Func<IReadOnlyCollection<SeenMessage>, bool> isSo, string what)
    {
        SeenMessage[] seen = [];
        await Slack.WhenAsync(() => isSo(seen = [.. Slack.SeenBy(IdOf(who), _channel).Select(SlackEyes.Read)]), what);
        return seen;
    }

    internal override Task RestartAsync() => _scene.RestartAsync();

    private protected override void Enter(int conversation) => Slack.Change(() => Slack.Channels[_channel = $"C0ROOM{conversation}"] = [SimulatedSlack.BotUser, .. Slack.Users.Keys]);

    private static string IdOf(Someone who) => who switch
    {
        Someone.Paulo => SlackScene.Paulo,
        Someone.Martha => SlackScene.Martha,
        Someone.Maria => SlackScene.Maria,
        Someone.Nikhil => SlackScene.Nikhil,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Slack writes three characters of a typed line as entities.</summary>
    private static string AsDelivered(string line) =>
        line.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>As Slack shows a message that came with an acknowledgement.</summary>
    private void Show(Someone who, JsonObject message)
    {
        var blocks = message["blocks"]!.DeepClone().AsArray();
        Assert.Empty(BlockKitJudge.Faults(blocks, 50));
        var onlyFor = message["response_type"]?.GetValue<string>() == "in_channel" ? null : IdOf(who);
        Slack.Change(() =>
        {
            Slack.Posts.Add(new SlackPost(_channel, Slack.NewTs(), onlyFor) { Text = message["text"]!.GetValue<string>(), Blocks = blocks });
            return true;
        });
    }
}
