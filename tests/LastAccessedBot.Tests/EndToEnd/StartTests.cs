using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>The host finds its settings and its page however it is started.</summary>
[Collection(nameof(EndToEnd))]
public sealed partial class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("last-accessed-bot-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Started_as_the_readme_says() => AnswersAsync(Repository.Root, "run", "--no-build", "--project", "src/LastAccessedBot");

    [Fact]
    public Task Started_from_another_folder() => AnswersAsync(_folder, Path.Combine(AppContext.BaseDirectory, "LastAccessedBot.dll"));

    [Fact]
    public async Task Started_from_what_publish_puts_out()
    {
        var output = Path.Combine(_folder, "published");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Repository.File("src/LastAccessedBot"), "--no-restore", "-c", "Debug", "-o", output]) { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(publish.ExitCode == 0, said);
        await AnswersAsync(_folder, Path.Combine(output, "LastAccessedBot.dll"));
    }

    [Fact]
    public async Task Without_its_settings_nothing_of_Slack_is_there()
    {
        await using var scene = await Scene.StartAsync();
        using var nothing = await scene.Bot.Http.PostAsync("/no/such/address", null, TestContext.Current.CancellationToken);
        foreach (var path in new[] { "/slack/commands", "/slack/interactions" })
        {
            using var answer = await scene.Bot.Http.PostAsync(path, null, TestContext.Current.CancellationToken);
            Assert.Equal(nothing.StatusCode, answer.StatusCode);
        }
        using var nowhere = await scene.Bot.Http.GetAsync("/no/such/address", TestContext.Current.CancellationToken);
        foreach (var path in new[] { "/slack/install", "/slack/oauth" })
        {
            using var answer = await scene.Bot.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(nowhere.StatusCode, answer.StatusCode);
        }
    }

    [Fact]
    public async Task With_half_of_its_settings_the_host_says_which_is_missing()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Scene.StartAsync(settings: [("Slack__SigningSecret", "of-the-test")]));
        Assert.Contains("Slack:BotToken is missing", failure.Message);
        failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Scene.StartAsync(settings: [("Slack__BotToken", "xoxb-of-the-test")]));
        Assert.Contains("Slack needs a way in", failure.Message);
        Assert.DoesNotContain("xoxb-of-the-test", failure.Message);
    }

    private async Task AnswersAsync(string from, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = from, RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Sandbox__Port"] = "0";
        start.Environment["Sandbox__StateFile"] = Path.Combine(_folder, "sandbox.json");
        start.Environment["Storage__ConnectionString"] = $"Data Source={Path.Combine(_folder, "bot.db")}";
        start.Environment["Console__ConnectionString"] = $"Data Source={Path.Combine(_folder, "console.db")}";
        using var host = Process.Start(start)!;
        try
        {
            using var client = new HttpClient { BaseAddress = await AddressAsync(host) };
            Assert.Contains("LastAccessedBot", await client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            using var styles = await client.GetAsync("/LastAccessedBot.styles.css", TestContext.Current.CancellationToken);
            Assert.True(styles.IsSuccessStatusCode, "the page's styles are missing");
            // A setting of appsettings.json that decides an answer: who may be asked to approve.
            using var answer = await client.PostAsJsonAsync("/api/console/messages", new { user = "maria-garcia", text = "/unused help" }, TestContext.Current.CancellationToken);
            Assert.Contains("/unused undo ID", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            host.Kill(entireProcessTree: true);
            await host.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<Uri> AddressAsync(Process host)
    {
        while (await host.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (Listening().Match(line) is { Success: true } match) return new Uri(match.Groups[1].Value);
        throw new InvalidOperationException("the host ended before it listened");
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
