using BenchmarkDotNet.Running;
using LastAccessedBot.Benchmarks;

if (args is ["narrow", ..])
{
    NarrowingThroughput.Run(args.Length > 1 ? args[1] : null, Console.Out);
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(NarrowingBenchmark).Assembly).Run(args);
