using System.Threading.Channels;

namespace LastAccessedBot.Jobs;

/// <summary>Deliveries that wait to be obeyed, in the order in which they came: their keys, for all else is in the store.</summary>
internal sealed class DeliveryQueue(TimeProvider time)
{
    /// <summary>So many within a second are more than anybody could see answered, on any machine that a bot is given.</summary>
    public const int Flood = 100;

    private readonly Channel<(string Surface, string Key)> _waiting = Channel.CreateUnbounded<(string, string)>();
    private readonly Lock _gate = new();
    private long _second;
    private int _came, _cameBefore;

    /// <summary>Deliveries flood in, now or a second ago.</summary>
    public bool IsFlooded
    {
        get
        {
            lock (_gate)
            {
                Turn();
                return Math.Max(_came, _cameBefore) > Flood;
            }
        }
    }

    public void Add(string surface, string key)
    {
        lock (_gate)
        {
            Turn();
            _came++;
        }
        _waiting.Writer.TryWrite((surface, key));
    }

    public IAsyncEnumerable<(string Surface, string Key)> ReadAllAsync(CancellationToken cancellation) => _waiting.Reader.ReadAllAsync(cancellation);

    private void Turn()
    {
        var second = time.GetTimestamp() / time.TimestampFrequency;
        if (second == _second) return;
        (_cameBefore, _came, _second) = (second == _second + 1 ? _came : 0, 0, second);
    }
}
