using System.Text.Json.Nodes;
using LastAccessedBot.Tests.EndToEnd;
using LastAccessedBot.Tests.Surfaces.Teams.Simulated;

namespace LastAccessedBot.Tests.Surfaces.Teams;

/// <summary>The contract in channels of a team.</summary>
[Collection(nameof(TeamsRooms))]
public sealed class TeamsChannelContractTests(TeamsChannelRoom room) : ChatSurfaceContract(room), IClassFixture<TeamsChannelRoom>;

/// <summary>The contract in group chats.</summary>
[Collection(nameof(TeamsRooms))]
public sealed class TeamsGroupChatContractTests(TeamsGroupChatRoom room) : ChatSurfaceContract(room), IClassFixture<TeamsGroupChatRoom>;

public sealed class TeamsChannelRoom() : TeamsRoom("channel");

public sealed class TeamsGroupChatRoom() : TeamsRoom("groupChat")
{
    internal override bool IsSeenFromOutside => false;
}

/// <summary>A conversation of the simulated tenant as a room. Everybody sees the card as it was posted: no client has refreshed it yet.</summary>
public abstract class TeamsRoom : ChatRoom
{
    private readonly string _kind;
    private TeamsScene _scene = null!;
    private string _chat = "";

    private protected TeamsRoom(string kind) => _kind = kind;

    internal override Scene Scene => _scene.Scene;

    internal override string Command => "unused";

    /// <summary>A later try of Teams' has an id of its own, as a second press on the same button has.</summary>
    internal override bool TellsPressesApart => false;

    private SimulatedTeams Teams => _scene.Teams;

    public override async ValueTask InitializeAsync() => _scene = await TeamsScene.StartAsync(ContractAccount.Create(), [.. ContractAccount.Settings(TeamsScene.Key(TeamsScene.Maria))]);

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _scene.DisposeAsync();
    }

    internal override async Task TypeAsync(Someone who, string line) => Assert.Equal(202, (await _scene.People.SayAsync(IdOf(who), line, _chat)).Status);

    internal override async Task PressAsync(Someone who, SeenMessage on, string value, int deliveries = 1)
    {
        var post = Teams.SeenBy(IdOf(who), _chat).Single(post => post.Id == on.Id);
        var press = _scene.People.Press(IdOf(who), post, value);
        for (var delivery = 0; delivery < deliveries; delivery++)
        {
            Assert.Equal(200, (await _scene.People.DeliverAsync(press)).Status);
            press = _scene.People.Again(press);
        }
    }

    internal override async Task FillInAsync(Someone who, SeenMessage on, string value, string field, string given)
    {
        var post = Teams.SeenBy(IdOf(who), _chat).Single(post => post.Id == on.Id);
        var form = await _scene.People.OpenFormAsync(IdOf(who), post, value);
        var (input, submit) = (TeamsEyes.Inputs(form).Keys.Single(id => id.Contains(field, StringComparison.Ordinal)), TeamsEyes.Actions(form).Single()["title"]!.GetValue<string>());
        Assert.Null(await _scene.People.SubmitAsync(IdOf(who), _chat, form, submit, (input, given)));
    }

    internal override async Task<IReadOnlyCollection<SeenMessage>> ReadAsync(Someone who, Func<IReadOnlyCollection<SeenMessage>, bool> isSo, string what)
    {
        SeenMessage[] seen = [];
        await Teams.WhenAsync(() => isSo(seen = [.. Teams.SeenBy(IdOf(who), _chat).Select(post => TeamsEyes.Read(post, IdOf(who)))]), what);
        return seen;
    }

    internal override Task RestartAsync() => _scene.RestartAsync();

    private protected override void Enter(int conversation) => Teams.Change(() =>
    {
        var chat = Teams.Chats[_chat = $"19:room{conversation}@thread.{(_kind == "channel" ? "tacv2" : "v2")}"] = new TeamsChat(_chat, _kind);
        chat.Members.UnionWith(Teams.Users.Keys);
        return chat;
    });

    private static string IdOf(Someone who) => who switch
    {
        Someone.Paulo => TeamsScene.Paulo,
        Someone.Martha => TeamsScene.Martha,
        Someone.Maria => TeamsScene.Maria,
        Someone.Nikhil => TeamsScene.Nikhil,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
