using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.BlockKit;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;

namespace LastAccessedBot.Surfaces.Slack.Home;

/// <summary>The app's Home tab, published to one person at a time.</summary>
internal sealed class HomeTab(SlackClient client, IWorkspaces workspaces) : IHomeSurface
{
    private const int MostKept = 10_000;

    // Slack's word for what each person sees, as this process last heard it: with it, Slack refuses to cover what another host published since.
    private readonly ConcurrentDictionary<string, string> _hashes = new();

    public string Name => SlackIds.SurfaceName;

    public async Task<bool> ShowAsync(Person person, Card card, CancellationToken cancellation)
    {
        var (team, user) = SlackIds.Split(person.Id);
        // The app was taken out of the workspace, and its Home with it.
        if (await workspaces.FindAsync(team, cancellation) is not { } workspace) return true;
        var arguments = new JsonObject { ["user_id"] = user, ["view"] = JsonSerializer.SerializeToNode(HomeView.Of(card), BlockKitJson.Options) };
        if (_hashes.TryGetValue(person.Id, out var hash)) arguments["hash"] = hash;
        try
        {
            var answer = await client.CallAsync(SlackMethod.PublishView, workspace, arguments, cancellation);
            if (_hashes.Count >= MostKept) _hashes.Clear();
            if (answer.Object("view")?.Text("hash") is { } next) _hashes[person.Id] = next;
            return true;
        }
        catch (SlackRefusedException refused) when (refused.Error == "hash_conflict")
        {
            _hashes.TryRemove(person.Id, out _);
            return false;
        }
    }
}
