namespace LastAccessedBot.Tests.Surfaces;

/// <summary>What a simulated platform holds, changed by one at a time, and waited for without looking again and again.</summary>
/// <param name="said">All that stands there, for whoever waited in vain.</param>
internal sealed class Watch(Func<string> said)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<(Func<bool> IsSo, TaskCompletionSource Done)> _waiting = [];

    public T Read<T>(Func<T> read)
    {
        lock (_gate) return read();
    }

    /// <summary>Changes what is stored, and wakes those who wait for it.</summary>
    public T Change<T>(Func<T> change)
    {
        lock (_gate)
        {
            var outcome = change();
            foreach (var waiting in _waiting.ToArray())
            {
                if (!waiting.IsSo()) continue;
                _waiting.Remove(waiting);
                waiting.Done.SetResult();
            }
            return outcome;
        }
    }

    public async Task WhenAsync(Func<bool> isSo, string what)
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            if (isSo()) return;
            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((isSo, done));
        }
        try
        {
            await done.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"It did not come to be that {what}. What stands there:\n{Read(said)}");
        }
    }
}
