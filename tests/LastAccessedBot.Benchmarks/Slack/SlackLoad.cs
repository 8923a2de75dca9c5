using LastAccessedBot.Benchmarks.Load;

namespace LastAccessedBot.Benchmarks.Slack;

/// <summary>Signed slash commands, at the bot and at Bolt's receiver in turn.</summary>
public static class SlackLoad
{
    /// <summary>Stamps are good for five minutes.</summary>
    private const int MostSeconds = 200;

    /// <summary>What is typed: one that the bot stores, queues and reviews, and one that it answers without a store.</summary>
    private static readonly string[] s_texts = ["app-dev", "help"];

    /// <param name="only"><c>bot</c> or <c>bolt</c>; null for both in turn.</param>
    public static async Task RunAsync(int seconds, int connections, string? only, TextWriter output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, MostSeconds);
        await using var slack = await QuietSlack.StartAsync();
        output.WriteLine($"{connections} connections, {seconds} s each after {LoadRun.WarmUp.TotalSeconds} s of warming up");
        foreach (var text in s_texts)
        {
            if (only is not "bolt") await MeasureAsync($"bot, `/unused {text}`", () => BotAsync(slack.Address), slack, text, seconds, connections, output);
            if (only is not "bot") await MeasureAsync($"Bolt, `/unused {text}`", BoltAsync, slack, text, seconds, connections, output);
        }
    }

    private static async Task MeasureAsync(string name, Func<Task<Receiver>> start, QuietServer slack, string text, int seconds, int connections, TextWriter output)
    {
        await using var receiver = await start();
        await LoadRun.MeasureAsync(name, receiver, count => new SignedCommands(receiver.Address, slack.Address, text, count), () => slack.Posted, seconds, connections, output);
    }

    private static Task<Receiver> BotAsync(Uri slack) => Receiver.BotAsync(new()
    {
        ["Slack__SigningSecret"] = SignedCommands.SigningSecret,
        ["Slack__BotToken"] = "xoxb-of-the-driver",
        ["Slack__ApiUrl"] = new Uri(slack, "/api/").ToString(),
    });

    /// <summary>Bolt's receiver on Node.</summary>
    private static Task<Receiver> BoltAsync() => Receiver.NodeAsync(
        "tests/LastAccessedBot.Benchmarks/Slack/bolt", "receiver.js", new() { ["NODE_ENV"] = "production", ["SLACK_SIGNING_SECRET"] = SignedCommands.SigningSecret });
}
