using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>One pass over the targets of a sweep that wait.</summary>
/// <remarks>
/// What became of them is written a second's worth at a time, so that a host which dies repeats what it had in hand in its last second, and
/// nothing else.
/// </remarks>
public sealed partial class LookAtTargets(
    ISweepTargets targets, JudgeTarget judge, ITurns turns, IOptionsMonitor<SweepOptions> options, TimeProvider time, ILogger<LookAtTargets> log)
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan s_gather = TimeSpan.FromSeconds(1);

    /// <param name="Sweep">How far it is; null when it is held no more.</param>
    /// <param name="Unanswered">What kept AWS from answering about targets that wait still; null where none do.</param>
    public sealed record Outcome(SweepRecord? Sweep, string? Unanswered);

    public async Task<Outcome> RunAsync(SweepRecord sweep, CancellationToken cancellation)
    {
        using var pass = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var results = Channel.CreateBounded<SweepResult>(MostAtOnce);
        var writing = WriteAsync(sweep, results.Reader, pass, cancellation);
        var (parallel, silent, unanswered) = (options.CurrentValue.ParallelReports, 0, (string?)null);
        SweepRecord? last;
        try
        {
            await Parallel.ForEachAsync(WaitingAsync(sweep.Id, pass.Token), new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = pass.Token }, async (target, token) =>
            {
                try
                {
                    await results.Writer.WriteAsync(await judge.RunAsync(sweep, target, token), token);
                    Interlocked.Exchange(ref silent, 0);
                }
                catch (AwsUnreachableException unreachable)
                {
                    LogUnanswered(unreachable, target.Words);
                    unanswered = unreachable.Message;
                    // AWS itself is away: asking for all the others, too, would help nobody.
                    if (Interlocked.Increment(ref silent) >= 2 * parallel) await pass.CancelAsync();
                }
            });
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // AWS is away, or what was found could not be written: the writer says which.
        }
        finally
        {
            results.Writer.Complete();
            last = await writing;
        }
        return new Outcome(last, unanswered);
    }

    private async IAsyncEnumerable<SweepTarget> WaitingAsync(string sweepId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var after = ""; ;)
        {
            var some = await targets.WaitingAsync(sweepId, after, MostAtOnce, cancellation);
            foreach (var target in some) yield return target;
            if (some.Length < MostAtOnce) yield break;
            after = some[^1].Key;
        }
    }

    /// <summary>Writes until there is nothing more; where it cannot, the pass ends.</summary>
    private async Task<SweepRecord?> WriteAsync(SweepRecord sweep, ChannelReader<SweepResult> results, CancellationTokenSource pass, CancellationToken cancellation)
    {
        try
        {
            var batch = new List<SweepResult>(MostAtOnce);
            while (await results.WaitToReadAsync(cancellation))
            {
                await Task.Delay(s_gather, time, cancellation);
                batch.Clear();
                while (batch.Count < MostAtOnce && results.TryRead(out var result)) batch.Add(result);
                var failed = batch.Count(result => result is SweepResult.Failed);
                sweep = sweep with { Done = sweep.Done + batch.Count - failed, Failed = sweep.Failed + failed };
                // As reviews do: of two who write the first point of a day, the second must find it.
                await using (await turns.TakeAsync(Turn.Answers, cancellation))
                    if (!await targets.DoneAsync(sweep, batch, cancellation)) return null;
                foreach (var result in batch) Measures.Swept(result);
            }
            return sweep;
        }
        finally
        {
            await pass.CancelAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "AWS did not answer the sweep about {Target}")]
    private partial void LogUnanswered(Exception unreachable, string target);
}
