using System.Diagnostics;
using System.Net.Http.Json;

namespace LastAccessedBot.Benchmarks;

/// <summary>How long a running host takes to acknowledge a command: the card stands, the work goes on.</summary>
public static class HostLoad
{
    private const int WarmUp = 20, Commands = 300;

    public static async Task RunAsync(Uri host, TextWriter output)
    {
        using var client = new HttpClient { BaseAddress = host };
        var milliseconds = new List<double>();
        for (var number = 0; number < WarmUp + Commands; number++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsJsonAsync("/api/console/messages", new { user = "paulo-santos", text = number % 10 == 0 ? "/unused app-dev" : "/unused help" });
            answer.EnsureSuccessStatusCode();
            if (number >= WarmUp) milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        milliseconds.Sort();
        output.WriteLine($"{Commands} commands one after another: median {milliseconds[Commands / 2]:F1} ms, 99th percentile {milliseconds[(int)(Commands * 0.99)]:F1} ms, longest {milliseconds[^1]:F1} ms");
    }
}
