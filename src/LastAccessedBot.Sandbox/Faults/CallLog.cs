using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.Faults;

/// <summary>A call that was authenticated (operations as policies name them, e.g. <c>iam:GetUser</c>), and how it ended: "OK", "OK, response lost", or an error code.</summary>
public sealed record LoggedCall(
    int Number,
    string Operation,
    bool Writes,
    IReadOnlyDictionary<string, string> Parameters,
    string AccessKeyId,
    string Outcome)
{
    /// <summary>Whether the account was changed, or read.</summary>
    public bool Happened => Outcome.StartsWith("OK", StringComparison.Ordinal);
}

/// <summary>Every call in order, so that a test can tell that nothing happened twice.</summary>
public sealed class CallLog
{
    // A sandbox that runs for weeks forgets its oldest calls.
    private const int Capacity = 100_000;
    private readonly Lock gate = new();
    private readonly Queue<LoggedCall> calls = [];
    private int number;

    public IReadOnlyList<LoggedCall> All
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    /// <summary>The changes that happened, in order.</summary>
    public IReadOnlyList<LoggedCall> Writes => [.. All.Where(call => call.Writes && call.Happened)];

    public int Count(string operation) => All.Count(call => call.Operation == operation);

    public void Clear()
    {
        lock (gate)
            calls.Clear();
    }

    internal void Add(WireCall call, Caller caller, string outcome)
    {
        lock (gate)
        {
            calls.Enqueue(new LoggedCall(++number, call.Action, call.Writes, call.Parameters, caller.AccessKeyId, outcome));
            if (calls.Count > Capacity)
                calls.Dequeue();
        }
    }
}
