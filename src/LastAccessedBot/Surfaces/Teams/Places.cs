using System.Collections.Concurrent;
using System.Text.Json;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.Payloads;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>Where the bot is, and whom it met: remembered from everything that Teams tells, because an address may change at any time.</summary>
internal sealed partial class Places(IAddresses addresses, TimeProvider time, ILogger<Places> log)
{
    private const int MostKnown = 10_000;

    /// <summary>How stale the store's word of when somebody was seen may be: else each line that is typed would be two more writes.</summary>
    private static readonly TimeSpan s_seen = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Address> _known = new(StringComparer.Ordinal);

    /// <summary>The conversation, where the bot is welcome from now on, and who spoke there.</summary>
    public async Task MeetAsync(Place place, Account? by, CancellationToken cancellation)
    {
        var known = await FindAsync(place.Conversation, cancellation);
        await SaveAsync(place with { Greeted = known is { Greeted: true, Dead: null } }, cancellation);
        if (by is not null) await SaveAsync(by with { Chat = by.Chat ?? (await FindAsync(by.Person, cancellation))?.Chat }, cancellation);
    }

    public async Task<Place?> FindAsync(Conversation conversation, CancellationToken cancellation) => await ReadAsync<Place>(conversation.Id, cancellation);

    public async Task<Account?> FindAsync(Person person, CancellationToken cancellation) => await ReadAsync<Account>(person.Id, cancellation);

    public Task SaveAsync(Place place, CancellationToken cancellation) => WriteAsync(place.Conversation.Id, place, cancellation);

    public Task SaveAsync(Account account, CancellationToken cancellation) => WriteAsync(account.Person.Id, account, cancellation);

    /// <summary>Nothing is sent there any more, until somebody there speaks to the bot again.</summary>
    public async Task RetireAsync(Conversation conversation, string why, CancellationToken cancellation)
    {
        if (await FindAsync(conversation, cancellation) is not { Dead: null } place) return;
        LogRetired(conversation.Id, why);
        await SaveAsync(place with { Dead = why }, cancellation);
    }

    private async Task<T?> ReadAsync<T>(string id, CancellationToken cancellation)
        where T : class
    {
        if (!_known.TryGetValue(id, out var address))
        {
            if (await addresses.FindAsync(TeamsIds.SurfaceName, id, cancellation) is not { } stored) return null;
            Keep(address = stored);
        }
        return JsonSerializer.Deserialize<T>(address.Content);
    }

    private async Task WriteAsync<T>(string id, T content, CancellationToken cancellation)
    {
        var address = new Address(TeamsIds.SurfaceName, id, JsonSerializer.Serialize(content), time.GetUtcNow());
        if (_known.TryGetValue(id, out var known) && known.Content == address.Content && address.SeenAt - known.SeenAt < s_seen) return;
        await addresses.SaveAsync(address, cancellation);
        Keep(address);
    }

    private void Keep(Address address)
    {
        if (_known.Count >= MostKnown) _known.Clear();
        _known[address.Id] = address;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is sent to {Conversation} any more: {Why}")]
    private partial void LogRetired(string conversation, string why);
}
