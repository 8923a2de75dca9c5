using Microsoft.Extensions.Logging;

namespace LastAccessedBot.Tests.Surfaces.Slack.Socket;

/// <summary>The log's lines, and a wait for one.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();
    private readonly List<(string Part, TaskCompletionSource Seen)> _awaited = [];

    public List<string> Written { get; } = [];

    public Task WhenAsync(string part)
    {
        lock (_gate)
        {
            if (Written.Any(line => line.Contains(part, StringComparison.Ordinal))) return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((part, seen));
            return seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        lock (_gate)
        {
            Written.Add(line);
            foreach (var (_, seen) in _awaited.Where(one => line.Contains(one.Part, StringComparison.Ordinal))) seen.TrySetResult();
        }
    }

    public void Dispose()
    {
    }
}
