using System.Diagnostics;
using LastAccessedBot.Aws.Wire;

namespace LastAccessedBot.Tests.Aws;

public sealed class CallBudgetTests
{
    [Fact]
    public async Task Calls_start_no_faster_than_the_budget_after_its_first_burst()
    {
        using var budget = new CallBudget(callsPerSecond: 10, parallelCalls: 100);
        var watch = Stopwatch.StartNew();
        for (var call = 0; call < 15; call++) (await budget.TakeAsync(CancellationToken.None)).Dispose();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.35, 10);
    }

    [Fact]
    public async Task No_more_calls_than_places_are_under_way()
    {
        using var budget = new CallBudget(callsPerSecond: null, parallelCalls: 2);
        var first = await budget.TakeAsync(CancellationToken.None);
        using var second = await budget.TakeAsync(CancellationToken.None);
        var third = budget.TakeAsync(CancellationToken.None);
        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
    }
}
