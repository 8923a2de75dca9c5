using System.Diagnostics;
using LastAccessedBot.Tests;

namespace LastAccessedBot.Benchmarks.Load;

/// <summary>A process that receives what a chat platform delivers.</summary>
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
    /// <param name="settings">Of its chat platform.</param>
    public static Task<Receiver> BotAsync(Dictionary<string, string> settings) => StartAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "LastAccessedBot.dll"), folder => new(settings)
    {
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, "bot.db")}",
        ["Sandbox__Port"] = "0",
        ["Sandbox__StateFile"] = Path.Combine(folder, "sandbox.json"),
        ["Console__Enabled"] = "false",
    });

    /// <summary>A script in a folder with packages of its own.</summary>
    public static Task<Receiver> NodeAsync(string folder, string script, Dictionary<string, string> settings) => Directory.Exists(Repository.File(folder + "/node_modules"))
        ? StartAsync("node", Repository.File($"{folder}/{script}"), _ => settings)
        : throw new InvalidOperationException($"Its packages are not there yet: npm ci --prefix {folder}");

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
