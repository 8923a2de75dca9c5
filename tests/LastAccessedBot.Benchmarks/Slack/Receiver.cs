using System.Diagnostics;
using LastAccessedBot.Tests;

namespace LastAccessedBot.Benchmarks.Slack;

/// <summary>A process that receives Slack's commands.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _folder;

    private Receiver(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <summary>Processor time so far, of all threads.</summary>
    public TimeSpan Busy
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The bot as it is shipped, with an account and a store of its own.</summary>
    public static Task<Receiver> BotAsync(Uri slack) => StartAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "LastAccessedBot.dll"), folder => new()
    {
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, "bot.db")}",
        ["Sandbox__Port"] = "0",
        ["Sandbox__StateFile"] = Path.Combine(folder, "sandbox.json"),
        ["Console__Enabled"] = "false",
        ["Slack__SigningSecret"] = SignedCommands.SigningSecret,
        ["Slack__BotToken"] = "xoxb-of-the-driver",
        ["Slack__ApiUrl"] = new Uri(slack, "/api/").ToString(),
    });

    /// <summary>Bolt's receiver on Node.</summary>
    public static Task<Receiver> BoltAsync()
    {
        const string Folder = "tests/LastAccessedBot.Benchmarks/Slack/bolt";
        if (!Directory.Exists(Repository.File(Folder + "/node_modules"))) throw new InvalidOperationException($"Bolt is not there yet: npm ci --prefix {Folder}");
        return StartAsync("node", Repository.File(Folder + "/receiver.js"), _ => new() { ["NODE_ENV"] = "production", ["SLACK_SIGNING_SECRET"] = SignedCommands.SigningSecret });
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<Receiver> StartAsync(string program, string argument, Func<string, Dictionary<string, string>> settings)
    {
        var folder = Directory.CreateTempSubdirectory("last-accessed-bot-load-").FullName;
        var start = new ProcessStartInfo(program, [argument]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings(folder)) start.Environment[name] = value;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var last = "";
        void Read(string? line)
        {
            const string Told = "Now listening on: ";
            if (line is null) return;
            last = line;
            if (line.IndexOf(Told, StringComparison.Ordinal) is >= 0 and var at) listening.TrySetResult(new Uri(line[(at + Told.Length)..].Trim()));
        }
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"{program} ended: {last}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new Receiver(process, folder, await listening.Task.WaitAsync(s_patience));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
