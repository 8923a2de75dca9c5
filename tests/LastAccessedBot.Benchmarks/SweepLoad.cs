using System.Diagnostics;
using LastAccessedBot.Aws;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Flows;
using LastAccessedBot.Sandbox;
using LastAccessedBot.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LastAccessedBot.Benchmarks;

/// <summary>The sweep over a generated account whose rate limit and report time are given: how near it comes to what the limit permits.</summary>
public static class SweepLoad
{
    public static async Task RunAsync(int policies, double callsPerSecond, TextWriter output)
    {
        var options = new SandboxOptions { Port = 0, ReportTime = TimeSpan.FromMilliseconds(200), CallsPerSecond = callsPerSecond };
        await using var sandbox = await SandboxServer.StartAsync(GeneratedAccount.Create(policies, TimeProvider.System), options, TimeProvider.System, CancellationToken.None);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Aws:Endpoint"] = sandbox.Address.ToString(),
            // A little below the limit: a call that is throttled costs more than one that waits its turn.
            ["Aws:CallsPerSecond"] = (callsPerSecond * 0.97).ToString("F1"),
            ["Aws:ParallelCalls"] = "16",
            ["Sweep:ParallelReports"] = "64",
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddAws(configuration).AddStorage(configuration).AddFlows(configuration).BuildServiceProvider();
        var started = Stopwatch.GetTimestamp();
        long most = 0;
        var ranking = await services.GetRequiredService<RankPolicies>().RankAsync(null, ReviewWindow.Default, (_, _) =>
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            return Task.CompletedTask;
        }, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var calls = sandbox.Calls.All;
        var polls = calls.Count(call => call.Operation.EndsWith("GetServiceLastAccessedDetails", StringComparison.Ordinal));
        var pages = calls.Count(call => call.Operation.EndsWith("GetAccountAuthorizationDetails", StringComparison.Ordinal));
        var permitted = (ranking.Policies.Length * 2 + pages) / callsPerSecond;
        output.WriteLine($"{ranking.Policies.Length} policies, {ranking.Policies.Count(policy => policy.Problem is not null)} with a problem; {calls.Count} calls: {pages} pages, {polls} polls, {calls.Count - pages - polls} others");
        output.WriteLine($"{seconds:F1} s; at {callsPerSecond:N0} calls a second one start and one poll a policy take {permitted:F1} s: {seconds / permitted:F2} times that");
        output.WriteLine($"at most {most / 1_048_576.0:F0} MB of managed memory, sandbox and its {policies} policies included");
    }
}
