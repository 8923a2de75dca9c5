using System.Collections.Concurrent;

namespace LastAccessedBot.Aws;

/// <summary>A question that is asked once for each subject: whoever asks the same again, meanwhile or later, has the first one's answer, or its failure.</summary>
internal sealed class Once<TAnswer>(Func<string, CancellationToken, Task<TAnswer>> ask)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<TAnswer>>> asked = new(StringComparer.Ordinal);

    public Task<TAnswer> AskAsync(string about, CancellationToken ct) => asked.GetOrAdd(about, subject => new Lazy<Task<TAnswer>>(() => ask(subject, ct))).Value;
}
