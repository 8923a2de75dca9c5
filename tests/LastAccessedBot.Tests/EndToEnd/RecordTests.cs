using System.Diagnostics;
using System.Text.Json;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Flows;
using static LastAccessedBot.Tests.EndToEnd.Scene;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>What the auditor finds a year later: read, written out and checked by the program's own commands.</summary>
[Collection(nameof(EndToEnd))]
public sealed class RecordTests : IAsyncLifetime
{
    private const string Detach = "Detach App-Dev-ElasticTranscoder from group app-dev";

    private Scene _scene = null!;

    private BotProcess Bot => _scene.Bot;

    private string Exported => Path.Combine(_scene.Folder, "record");

    public async ValueTask InitializeAsync() => _scene = await Scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_decision_is_on_record_with_who_when_why_and_what_was_there_before_and_after()
    {
        var review = await Bot.AskAsync(Paulo, "/unused app-dev");
        await Bot.PressAsync(Maria, review, Detach, "Approve", "Applied on");
        var record = await _scene.RecordAboutAsync("group app-dev");

        var approved = Assert.Single(record, entry => entry.Event == "approved");
        Assert.Equal($"console:{Maria}", approved.Actor);
        var why = JsonDocument.Parse(approved.Facts!).RootElement;
        Assert.Equal("low", why.GetProperty("risk").GetString());
        Assert.NotEmpty(why.GetProperty("evidence").EnumerateArray());
        Assert.Contains("App-Dev-ElasticTranscoder", Assert.Single(why.GetProperty("edits").EnumerateArray()).GetString(), StringComparison.Ordinal);

        var done = JsonDocument.Parse(Assert.Single(record, entry => entry.Event == "step-done").Facts!).RootElement;
        Assert.NotEqual(done.GetProperty("before").ToString(), done.GetProperty("after").ToString());
        var request = Assert.Single(done.GetProperty("requestIds").EnumerateArray()).GetString();
        Assert.False(string.IsNullOrEmpty(request));
        Assert.False(JsonDocument.Parse(Assert.Single(record, entry => entry.Event == "step-started").Facts!).RootElement.TryGetProperty("requestIds", out _));
    }

    [Fact]
    public async Task Chat_and_command_line_say_the_same_of_a_whole_record_and_a_noted_head_holds()
    {
        var review = await Bot.AskAsync(Paulo, "/unused app-dev");
        await Bot.PressAsync(Maria, review, Detach, "Approve", "Applied on");
        await _scene.WhenShownAsync(review.Id);
        var verified = Assert.Single(await Bot.SayAsync(Paulo, "/unused history verify")).Card!;
        Assert.Matches(@"^The record is whole: \d+ entries as they were written$", verified.Title.ToString());

        var (code, output, _) = await RunAsync("audit", "verify");
        Assert.Equal(0, code);
        var head = output.Trim().Split(' ')[^1];
        Assert.Contains(head, verified.Text(), StringComparison.Ordinal);
        await Bot.AskAsync(Paulo, "/unused history");
        var again = await RunAsync("audit", "verify", "--head", head);
        Assert.Equal((0, output), (again.Code, again.Output));
        Assert.Equal(3, (await RunAsync("audit", "verify", "--head", $"{ChainHead.Parse(head)!.Number}:{new string('0', 64)}")).Code);
        Assert.Equal(2, (await RunAsync("audit", "verify", "--head", "yesterday")).Code);
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    public async Task One_flipped_bit_of_any_byte_of_an_exported_record_is_found(string format)
    {
        var review = await Bot.AskAsync(Paulo, "/unused app-dev");
        await Bot.PressAsync(Maria, review, Detach, "Dismiss", "Dismissed by");
        var (code, text, error) = await RunAsync("audit", "export", "--format", format);
        Assert.Equal((0, ""), (code, error));
        await File.WriteAllTextAsync(Exported, text);
        Assert.Equal(0, (await RunAsync("audit", "verify", Exported)).Code);

        // What the command says of a file, it says by this.
        var bytes = await File.ReadAllBytesAsync(Exported);
        for (var at = 0; at < bytes.Length; at++)
        {
            var was = bytes[at];
            bytes[at] ^= (byte)(1 << at % 8);
            using (var changed = new MemoryStream(bytes)) Assert.True(VerifyRecord.OfText(changed, null).Fault is not null, $"byte {at} of {format}");
            bytes[at] = was;
        }
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(Exported, bytes);
        var found = await RunAsync("audit", "verify", Exported);
        Assert.Equal(3, found.Code);
        Assert.StartsWith("The record is not whole: ", found.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_record_nothing_is_made()
    {
        var empty = Directory.CreateTempSubdirectory("last-accessed-bot-empty-");
        try
        {
            var (code, _, error) = await RunAsync(["audit", "verify"], empty.FullName, Path.Combine(empty.FullName, "nothing.db"));
            Assert.Equal(2, code);
            Assert.Contains("nothing.db`", error, StringComparison.Ordinal);
            Assert.Empty(empty.GetFileSystemInfos());
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(arguments, _scene.Folder, Path.Combine(_scene.Folder, "bot.db"));

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments, string folder, string database)
    {
        var start = new ProcessStartInfo("dotnet", [BotProcess.Dll, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Storage__ConnectionString"] = $"Data Source={database}";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
