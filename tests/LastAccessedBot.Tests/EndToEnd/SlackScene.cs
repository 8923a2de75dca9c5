using LastAccessedBot.Sandbox;
using LastAccessedBot.Tests.Surfaces.Slack.Simulated;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>The scene with a workspace of Slack's instead of the console: the same people under Slack's ids.</summary>
internal sealed class SlackScene : IAsyncDisposable
{
    public const string Paulo = "U0PAULO", Martha = "U0MARTHA", Maria = "U0MARIA", Nikki = "U0NIKKI", Nikhil = "U0NIKHIL", Guest = "U0GUEST", Outsider = "U0OTHER";

    private SlackScene(SimulatedSlack slack, Scene scene, WayIn way)
    {
        (Slack, Scene, Way) = (slack, scene, way);
        People = new SlackPeople(slack, scene.Bot.Address, way);
    }

    public SimulatedSlack Slack { get; }

    public Scene Scene { get; }

    public WayIn Way { get; }

    public SlackPeople People { get; private set; }

    public static async Task<SlackScene> StartAsync(WayIn way = WayIn.Http, SandboxAccount? account = null, params (string Name, string Value)[] settings)
    {
        var slack = (await SimulatedSlack.StartAsync())
            .With(Paulo, "Paulo Santos").With(Martha, "Martha Rivera").With(Maria, "María García").With(Nikki, "Nikki Wolf").With(Nikhil, "Nikhil Jayashankar")
            .With(Guest, "Gus Guest", isGuest: true).With(Outsider, "Otto Outside", team: "T0OTHER");
        slack.UserGroups["S0APPDEV"] = [Maria, Nikki];
        try
        {
            return new SlackScene(slack, await Scene.StartAsync(account, settings:
            [
                ("Slack__SigningSecret", way == WayIn.SocketMode ? "" : SimulatedSlack.SigningSecret), ("Slack__AppToken", way == WayIn.Http ? "" : SimulatedSlack.AppToken), ("Slack__BotToken", SimulatedSlack.BotToken), ("Slack__ApiUrl", slack.ApiUrl.ToString()),
                ("Console__Enabled", "false"),
                ("Approvals__Admins__0", Key(Paulo)), ("Approvals__Admins__1", Key(Martha)), ("Approvals__Admins__2", Key(Guest)), ("Approvals__Admins__3", $"slack:T0OTHER/{Outsider}"),
                ("Approvals__Owners__group app-dev__0", Key("S0APPDEV")), ("Approvals__Owners__group app-dev__1", Key("S0GONE")),
                .. settings,
            ]), way);
        }
        catch
        {
            await slack.DisposeAsync();
            throw;
        }
    }

    /// <summary>As settings name somebody of the workspace.</summary>
    public static string Key(string id) => $"slack:{SimulatedSlack.Team}/{id}";

    public async Task RestartAsync()
    {
        await Scene.RestartAsync();
        People.Dispose();
        People = new SlackPeople(Slack, Scene.Bot.Address, Way);
    }

    public async ValueTask DisposeAsync()
    {
        People.Dispose();
        await Scene.DisposeAsync();
        await Slack.DisposeAsync();
    }
}
