using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Slack.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Tests.Surfaces.Slack.Simulated;

/// <summary>
/// A workspace of Slack's as a test peer: its Web API, its response URLs, its people. It shares no line with the bot's Slack room, because
/// it judges it.
/// </summary>
internal sealed class SimulatedSlack : IAsyncDisposable
{
    public const string Team = "T0ACME", BotUser = "U0BOT", SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5", BotToken = "xoxb-of-the-test", AppToken = "xapp-of-the-test", General = "C0GENERAL", Second = "C0SECOND", Elsewhere = "C0ELSEWHERE";

    private readonly WebApplication _app;
    private readonly Watch _watch;
    private long _lastTs = 1_732_000_000_000_000;

    private SimulatedSlack(WebApplication app)
    {
        _app = app;
        _watch = new Watch(() => string.Join("\n\n", Posts.Select(post => post.ToString())));
        Sockets = new SocketServer(this);
        OAuth = new OAuthServer(this);
        Files = new SlackFileStore(this);
    }

    public Uri Address { get; private set; } = null!;

    public Uri ApiUrl => new(Address, "/api/");

    public SlackFaults Faults { get; } = new();

    /// <summary>What the bot's tokens are good for.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = SlackMethod.Scopes;

    public SocketServer Sockets { get; }

    public OAuthServer OAuth { get; }

    public Dictionary<string, SlackUser> Users { get; } = [];

    /// <summary>User group → members.</summary>
    public Dictionary<string, string[]> UserGroups { get; } = [];

    /// <summary>Channel → members; the bot is one where it was invited.</summary>
    public Dictionary<string, HashSet<string>> Channels { get; } = new() { [General] = [BotUser], [Second] = [BotUser], [Elsewhere] = [] };

    /// <summary>Channel → workspace, where it is another one than <see cref="Team"/>.</summary>
    public Dictionary<string, string> ChannelTeams { get; } = [];

    public List<SlackPost> Posts { get; } = [];

    /// <summary>What each user sees as a modal, the newest last.</summary>
    public Dictionary<string, (string Id, JsonObject View)> OpenViews { get; } = [];

    /// <summary>What each user sees on the app's Home tab.</summary>
    public Dictionary<string, SlackHome> Homes { get; } = [];

    public SlackFileStore Files { get; }

    public ConcurrentQueue<SlackCall> Calls { get; } = new();

    internal ConcurrentDictionary<string, TriggerId> Triggers { get; } = new();

    internal ConcurrentDictionary<string, ResponseUrl> ResponseUrls { get; } = new();

    public static async Task<SimulatedSlack> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var slack = new SimulatedSlack(builder.Build());
        var api = new WebApi(slack);
        slack._app.UseWebSockets();
        slack._app.Map("/link", slack.Sockets.AcceptAsync);
        slack._app.MapPost("/api/{method}", (string method, HttpContext http) => api.AnswerAsync(method, http));
        slack._app.MapPost("/upload/{id}", slack.Files.ReceiveAsync);
        slack._app.MapPost("/respond/{id}", (string id, HttpContext http) => api.RespondAsync(id, http));
        await slack._app.StartAsync();
        slack.Address = new Uri(slack._app.Urls.Single());
        return slack;
    }

    public SimulatedSlack With(string id, string name, bool isGuest = false, bool isDeleted = false, string team = Team)
    {
        Users[id] = new SlackUser(id, name, team, isGuest, isDeleted);
        if (team != Team) return this;
        Channels[General].Add(id);
        Channels[Second].Add(id);
        return this;
    }

    /// <summary>The messages that the user sees in the channel, oldest first.</summary>
    public IReadOnlyList<SlackPost> SeenBy(string user, string channel = General) =>
        _watch.Read(() => Posts.Where(post => post.Channel == channel && (post.OnlyFor is null || post.OnlyFor == user)).ToArray());

    public string NewTs()
    {
        var micros = Interlocked.Increment(ref _lastTs);
        return string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000}.{micros % 1_000_000:D6}");
    }

    public string NewTrigger()
    {
        var id = $"{Guid.NewGuid():N}.1.a";
        Triggers[id] = new TriggerId();
        return id;
    }

    public Uri NewResponseUrl(string user, string channel, string? messageTs)
    {
        var id = Guid.NewGuid().ToString("N");
        ResponseUrls[id] = new ResponseUrl(user, channel, messageTs);
        return new Uri(Address, $"/respond/{id}");
    }

    /// <inheritdoc cref="Watch.Change{T}"/>
    public T Change<T>(Func<T> change) => _watch.Change(change);

    public Task WhenAsync(Func<bool> isSo, string what) => _watch.WhenAsync(isSo, what);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

internal sealed record SlackUser(string Id, string Name, string Team, bool IsGuest, bool IsDeleted);

/// <param name="Caller">The header that the call was authorized with.</param>
internal sealed record SlackCall(string Method, JsonObject Arguments, string? Error, string? Caller = null);

/// <summary>A message in a channel, or an ephemeral one.</summary>
internal sealed record SlackPost(string Channel, string Ts, string? OnlyFor)
{
    public string Text { get; set; } = "";

    public JsonArray Blocks { get; set; } = [];

    public int Updates { get; set; }

    /// <summary>All that it says, block by block.</summary>
    public string Words => string.Join('\n', Blocks.Select(Said).Where(said => said.Length > 0));

    public IEnumerable<JsonObject> Buttons => Blocks.Where(block => block!["type"]!.GetValue<string>() == "actions").SelectMany(block => block!["elements"]!.AsArray()).Select(element => element!.AsObject());

    public override string ToString() => $"{Ts}{(OnlyFor is null ? "" : $" (only for {OnlyFor})")}: {Text}\n{Words}\n[{string.Join("] [", Buttons.Select(button => button["text"]!["text"] + ": " + button["value"]))}]";

    private static string Said(JsonNode? block) => block!["type"]!.GetValue<string>() switch
    {
        "header" or "section" => block["text"]!["text"]!.GetValue<string>(),
        "image" => $"{block["title"]?["text"]}: {block["alt_text"]}",
        "context" => string.Join(' ', block["elements"]!.AsArray().Select(element => element!["text"]!.GetValue<string>())),
        "rich_text" => string.Concat(block["elements"]!.AsArray().SelectMany(element => element!["elements"]!.AsArray()).Select(text => text!["text"]!.GetValue<string>())),
        _ => "",
    };
}

/// <summary>A person's Home tab.</summary>
/// <param name="Hash">Another one with every publishing.</param>
/// <param name="Publishings">How often it was published.</param>
internal sealed record SlackHome(string Id, string Hash, int Publishings, JsonArray Blocks)
{
    /// <summary>The tab as if it were a message, for reading it.</summary>
    public SlackPost Seen => new("home", Id, null) { Blocks = Blocks };
}

/// <summary>The right to open a modal: three seconds, once.</summary>
internal sealed class TriggerId
{
    public bool IsUsed { get; set; }

    public bool IsExpired { get; set; }
}

/// <summary>A way to answer: five times.</summary>
internal sealed record ResponseUrl(string User, string Channel, string? MessageTs)
{
    public int Uses { get; set; }
}

/// <summary>How Slack has a bad day.</summary>
internal sealed class SlackFaults
{
    /// <summary>Method → how many of the next calls are told to wait, and how long.</summary>
    public ConcurrentDictionary<string, (int Times, int Seconds)> Throttled { get; } = new();

    /// <summary>Method → how many of the next calls fail with HTTP 500, undone.</summary>
    public ConcurrentDictionary<string, int> Broken { get; } = new();

    /// <summary>Method → how many of the next calls are done and then fail with HTTP 500.</summary>
    public ConcurrentDictionary<string, int> Lost { get; } = new();

    /// <summary>Method → how many of the next calls are refused, and with which word.</summary>
    public ConcurrentDictionary<string, (int Times, string Error)> Refused { get; } = new();

    /// <summary>How many of the next messages with blocks are refused.</summary>
    public int BlocksRefused { get; set; }

    /// <summary>How many of the next messages with pictures come before Slack has looked at the files.</summary>
    public int FilesNotReady { get; set; }

    public static bool Take(ConcurrentDictionary<string, int> faults, string method)
    {
        if (!faults.TryGetValue(method, out var left) || left == 0) return false;
        faults[method] = left - 1;
        return true;
    }
}
