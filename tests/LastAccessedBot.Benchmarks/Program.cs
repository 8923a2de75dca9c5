using BenchmarkDotNet.Running;
using LastAccessedBot.Benchmarks;
using LastAccessedBot.Benchmarks.Slack;
using LastAccessedBot.Benchmarks.Teams;

switch (args)
{
    case ["narrow", .. var rest]:
        NarrowingThroughput.Run(rest.FirstOrDefault(), Console.Out);
        break;
    case ["sweep", .. var rest]:
        var rate = rest.Length > 1 ? double.Parse(rest[1]) : 100;
        // A little below the limit unless told: a call that is throttled costs more than one that waits its turn.
        var botsRate = rest.Length > 3 && double.TryParse(rest[3], out var told) ? told : rate * 0.97;
        await SweepLoad.RunAsync(rest.Length > 0 ? int.Parse(rest[0]) : 5_000, rate, rest.Length > 2 ? int.Parse(rest[2]) : 50, botsRate, isKilled: !rest.Contains("whole"), Console.Out);
        break;
    case ["sweep-account", var identities, var limit, var latency]:
        await SweepLoad.ServeAsync(int.Parse(identities), double.Parse(limit), int.Parse(latency), Console.In, Console.Out);
        break;
    case ["group", .. var rest]:
        await GroupReview.RunAsync(rest.Length > 0 ? int.Parse(rest[0]) : 500, rest.Length > 1 ? int.Parse(rest[1]) : 30, rest.Length > 2 ? int.Parse(rest[2]) : 50, Console.Out);
        break;
    case ["host", var address]:
        await HostLoad.RunAsync(new Uri(address), Console.Out);
        break;
    case ["slack", .. var rest]:
        await SlackLoad.RunAsync(rest.Length > 0 ? int.Parse(rest[0]) : 30, rest.Length > 1 ? int.Parse(rest[1]) : 50, rest.Length > 2 ? rest[2] : null, Console.Out);
        break;
    case ["teams", .. var rest]:
        await TeamsLoad.RunAsync(rest.Length > 0 ? int.Parse(rest[0]) : 30, rest.Length > 1 ? int.Parse(rest[1]) : 50, Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(NarrowingBenchmark).Assembly).Run(args);
        break;
}
