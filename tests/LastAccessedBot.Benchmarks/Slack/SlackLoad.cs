using System.Diagnostics;

namespace LastAccessedBot.Benchmarks.Slack;

/// <summary>
/// Signed slash commands over connections that never rest, at the bot and at Bolt's receiver in turn: one server at a time, on the same
/// processors as the driver.
/// </summary>
public static class SlackLoad
{
    /// <summary>No receiver on these machines comes near it.</summary>
    private const int MostASecond = 60_000;

    /// <summary>Stamps are good for five minutes.</summary>
    private const int MostSeconds = 200;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(15);

    /// <summary>What is typed: one that the bot stores, queues and reviews, and one that it answers without a store.</summary>
    private static readonly string[] s_texts = ["app-dev", "help"];

    /// <param name="only"><c>bot</c> or <c>bolt</c>; null for both in turn.</param>
    public static async Task RunAsync(int seconds, int connections, string? only, TextWriter output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, MostSeconds);
        await using var slack = await QuietSlack.StartAsync();
        output.WriteLine($"{connections} connections, {seconds} s each after {s_warmUp.TotalSeconds} s of warming up");
        foreach (var text in s_texts)
        {
            if (only is not "bolt") await MeasureAsync($"bot, `/unused {text}`", () => Receiver.BotAsync(slack.Address), slack, text, seconds, connections, output);
            if (only is not "bot") await MeasureAsync($"Bolt, `/unused {text}`", Receiver.BoltAsync, slack, text, seconds, connections, output);
        }
    }

    private static async Task MeasureAsync(string name, Func<Task<Receiver>> start, QuietSlack slack, string text, int seconds, int connections, TextWriter output)
    {
        await using var receiver = await start();
        SignedCommands Prepared(double time) => new(receiver.Address, slack.Address, text, (int)(time * MostASecond));
        var (warmUp, commands) = (Prepared(s_warmUp.TotalSeconds), Prepared(seconds));
        GC.Collect();
        await LoadAsync(receiver, warmUp, s_warmUp, connections);
        var (posted, busy) = (slack.Posted, receiver.Busy);
        var (milliseconds, errors, took) = await LoadAsync(receiver, commands, TimeSpan.FromSeconds(seconds), connections);
        output.WriteLine(
            $"{name,-24} {milliseconds.Length / took,8:N0} a second, {errors} errors; {At(0.5):F1} ms median, {At(0.9):F1} ms 90th, {At(0.99):F1} ms 99th percentile, {milliseconds[^1]:F1} ms longest; "
            + $"{(receiver.Busy - busy).TotalSeconds / took:F2} processors busy; {slack.Posted - posted} cards posted meanwhile");

        double At(double share) => milliseconds[(int)(milliseconds.Length * share)];
    }

    private static async Task<(double[] Milliseconds, int Errors, double Seconds)> LoadAsync(Receiver receiver, SignedCommands commands, TimeSpan time, int connections)
    {
        var all = Enumerable.Range(0, connections).Select(_ => new KeepAliveConnection()).ToArray();
        try
        {
            var started = Stopwatch.GetTimestamp();
            var until = started + (long)(time.TotalSeconds * Stopwatch.Frequency);
            await Task.WhenAll(all.Select(connection => connection.RunAsync(receiver.Address, commands, until)));
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
