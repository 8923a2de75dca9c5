using System.Diagnostics;
using System.Net.Http.Json;
using LastAccessedBot.Aws;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Sandbox.Faults;
using LastAccessedBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Benchmarks;

/// <summary>
/// The sweep of a generated account that throttles as AWS does: how near it comes to what the rate permits, and what it holds in memory. The
/// account is a process of its own. The host is stopped half-way, without a warning to the sweep, and another one goes on with the same store.
/// </summary>
public static class SweepLoad
{
    private const string Start = "GenerateServiceLastAccessedDetails", Poll = "GetServiceLastAccessedDetails", Page = "GetAccountAuthorizationDetails";

    private static readonly TimeSpan s_report = TimeSpan.FromSeconds(1.5);

    /// <summary>Serves the account until nobody reads its output any more or its input ends.</summary>
    public static async Task ServeAsync(int identities, double callsPerSecond, int latency, TextReader input, TextWriter output)
    {
        var options = new SandboxOptions { Port = 0, ReportTime = s_report, CallsPerSecond = callsPerSecond };
        await using var sandbox = await SandboxServer.StartAsync(GeneratedAccount.Mixed(identities, TimeProvider.System), options, TimeProvider.System, CancellationToken.None);
        sandbox.Faults.Change(faults => faults with { LatencyMilliseconds = latency });
        await output.WriteLineAsync(sandbox.Address.ToString());
        await input.ReadToEndAsync();
    }

    /// <param name="botsCalls">How many calls a second the bot keeps to.</param>
    /// <param name="isKilled">Whether it is stopped half-way.</param>
    public static async Task RunAsync(int identities, double callsPerSecond, int latency, double botsCalls, bool isKilled, TextWriter output)
    {
        using var sandbox = await Account.StartAsync(identities, callsPerSecond, latency);
        var folder = Directory.CreateTempSubdirectory("last-accessed-bot-sweep-").FullName;
        try
        {
            var sweep = new SweepRecord("LOAD1", "bot", TimeProvider.System.GetUtcNow(), ReviewWindow.Default, SweepState.Listing);
            await using (var host = Host(folder, sandbox.Address, botsCalls))
            {
                await host.PrepareStorageAsync(CancellationToken.None);
                if (!await host.GetRequiredService<ISweeps>().StartAsync(sweep, new AuditEntry(sweep.StartedAt, "bot", "sweep-started", null, null, "account", "by hand"), CancellationToken.None)) throw new InvalidOperationException("The store is not new.");
            }
            var (memory, watch) = (new List<long>(), Stopwatch.StartNew());
            HashSet<string> finished = [];
            LoggedCall[] before = [];
            if (isKilled)
            {
                await RunAsync(folder, sandbox.Address, botsCalls, sweep.Id, memory, one => one.Total > 0 && one.State == SweepState.Working && one.Looked >= one.Total / 2);
                await using var looker = Host(folder, sandbox.Address, botsCalls);
                before = await sandbox.CallsAsync();
                finished = await FinishedAsync(looker, before, sweep.Id);
                output.WriteLine($"stopped after {watch.Elapsed.TotalSeconds:F1} s with {finished.Count:N0} targets finished and {Started(before).Count() - finished.Count:N0} reports under way");
            }
            var ended = await RunAsync(folder, sandbox.Address, botsCalls, sweep.Id, memory, _ => false);
            var seconds = watch.Elapsed.TotalSeconds;
            Tell(output, await sandbox.CallsAsync(), ended, finished, before.Length, seconds, callsPerSecond, memory);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs until the sweep is over, or so far that the host is to be stopped.</summary>
    private static async Task<SweepRecord> RunAsync(string folder, Uri aws, double botsCalls, string id, List<long> memory, Func<SweepRecord, bool> isEnough)
    {
        await using var host = Host(folder, aws, botsCalls);
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

    private static async Task<HashSet<string>> FinishedAsync(ServiceProvider host, LoggedCall[] calls, string id)
    {
        var waiting = (await host.GetRequiredService<ISweepTargets>().WaitingAsync(id, "", int.MaxValue, CancellationToken.None)).Select(target => target.Arn).ToHashSet(StringComparer.Ordinal);
        return [.. Started(calls).Where(arn => !waiting.Contains(arn))];
    }

    private static IEnumerable<string> Started(LoggedCall[] calls) =>
        calls.Where(call => call.Operation.EndsWith($":{Start}", StringComparison.Ordinal) && call.Happened).Select(call => call.Parameters["Arn"]);

    private static void Tell(TextWriter output, LoggedCall[] calls, SweepRecord ended, HashSet<string> finished, int callsBefore, double seconds, double callsPerSecond, List<long> memory)
    {
        int Count(string operation) => calls.Count(call => call.Operation.EndsWith($":{operation}", StringComparison.Ordinal));
        var (pages, starts, polls, throttled) = (Count(Page), Count(Start), Count(Poll), calls.Count(call => call.Outcome == "Throttling"));
        var repeated = calls.Skip(callsBefore).Count(call => call.Operation.EndsWith($":{Start}", StringComparison.Ordinal) && finished.Contains(call.Parameters["Arn"]));
        var permitted = ((2 * ended.Total) + pages) / callsPerSecond;
        output.WriteLine($"{ended.State}: {ended.Total:N0} targets, {ended.Failed:N0} failed, {ended.Findings?.WithUnused:N0} with unused services, in {ended.Runs} runs");
        output.WriteLine($"{calls.Length:N0} calls: {pages:N0} pages, {starts:N0} reports begun, {polls:N0} polls; {throttled:N0} of all were throttled");
        if (finished.Count > 0) output.WriteLine($"of {finished.Count:N0} targets that were finished before the stop, {repeated:N0} were asked for again");
        output.WriteLine($"{seconds:F1} s; at {callsPerSecond:N0} calls a second, two a target and the pages take {permitted:F1} s: {seconds / permitted:F2} times that");
        var eighths = memory.Chunk((memory.Count / 8) + 1).Select(some => Mega(some.Max()));
        output.WriteLine($"managed memory of the bot after collection, the most in each eighth of the time: {string.Join(", ", eighths)}");
    }

    private static string Mega(long bytes) => $"{bytes / 1_048_576.0:F1} MB";

    private static ServiceProvider Host(string folder, Uri aws, double botsCalls)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "bot.db")}",
            ["Aws:Endpoint"] = aws.ToString(),
            ["Aws:CallsPerSecond"] = $"{botsCalls:F1}",
            ["Aws:ParallelCalls"] = "32",
            ["Sweep:ParallelReports"] = "200",
        }).Build();
        return new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddSingleton(TimeProvider.System)
            .AddAws(configuration).AddStorage(configuration).AddFlows(configuration).BuildServiceProvider();
    }

    /// <summary>The account in a process of its own, so that what this one holds is the bot's.</summary>
    private sealed class Account(Process process, Uri address) : IDisposable
    {
        public Uri Address => address;

        public static async Task<Account> StartAsync(int identities, double callsPerSecond, int latency)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(SweepLoad).Assembly.Location, "sweep-account", $"{identities}", $"{callsPerSecond}", $"{latency}"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
            var process = Process.Start(start)!;
            return new Account(process, new Uri((await process.StandardOutput.ReadLineAsync())!));
        }

        public async Task<LoggedCall[]> CallsAsync()
        {
            using var http = new HttpClient();
            return (await http.GetFromJsonAsync<LoggedCall[]>(new Uri(address, "/_sandbox/calls")))!;
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
