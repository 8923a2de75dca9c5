using System.Diagnostics;

namespace LastAccessedBot.Benchmarks.Load;

/// <summary>
/// Requests over connections that never rest, at one receiver: to warm it up, and then to measure. One server at a time, on the same
/// processors as the driver.
/// </summary>
internal static class LoadRun
{
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    /// <summary>No receiver on these machines comes near it.</summary>
    private const int MostASecond = 60_000;

    /// <param name="prepared">So many requests, each new to the receiver.</param>
    /// <param name="posted">How many cards the receiver posted so far.</param>
    public static async Task MeasureAsync(string name, Receiver receiver, Func<int, IRequests> prepared, Func<long> posted, int seconds, int connections, TextWriter output)
    {
        var (warmUp, requests) = (prepared((int)(WarmUp.TotalSeconds * MostASecond)), prepared(seconds * MostASecond));
        GC.Collect();
        await LoadAsync(receiver, warmUp, WarmUp, connections);
        var (before, busy) = (posted(), receiver.Busy);
        var (milliseconds, errors, took) = await LoadAsync(receiver, requests, TimeSpan.FromSeconds(seconds), connections);
        output.WriteLine(
            $"{name,-24} {milliseconds.Length / took,8:N0} a second, {errors} errors; {At(0.5):F1} ms median, {At(0.9):F1} ms 90th, {At(0.99):F1} ms 99th percentile, {milliseconds[^1]:F1} ms longest; "
            + $"{(receiver.Busy - busy).TotalSeconds / took:F2} processors busy; {posted() - before} cards posted meanwhile");

        double At(double share) => milliseconds[(int)(milliseconds.Length * share)];
    }

    private static async Task<(double[] Milliseconds, int Errors, double Seconds)> LoadAsync(Receiver receiver, IRequests requests, TimeSpan time, int connections)
    {
        var all = Enumerable.Range(0, connections).Select(_ => new KeepAliveConnection()).ToArray();
        try
        {
            var started = Stopwatch.GetTimestamp();
            var until = started + (long)(time.TotalSeconds * Stopwatch.Frequency);
            await Task.WhenAll(all.Select(connection => connection.RunAsync(receiver.Address, requests, until)));
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var milliseconds = all.SelectMany(connection => connection.Answered).Select(ticks => ticks * 1_000.0 / Stopwatch.Frequency).Order().ToArray();
            return (milliseconds, all.Sum(connection => connection.Errors), seconds);
        }
        finally
        {
            foreach (var connection in all) connection.Dispose();
        }
    }
}
