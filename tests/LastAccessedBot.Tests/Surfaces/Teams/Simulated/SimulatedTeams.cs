using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Tests.Surfaces.Teams.Simulated;

/// <summary>
/// A tenant of Teams' as a test peer: its connector, a corner of Graph, its people. It shares no line with the bot's Teams room, because it
/// judges it.
/// </summary>
internal sealed class SimulatedTeams : IAsyncDisposable
{
    public const string Tenant = SimulatedAuthority.Tenant, General = "19:general@thread.tacv2", Second = "19:second@thread.tacv2", Group = "19:group@thread.v2", Team = "19:team@thread.tacv2",
        TeamGroup = "22222222-2222-2222-2222-222222222222";

    private readonly WebApplication _app;
    private readonly Watch _watch;
    private long _lastId = 1_776_000_000_000;

    private SimulatedTeams(WebApplication app, SimulatedAuthority authority)
    {
        (_app, Authority) = (app, authority);
        _watch = new Watch(() => string.Join("\n\n", Posts.Select(post => post.ToString())));
    }

    public SimulatedAuthority Authority { get; }

    public static string Bot => $"28:{SimulatedAuthority.AppId}";

    public Uri Address { get; private set; } = null!;

    /// <summary>As activities name it.</summary>
    public Uri ServiceUrl => new(Address, "/emea/");

    public Uri GraphUrl => new(Address, "/graph/");

    public TeamsFaults Faults { get; } = new();

    /// <summary>By their Entra object ids.</summary>
    public Dictionary<string, TeamsUser> Users { get; } = [];

    /// <summary>The owners of teams, by the teams' Entra ids.</summary>
    public Dictionary<string, string[]> Owners { get; } = [];

    public Dictionary<string, TeamsChat> Chats { get; } = [];

    public List<TeamsPost> Posts { get; } = [];

    public ConcurrentQueue<TeamsCall> Calls { get; } = new();

    /// <summary>The bodies of the calls that arrived, answered or not.</summary>
    public List<string> Arrived { get; } = [];

    public static async Task<SimulatedTeams> StartAsync(SimulatedAuthority authority)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var teams = new SimulatedTeams(builder.Build(), authority);
        var connector = new SimulatedConnector(teams);
        connector.MapTo(teams._app);
        await teams._app.StartAsync();
        teams.Address = new Uri(teams._app.Urls.Single());
        teams.Chats[General] = new TeamsChat(General, "channel");
        teams.Chats[Second] = new TeamsChat(Second, "channel");
        teams.Chats[Group] = new TeamsChat(Group, "groupChat");
        return teams;
    }

    /// <param name="role">As Teams' roster says it.</param>
    public SimulatedTeams With(string objectId, string name, string role = "user", string tenant = Tenant)
    {
        Users[objectId] = new TeamsUser(objectId, $"29:{objectId}", name, role, tenant);
        foreach (var chat in Chats.Values.Where(chat => chat.Kind != "personal")) chat.Members.Add(objectId);
        Chats[Personal(objectId)] = new TeamsChat(Personal(objectId), "personal") { Members = { objectId } };
        return this;
    }

    /// <summary>The person's own chat with the bot.</summary>
    public static string Personal(string objectId) => $"a:{objectId}";

    /// <summary>The messages that the person sees, oldest first.</summary>
    public IReadOnlyList<TeamsPost> SeenBy(string objectId, string chat = General) =>
        _watch.Read(() => Posts.Where(post => post.Chat == chat && (post.OnlyFor is null || post.OnlyFor == objectId)).ToArray());

    public string NewId() => Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Watch.Change{T}"/>
    public T Change<T>(Func<T> change) => _watch.Change(change);

    public Task WhenAsync(Func<bool> isSo, string what) => _watch.WhenAsync(isSo, what);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <param name="Id">The account, as activities address it.</param>
internal sealed record TeamsUser(string ObjectId, string Id, string Name, string Role, string Tenant);

internal sealed record TeamsChat(string Id, string Kind)
{
    public HashSet<string> Members { get; } = [];

    /// <summary>The bot is in it.</summary>
    public bool HasBot { get; set; } = true;
}

internal sealed record TeamsCall(string Operation, int Status, JsonObject? Body);

/// <summary>A message of the bot's.</summary>
/// <param name="OnlyFor">Who alone sees it, by their Entra id; null for everybody.</param>
internal sealed record TeamsPost(string Chat, string Id, string? OnlyFor)
{
    public JsonObject Activity { get; set; } = [];

    public int Updates { get; set; }

    /// <summary>What somebody's own client shows in place of the card, since it asked.</summary>
    public Dictionary<string, JsonObject> Copies { get; } = [];

    public JsonObject? Card => Activity["attachments"]?.AsArray().FirstOrDefault()?["content"]?.AsObject();

    public JsonObject? CardFor(string objectId) => Copies.GetValueOrDefault(objectId) ?? Card;

    public override string ToString() => $"{Id} in {Chat}{(OnlyFor is null ? "" : $" (only for {OnlyFor})")}: {Card?.ToJsonString() ?? Activity.ToJsonString()}";
}

/// <summary>How Teams has a bad day.</summary>
internal sealed class TeamsFaults
{
    /// <summary>Operation → how many of the next calls are told to wait, and how long; null for an answer that does not say.</summary>
    public ConcurrentDictionary<string, (int Times, int? Seconds)> Throttled { get; } = new();

    /// <summary>Operation → how many of the next calls fail with a status, undone.</summary>
    public ConcurrentDictionary<string, (int Times, int Status)> Failing { get; } = new();

    /// <summary>Operation → how many of the next calls are done and then fail with HTTP 502.</summary>
    public ConcurrentDictionary<string, int> Lost { get; } = new();

    /// <summary>Answers wait for this.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>How many of the next cards are refused.</summary>
    public int CardsRefused { get; set; }

    /// <summary>Nobody can be told anything alone: the tenant does not have it.</summary>
    public bool HasNoTargeted { get; set; }
}
