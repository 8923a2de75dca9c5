using System.Diagnostics;
using LastAccessedBot.Aws;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Benchmarks;

/// <summary>
/// The sweep of a generated account that throttles as AWS does: how near it comes to what the rate permits, and what it holds in memory. The
/// host is stopped half-way, without a warning to the sweep, and another one goes on with the same store.
/// </summary>
public static class SweepLoad
{
    private const string Start = "GenerateServiceLastAccessedDetails", Poll = "GetServiceLastAccessedDetails", Page = "GetAccountAuthorizationDetails";

    private static readonly TimeSpan s_report = TimeSpan.FromSeconds(1.5);

    /// <param name="isKilled">Whether it is stopped half-way.</param>
    public static async Task RunAsync(int identities, double callsPerSecond, int latency, bool isKilled, TextWriter output)
    {
        var options = new SandboxOptions { Port = 0, ReportTime = s_report, CallsPerSecond = callsPerSecond };
        await using var sandbox = await SandboxServer.StartAsync(GeneratedAccount.Mixed(identities, TimeProvider.System), options, TimeProvider.System, CancellationToken.None);
        sandbox.Faults.Change(faults => faults with { LatencyMilliseconds = latency });
        var folder = Directory.CreateTempSubdirectory("last-accessed-bot-sweep-").FullName;
        try
        {
            var sweep = new SweepRecord("LOAD1", "bot", TimeProvider.System.GetUtcNow(), ReviewWindow.Default, SweepState.Listing);
            await using (var host = Host(folder, sandbox.Address, callsPerSecond))
            {
                await host.PrepareStorageAsync(CancellationToken.None);
                if (!await host.GetRequiredService<ISweeps>().StartAsync(sweep, new AuditEntry(sweep.StartedAt, "bot", "sweep-started", null, null, "account", "by hand"), CancellationToken.None)) throw new InvalidOperationException("The store is not new.");
            }
            var (memory, watch) = (new List<long>(), Stopwatch.StartNew());
            HashSet<string> finished = [];
            var callsBefore = 0;
            if (isKilled)
            {
                await RunAsync(folder, sandbox.Address, callsPerSecond, sweep.Id, memory, one => one.Total > 0 && one.State == SweepState.Working && one.Looked >= one.Total / 2);
                await using var looker = Host(folder, sandbox.Address, callsPerSecond);
                finished = await FinishedAsync(looker, sandbox, sweep.Id);
                callsBefore = sandbox.Calls.All.Count;
                output.WriteLine($"stopped after {watch.Elapsed.TotalSeconds:F1} s with {finished.Count:N0} targets finished and {sandbox.Calls.Count($"iam:{Start}") - finished.Count:N0} reports under way");
            }
            var ended = await RunAsync(folder, sandbox.Address, callsPerSecond, sweep.Id, memory, _ => false);
            Tell(output, sandbox, ended, finished, callsBefore, watch.Elapsed.TotalSeconds, callsPerSecond, memory);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs until the sweep is over, or so far that the host is to be stopped.</summary>
    private static async Task<SweepRecord> RunAsync(string folder, Uri aws, double callsPerSecond, string id, List<long> memory, Func<SweepRecord, bool> isEnough)
    {
        await using var host = Host(folder, aws, callsPerSecond);
        using var stop = new CancellationTokenSource();
        var running = host.GetRequiredService<SweepAccount>().RunAsync(id, stop.Token);
        while (await Task.WhenAny(running, Task.Delay(500)) != running)
        {
            memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            if (isEnough((await host.GetRequiredService<ISweeps>().FindAsync(id, CancellationToken.None))!)) await stop.CancelAsync();
        }
        try
        {
            await running;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As a host that is stopped: nothing more is written.
        }
        return (await host.GetRequiredService<ISweeps>().FindAsync(id, CancellationToken.None))!;
    }

    private static async Task<HashSet<string>> FinishedAsync(ServiceProvider host, SandboxServer sandbox, string id)
    {
        var waiting = (await host.GetRequiredService<ISweepTargets>().WaitingAsync(id, "", int.MaxValue, CancellationToken.None)).Select(target => target.Arn).ToHashSet(StringComparer.Ordinal);
        return [.. Started(sandbox).Where(arn => !waiting.Contains(arn))];
    }

    private static IEnumerable<string> Started(SandboxServer sandbox) =>
        sandbox.Calls.All.Where(call => call.Operation.EndsWith($":{Start}", StringComparison.Ordinal) && call.Happened).Select(call => call.Parameters["Arn"]);

    private static void Tell(TextWriter output, SandboxServer sandbox, SweepRecord ended, HashSet<string> finished, int callsBefore, double seconds, double callsPerSecond, List<long> memory)
    {
        var calls = sandbox.Calls.All;
        int Count(string operation) => calls.Count(call => call.Operation.EndsWith($":{operation}", StringComparison.Ordinal));
        var (pages, starts, polls, throttled) = (Count(Page), Count(Start), Count(Poll), calls.Count(call => call.Outcome == "Throttling"));
        var repeated = calls.Skip(callsBefore).Count(call => call.Operation.EndsWith($":{Start}", StringComparison.Ordinal) && finished.Contains(call.Parameters["Arn"]));
        var permitted = ((2 * ended.Total) + pages) / callsPerSecond;
        output.WriteLine($"{ended.State}: {ended.Total:N0} targets, {ended.Failed:N0} failed, {ended.Findings?.WithUnused:N0} with unused services, in {ended.Runs} runs");
        output.WriteLine($"{calls.Count:N0} calls: {pages:N0} pages, {starts:N0} reports begun, {polls:N0} polls; {throttled:N0} of all were throttled");
        if (finished.Count > 0) output.WriteLine($"of {finished.Count:N0} targets that were finished before the stop, {repeated:N0} were asked for again");
        output.WriteLine($"{seconds:F1} s; at {callsPerSecond:N0} calls a second, two a target and the pages take {permitted:F1} s: {seconds / permitted:F2} times that");
        var quarter = Math.Max(1, memory.Count / 4);
        output.WriteLine($"managed memory after collection, sandbox account included: first quarter {Mega(memory.Take(quarter).Max())}, last quarter {Mega(memory.TakeLast(quarter).Max())}, at most {Mega(memory.Max())}");
    }

    private static string Mega(long bytes) => $"{bytes / 1_048_576.0:F0} MB";

    private static ServiceProvider Host(string folder, Uri aws, double callsPerSecond)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "bot.db")}",
            ["Aws:Endpoint"] = aws.ToString(),
            // A little below the limit: a call that is throttled costs more than one that waits its turn.
            ["Aws:CallsPerSecond"] = (callsPerSecond * 0.97).ToString("F1"),
            ["Aws:ParallelCalls"] = "32",
            ["Sweep:ParallelReports"] = "200",
        }).Build();
        return new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddSingleton(TimeProvider.System)
            .AddAws(configuration).AddStorage(configuration).AddFlows(configuration).BuildServiceProvider();
    }
}
