using BenchmarkDotNet.Attributes;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Benchmarks;

/// <summary>Bytes → read → narrow → prove → bytes, for the whole corpus at once.</summary>
[MemoryDiagnoser]
public class NarrowingBenchmark
{
    private readonly PolicyCorpus _corpus = PolicyCorpus.Load(null);
    private readonly Narrowing _narrowing = new();

    [Benchmark]
    public long NarrowToHalfOfTheServices()
    {
        long bytes = 0;
        foreach (var (document, keep) in _corpus.Policies)
        {
            _narrowing.Narrow(document, keep, NarrowingOptions.Default, out var narrowed);
            bytes += narrowed?.Length ?? 0;
        }
        return bytes;
    }
}
