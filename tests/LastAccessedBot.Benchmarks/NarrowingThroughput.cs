using System.Diagnostics;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Benchmarks;

/// <summary>Policies a second on one thread, and what is allocated beyond the outputs; in seconds instead of BenchmarkDotNet's minutes.</summary>
public static class NarrowingThroughput
{
    public static void Run(string? folder, TextWriter output)
    {
        var corpus = PolicyCorpus.Load(folder);
        var narrowing = new Narrowing();
        for (var warmUp = 0; warmUp < 200; warmUp++) Pass(corpus, narrowing);
        var rounds = Math.Max(1, 600_000 / corpus.Policies.Count);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        long bytes = 0, refused = 0;
        for (var round = 0; round < rounds; round++)
        {
            var (written, refusals) = Pass(corpus, narrowing);
            bytes += written;
            refused += refusals;
        }
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var busy = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        double narrowed = (double)rounds * corpus.Policies.Count;
        var beyond = GC.GetAllocatedBytesForCurrentThread() - allocated - bytes;
        output.WriteLine($"{corpus.Policies.Count} policies of {corpus.MeanSize:F0} bytes on average, {rounds} rounds, {refused / rounds} refused a round");
        output.WriteLine($"{narrowed / seconds:N0} policies a second on one thread ({narrowed / busy:N0} a second of processor time); {beyond / narrowed:F0} bytes allocated a policy beyond its output");
    }

    private static (long Bytes, int Refused) Pass(PolicyCorpus corpus, Narrowing narrowing)
    {
        long bytes = 0;
        var refused = 0;
        foreach (var (document, keep) in corpus.Policies)
        {
            if (narrowing.Narrow(document, keep, NarrowingOptions.Default, out var narrowed) is not null) refused++;
            bytes += narrowed?.Length ?? 0;
        }
        return (bytes, refused);
    }
}
