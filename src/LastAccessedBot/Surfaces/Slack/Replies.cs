using System.Collections.Concurrent;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>
/// The newest response URL of each person in each conversation: the way to say something privately that needs no membership and no scope.
/// Slack takes each five times within half an hour. Kept in memory alone; without one there is <c>chat.postEphemeral</c>.
/// </summary>
internal sealed class Replies(TimeProvider time)
{
    public const int MostUses = 5;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<(string Conversation, string Person), Reply> _byPerson = new();

    public void Remember(string conversation, string person, Uri? address, DateTimeOffset at)
    {
        if (address is null) return;
        if (_byPerson.Count >= MostKept) Forget();
        _byPerson[(conversation, person)] = new Reply(address, at + Lifetime);
    }

    /// <summary>An address to answer by once; null when there is none left.</summary>
    public Uri? Take(string conversation, string person) =>
        _byPerson.TryGetValue((conversation, person), out var reply) && time.GetUtcNow() < reply.Until && reply.TakeOne() ? reply.Address : null;

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (key, reply) in _byPerson)
            if (reply.Until <= now) _byPerson.TryRemove(key, out _);
        if (_byPerson.Count >= MostKept) _byPerson.Clear();
    }

    private sealed class Reply(Uri address, DateTimeOffset until)
    {
        private int _uses;

        public Uri Address { get; } = address;

        public DateTimeOffset Until { get; } = until;

        public bool TakeOne() => Interlocked.Increment(ref _uses) <= MostUses;
    }
}
