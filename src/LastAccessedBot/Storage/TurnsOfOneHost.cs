using LastAccessedBot.Flows;

namespace LastAccessedBot.Storage;

/// <summary>Turns in memory, for a state that one host has to itself.</summary>
internal sealed class TurnsOfOneHost : ITurns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Line> _lines = [];

    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellation)
    {
        Line line;
        lock (_gate)
        {
            if (!_lines.TryGetValue(name, out line!)) _lines[name] = line = new Line(this, name);
            line.Standing++;
        }
        try
        {
            await line.Turn.WaitAsync(cancellation);
            return line;
        }
        catch
        {
            Leave(line);
            throw;
        }
    }

    private void Leave(Line line)
    {
        lock (_gate)
        {
            if (--line.Standing > 0) return;
            _lines.Remove(line.Name);
            line.Turn.Dispose();
        }
    }

    /// <summary>Those who stand in line for one name; the one in front holds the turn, so that the line itself is what ends it.</summary>
    private sealed class Line(TurnsOfOneHost turns, string name) : IAsyncDisposable
    {
        public string Name => name;

        public SemaphoreSlim Turn { get; } = new(1);

        public int Standing { get; set; }

        public ValueTask DisposeAsync()
        {
            Turn.Release();
            turns.Leave(this);
            return ValueTask.CompletedTask;
        }
    }
}
