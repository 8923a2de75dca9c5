using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Payloads;
using LastAccessedBot.Surfaces.Slack.Web;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>People of Slack's workspaces: names for showing, ids and user groups for deciding.</summary>
internal sealed partial class SlackDirectory(SlackClient client, IWorkspaces workspaces, TimeProvider time, ILogger<SlackDirectory> log) : IDirectory
{
    /// <summary>Slack lets a group's members be listed twenty times a minute; somebody new to a group waits this long at most.</summary>
    public static readonly TimeSpan MembersStayFresh = TimeSpan.FromMinutes(5);

    /// <summary>A group that Slack refused to list is asked for again only then: everybody who presses a button would ask.</summary>
    public static readonly TimeSpan RefusalsStand = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_peopleStayFresh = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, SlackPerson Person)> _people = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, ImmutableHashSet<string> Members)> _groups = new();

    public string Surface => SlackIds.SurfaceName;

    public string? NameOf(string id) => _people.TryGetValue(id, out var known) ? known.Person.Name : null;

    public async Task<ImmutableArray<string>?> GroupsOfAsync(string id, IReadOnlyCollection<string> among, CancellationToken cancellation)
    {
        var (team, user) = SlackIds.Split(id);
        if (await FindAsync(team, user, cancellation) is not { IsDeleted: false, IsGuest: false, IsBot: false } person || person.TeamId != team) return null;
        var belongsTo = ImmutableArray.CreateBuilder<string>();
        foreach (var group in among)
        {
            if (SlackIds.TrySplit(group) is not { } one || one.Team != team || !SlackIds.IsUserGroup(one.Id)) continue;
            if ((await MembersAsync(team, one.Id, cancellation)).Contains(user)) belongsTo.Add(group);
        }
        return belongsTo.ToImmutable();
    }

    public async Task<Mentioned?> ResolveAsync(Conversation conversation, string mention, CancellationToken cancellation)
    {
        var (team, _) = SlackIds.Split(conversation.Id);
        var (id, label) = mention.Split('|', 2) is [var first, var rest] ? (first, rest) : (mention, "");
        if (SlackIds.IsUser(id))
        {
            return await FindAsync(team, id, cancellation) is { IsDeleted: false, IsGuest: false, IsBot: false } person && person.TeamId == team
                ? new Mentioned(new Party($"{Surface}:{team}/{id}", person.Name), IsGroup: false)
                : null;
        }
        return SlackIds.IsUserGroup(id) && !(await MembersAsync(team, id, cancellation)).IsEmpty
            ? new Mentioned(new Party($"{Surface}:{team}/{id}", label.Length > 0 ? $"@{label}" : id), IsGroup: true)
            : null;
    }

    /// <summary>Looks the person up, so that later sentences name them; at most once an hour.</summary>
    /// <returns>null for somebody whom Slack does not know, or does not tell of.</returns>
    public async Task<SlackPerson?> FindAsync(string team, string user, CancellationToken cancellation)
    {
        var id = $"{team}/{user}";
        if (_people.TryGetValue(id, out var known) && time.GetUtcNow() - known.At < s_peopleStayFresh) return known.Person;
        if (await workspaces.FindAsync(team, cancellation) is not { } workspace) return null;
        try
        {
            var answer = await client.CallAsync(SlackMethod.UserInfo, workspace, new JsonObject { ["user"] = user }, cancellation);
            if (answer.Object("user") is not { } found) return null;
            var profile = found.Object("profile");
            var person = new SlackPerson(
                profile?.Text("display_name") ?? profile?.Text("real_name") ?? found.Text("real_name") ?? found.Text("name") ?? user,
                found.Text("team_id") ?? team,
                found.Flag("deleted"), found.Flag("is_restricted") || found.Flag("is_ultra_restricted"), found.Flag("is_bot"));
            _people[id] = (time.GetUtcNow(), person);
            return person;
        }
        catch (SlackRefusedException refused) when (refused.Error is "user_not_found" or "user_not_visible")
        {
            return null;
        }
    }

    private async Task<ImmutableHashSet<string>> MembersAsync(string team, string group, CancellationToken cancellation)
    {
        var id = $"{team}/{group}";
        if (_groups.TryGetValue(id, out var known) && time.GetUtcNow() < known.Until) return known.Members;
        if (await workspaces.FindAsync(team, cancellation) is not { } workspace) return [];
        try
        {
            var answer = await client.CallAsync(SlackMethod.UserGroupMembers, workspace, new JsonObject { ["usergroup"] = group }, cancellation);
            var members = answer.Array("users") is { } users ? users.EnumerateArray().Select(user => user.ToString()).ToImmutableHashSet() : [];
            _groups[id] = (time.GetUtcNow() + MembersStayFresh, members);
            return members;
        }
        catch (SlackRefusedException refused)
        {
            // A group that is gone, or a scope that is missing: nobody is a member then, and nobody decides by it.
            LogNoMembers(refused, group);
            _groups[id] = (time.GetUtcNow() + RefusalsStand, []);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The members of user group {Group} could not be listed; nobody counts as one")]
    private partial void LogNoMembers(Exception refused, string group);
}

/// <summary>Somebody in a workspace.</summary>
/// <param name="TeamId">Their own workspace; another one than the asked for somebody from outside.</param>
internal sealed record SlackPerson(string Name, string TeamId, bool IsDeleted, bool IsGuest, bool IsBot);
