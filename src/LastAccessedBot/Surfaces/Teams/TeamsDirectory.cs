using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.Connector;
using LastAccessedBot.Surfaces.Teams.Payloads;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>People of Teams: names for showing, Entra ids and the owners of teams for deciding.</summary>
internal sealed partial class TeamsDirectory(Places places, TeamsConnector connector, GraphOwners graph, TimeProvider time, ILogger<TeamsDirectory> log) : IDirectory
{
    /// <summary>Whoever becomes an owner, or a guest, is one here after this at the latest.</summary>
    public static readonly TimeSpan StaysFresh = TimeSpan.FromMinutes(5);

    /// <summary>A team whose owners Graph refused to list is asked for again only then: everybody who presses a button would ask.</summary>
    public static readonly TimeSpan RefusalsStand = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, bool Decides)> _members = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, ImmutableHashSet<string> Owners)> _owners = new(StringComparer.Ordinal);

    public string Surface => TeamsIds.SurfaceName;

    public string? NameOf(string id) => _names.GetValueOrDefault(id);

    public void Remember(Account account) => _names[account.Person.Id] = account.Name;

    public async Task<ImmutableArray<string>?> GroupsOfAsync(string id, IReadOnlyCollection<string> among, CancellationToken cancellation)
    {
        var (tenant, user) = TeamsIds.Split(id);
        if (!await DecidesAsync(TeamsIds.Person(tenant, user, user), tenant, cancellation)) return null;
        var owns = ImmutableArray.CreateBuilder<string>();
        foreach (var named in among)
        {
            if (TeamsIds.TrySplit(named) is not { } one || one.Tenant != tenant || !one.Id.StartsWith(TeamsIds.OwnersOf, StringComparison.Ordinal)) continue;
            if ((await OwnersAsync(one.Id[TeamsIds.OwnersOf.Length..], cancellation)).Contains(user)) owns.Add(named);
        }
        return owns.ToImmutable();
    }

    public async Task<Mentioned?> ResolveAsync(Conversation conversation, string mention, CancellationToken cancellation)
    {
        var (tenant, _) = TeamsIds.Split(conversation.Id);
        if (mention.StartsWith(TeamsIds.OwnersOf, StringComparison.Ordinal))
            return TeamsIds.IsWord(mention) && !(await OwnersAsync(mention[TeamsIds.OwnersOf.Length..], cancellation)).IsEmpty ? new Mentioned(new Party($"{Surface}:{tenant}/{mention}", mention), IsGroup: true) : null;
        if (!TeamsIds.IsId(mention) || await places.FindAsync(conversation, cancellation) is not { } place) return null;
        try
        {
            var member = await connector.MemberAsync(place, mention, cancellation);
            if ((member.Text("aadObjectId", 100) ?? member.Text("objectId", 100)) is not { } id || !TeamsIds.IsWord(id) || !Decides(member, tenant)) return null;
            var (key, name) = (TeamsIds.Person(tenant, id.ToLowerInvariant(), id), member.Text("name", 200) ?? id);
            _names[key.Id] = name;
            return new Mentioned(new Party($"{Surface}:{key.Id}", name), IsGroup: false);
        }
        catch (ConnectorRefusedException refused)
        {
            LogNoMember(refused, mention);
            return null;
        }
    }

    // Test clients tell no role; Teams tells everybody's.
    private static bool Decides(JsonElement member, string tenant) =>
        member.Text("userRole", 40) is null or "user" && (member.Text("tenantId", 100) is not { } home || home.Equals(tenant, StringComparison.OrdinalIgnoreCase));

    /// <summary>false for guests, people of other tenants, and whoever left the conversation in which they spoke last.</summary>
    private async Task<bool> DecidesAsync(Person person, string tenant, CancellationToken cancellation)
    {
        if (_members.TryGetValue(person.Id, out var known) && time.GetUtcNow() - known.At < StaysFresh) return known.Decides;
        if (await places.FindAsync(person, cancellation) is not { SeenIn: { } seenIn } account || await places.FindAsync(TeamsIds.Conversation(tenant, seenIn), cancellation) is not { } place) return false;
        bool decides;
        try
        {
            var member = await connector.MemberAsync(place, account.Id, cancellation);
            decides = Decides(member, tenant);
        }
        catch (ConnectorRefusedException refused)
        {
            LogNoMember(refused, person.Id);
            decides = false;
        }
        _members[person.Id] = (time.GetUtcNow(), decides);
        return decides;
    }

    private async Task<ImmutableHashSet<string>> OwnersAsync(string group, CancellationToken cancellation)
    {
        if (_owners.TryGetValue(group, out var known) && time.GetUtcNow() < known.Until) return known.Owners;
        try
        {
            var owners = await graph.OfAsync(group, cancellation);
            _owners[group] = (time.GetUtcNow() + StaysFresh, owners);
            return owners;
        }
        catch (ConnectorRefusedException refused)
        {
            // A team that is gone, or a consent that is missing: nobody is an owner then, and nobody decides by it.
            LogNoOwners(refused, group);
            _owners[group] = (time.GetUtcNow() + RefusalsStand, []);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Person} could not be found in the conversation where they spoke; they decide nothing")]
    private partial void LogNoMember(Exception refused, string person);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The owners of team {Group} could not be listed; nobody counts as one")]
    private partial void LogNoOwners(Exception refused, string group);
}
