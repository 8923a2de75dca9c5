namespace LastAccessedBot.Aws;

/// <summary>
/// Lets those who ask for the same thing at the same time share one piece of work. Each may stop waiting for itself; the work is cancelled
/// when the last one did. A finished piece of work is forgotten: the next asker starts anew.
/// </summary>
internal sealed class SharedJobs<TProgress, TResult>
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Job> running = new(StringComparer.Ordinal);

    /// <param name="since">Work that began before this is not shared; it goes on for those who asked for it.</param>
    /// <param name="work">Gets the progress of all askers and the token that is cancelled with the last of them.</param>
    public async Task<TResult> AskAsync(
        string key, DateTimeOffset since, DateTimeOffset now, Func<IProgress<TProgress>, CancellationToken, Task<TResult>> work, IProgress<TProgress>? progress, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Job job;
        lock (gate)
        {
            if (!running.TryGetValue(key, out job!) || job.Began < since) running[key] = job = new Job(now);
            job.Askers.Add(progress);
            // Off this thread: work that ends at once would else want to leave before it has entered.
            job.Task ??= Task.Run(() => RunAsync(key, job, work), CancellationToken.None);
        }
        try
        {
            return await job.Task.WaitAsync(ct);
        }
        finally
        {
            Leave(key, job, progress);
        }
    }

    private async Task<TResult> RunAsync(string key, Job job, Func<IProgress<TProgress>, CancellationToken, Task<TResult>> work)
    {
        try
        {
            return await work(new Everyone(gate, job), job.Abandoned.Token);
        }
        finally
        {
            Forget(key, job);
        }
    }

    private void Leave(string key, Job job, IProgress<TProgress>? progress)
    {
        bool last;
        lock (gate)
        {
            job.Askers.Remove(progress);
            last = job.Askers.Count == 0;
            if (last) Forget(key, job);
        }
        if (last) job.Abandoned.Cancel();
    }

    private void Forget(string key, Job job)
    {
        lock (gate)
        {
            if (running.TryGetValue(key, out var present) && present == job) running.Remove(key);
        }
    }

    private sealed class Job(DateTimeOffset began)
    {
        public DateTimeOffset Began { get; } = began;

        public List<IProgress<TProgress>?> Askers { get; } = [];

        public CancellationTokenSource Abandoned { get; } = new();

        public Task<TResult>? Task { get; set; }
    }

    private sealed class Everyone(Lock gate, Job job) : IProgress<TProgress>
    {
        public void Report(TProgress value)
        {
            IProgress<TProgress>?[] askers;
            lock (gate) askers = [.. job.Askers];
            foreach (var asker in askers) asker?.Report(value);
        }
    }
}
