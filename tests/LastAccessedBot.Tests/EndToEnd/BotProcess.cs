using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>A message of the console, as its JSON endpoints give it.</summary>
internal sealed record ChatMessage(string Id, long Seq, string Author, string? Text, Card? Card, string? OnlyFor);

/// <summary>The host as its own process, with a person's abilities at its console.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    /// <summary>The conversation that everybody is in.</summary>
    private const string Shared = "console";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly Lines _log;

    private BotProcess(Process process, Lines log, Uri address)
    {
        (_process, _log, Address) = (process, log, address);
        Http = new HttpClient { BaseAddress = address, Timeout = s_patience };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public string Log => _log.ToString();

    /// <summary><c>Debug</c> or <c>Release</c>, as the tests were built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string Dll { get; } = Path.Combine(Repository.Root, "src", "LastAccessedBot", "bin", Configuration, "net10.0", "LastAccessedBot.dll");

    /// <summary>Starts <c>dotnet</c> with the arguments, and waits for the line that tells the address.</summary>
    public static async Task<BotProcess> StartAsync(IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE", StringComparison.Ordinal) || name.StartsWith("DOTNET_ENV", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var log = new Lines();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Read(string? line)
        {
            const string Told = "Now listening on: ";
            if (line is null) return;
            log.Add(line);
            if (line.IndexOf(Told, StringComparison.Ordinal) is >= 0 and var at) listening.TrySetResult(new Uri(line[(at + Told.Length)..].Trim()));
        }
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The host ended:\n" + log));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new BotProcess(process, log, await listening.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Waits until so many lines of the log hold the words: what a process writes, others read a moment later.</summary>
    public async Task WhenLoggedAsync(string words, int times)
    {
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (_log.Count(words) >= times) there.TrySetResult();
        }
        _log.Added += Look;
        try
        {
            Look();
            await there.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        }
        finally
        {
            _log.Added -= Look;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Types a line and waits for the answer's end.</summary>
    public async Task<ChatMessage> AskAsync(string user, string text)
    {
        var answers = await SayAsync(user, text);
        var message = Assert.Single(answers);
        return await WhenAsync(message.Id, card => !card.IsUnderWay(), user);
    }

    /// <summary>Types a line; what the bot said at once.</summary>
    public async Task<IReadOnlyList<ChatMessage>> SayAsync(string user, string text, string conversation = Shared) =>
        await PostAsync("/api/console/messages", new { user, text, conversation });

    /// <summary>Presses a button; what the bot said at once.</summary>
    public async Task<IReadOnlyList<ChatMessage>> PressAsync(string user, string message, string choice, object? inputs = null) => await PostAsync("/api/console/actions", new { user, message, choice, inputs });

    /// <summary>Presses a proposal's button, and waits until nothing of its card is under way and the proposal's part of it says <paramref name="outcome"/>.</summary>
    public async Task<ChatMessage> PressAsync(string user, ChatMessage on, string title, string label, string outcome)
    {
        var section = on.Card!.Section(title);
        await PressAsync(user, on.Id, section.Choice(label));
        return await WhenAsync(on.Id, card => !card.IsUnderWay() && card.Sections().Any(one => one.Id == section.Id && one.Text().Contains(outcome, StringComparison.Ordinal)), user);
    }

    /// <summary>What the bot tells the presser alone.</summary>
    public async Task<string> ToldAsync(string user, string message, string choice, object? inputs = null) =>
        Assert.Single(await PressAsync(user, message, choice, inputs), told => told.OnlyFor == user).Card!.Text();

    /// <summary>Waits, by the long poll, until the message's card is as it should be.</summary>
    public async Task<ChatMessage> WhenAsync(string message, Func<Card, bool> isSo, string user)
    {
        ChatMessage? Found(IReadOnlyCollection<ChatMessage> seen) => seen.FirstOrDefault(one => one.Id == message && isSo(one.Card!));
        return Found(await ReadAsync(user, seen => Found(seen) is not null))!;
    }

    /// <summary>All that the person sees in the conversation, by the long poll, as soon as it is as it should be.</summary>
    public async Task<IReadOnlyCollection<ChatMessage>> ReadAsync(string user, Func<IReadOnlyCollection<ChatMessage>, bool> isSo, string conversation = Shared)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var seen = new Dictionary<string, ChatMessage>();
        for (long after = 0; ;)
        {
            JsonElement answer;
            try
            {
                answer = await Http.GetFromJsonAsync<JsonElement>($"/api/console/messages?conversation={conversation}&after={after}&user={user}", patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The conversation did not come to be as expected. It says:\n{string.Join("\n\n", seen.Values.Select(message => message.Card?.Text() ?? message.Text))}\n\nThe host:\n{Log}");
            }
            foreach (var one in Read(answer)) (after, seen[one.Id]) = (one.Seq, one);
            if (isSo(seen.Values)) return seen.Values;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<IReadOnlyList<ChatMessage>> PostAsync(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}\n{Log}");
        return Read(await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>What the process wrote so far.</summary>
    private sealed class Lines
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public event Action? Added;

        public void Add(string line)
        {
            _lines.Enqueue(line);
            Added?.Invoke();
        }

        public int Count(string words) => _lines.Count(line => line.Contains(words, StringComparison.Ordinal));

        public override string ToString() => string.Join('\n', _lines);
    }

    private static IReadOnlyList<ChatMessage> Read(JsonElement answer) => answer.GetProperty("messages").Deserialize<ChatMessage[]>(CardJson.Options)!;
}
