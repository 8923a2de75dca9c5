using System.Diagnostics.Metrics;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>What the bot counts and times, by the names that operators see. Nothing of it names a person, an identity or a policy.</summary>
public static class Measures
{
    public const string MeterName = "LastAccessedBot";

    private static readonly InstrumentAdvice<double> s_seconds = new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] };
    private static readonly Meter s_meter = new(MeterName);
    private static readonly Histogram<double> s_cards = s_meter.CreateHistogram("lastaccessedbot.card.duration", "s", "From a question to the card that answers it", advice: s_seconds);
    private static readonly Histogram<double> s_applies = s_meter.CreateHistogram("lastaccessedbot.apply.duration", "s", "From an approval to its end", advice: s_seconds);
    private static readonly Counter<long> s_trims = s_meter.CreateCounter<long>("lastaccessedbot.trims", "{trim}", "What became of suggested trims");
    private static readonly Counter<long> s_removed = s_meter.CreateCounter<long>("lastaccessedbot.services.removed", "{service}", "Services that applied trims took away");
    private static readonly Counter<long> s_awsCalls = s_meter.CreateCounter<long>("lastaccessedbot.aws.calls", "{call}", "Calls to AWS, with all that was tried of each");
    private static readonly Counter<long> s_awsThrottles = s_meter.CreateCounter<long>("lastaccessedbot.aws.throttles", "{call}", "Attempts that AWS refused as too many");
    private static readonly Counter<long> s_chatThrottles = s_meter.CreateCounter<long>("lastaccessedbot.chat.throttles", "{call}", "Calls that a chat platform refused as too many");
    private static readonly Counter<long> s_swept = s_meter.CreateCounter<long>("lastaccessedbot.sweep.targets", "{target}", "Targets that sweeps of the account looked at");
    private static readonly Histogram<double> s_sweeps = s_meter.CreateHistogram("lastaccessedbot.sweep.duration", "s", "From the start of a sweep to its end", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [10, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400] });
    private static readonly Counter<long> s_jobs = s_meter.CreateCounter<long>("lastaccessedbot.jobs", "{job}", "Runs of background work");

    /// <param name="question">What was asked.</param>
    public static void Answered(Question question, bool isAnswered, TimeSpan took) =>
        s_cards.Record(took.TotalSeconds, new("question", Word(question)), new("outcome", isAnswered ? "answered" : "failed"));

    /// <summary>A proposal came to another state.</summary>
    public static void Became(Proposal proposal)
    {
        s_trims.Add(1, new("kind", Word(proposal.Trim.Kind)), new("outcome", Word(proposal.State)));
        if (proposal.State == ProposalState.Applied) s_removed.Add(proposal.Trim.Removed.Length, new KeyValuePair<string, object?>("kind", Word(proposal.Trim.Kind)));
        if (proposal is { State: ProposalState.Applied or ProposalState.Failed or ProposalState.Drifted, DecidedAt: { } decided, EndedAt: { } ended })
            s_applies.Record((ended - decided).TotalSeconds, new("kind", Word(proposal.Trim.Kind)), new("outcome", Word(proposal.State)));
    }

    /// <param name="operation">With its service, as <c>IAM.GetPolicy</c>.</param>
    /// <param name="outcome"><c>ok</c>, AWS's error code, or what kept an answer from coming.</param>
    public static void AwsCalled(string operation, string outcome) => s_awsCalls.Add(1, new("operation", operation), new("outcome", outcome));

    /// <inheritdoc cref="AwsCalled"/>
    public static void AwsThrottled(string operation) => s_awsThrottles.Add(1, new KeyValuePair<string, object?>("operation", operation));

    /// <param name="surface">As in <see cref="Conversation.Surface"/>.</param>
    /// <param name="operation">In the platform's words.</param>
    public static void ChatThrottled(string surface, string operation) => s_chatThrottles.Add(1, new("surface", surface), new("operation", operation));

    /// <summary>A target of a sweep was looked at.</summary>
    public static void Swept(SweepResult result) => s_swept.Add(1, new("kind", Word(result.Target.Kind)), new("outcome", result is SweepResult.Judged ? "judged" : "failed"));

    /// <summary>A sweep is over.</summary>
    public static void SweepEnded(SweepRecord sweep) => s_sweeps.Record((sweep.EndedAt!.Value - sweep.StartedAt).TotalSeconds, new KeyValuePair<string, object?>("outcome", Word(sweep.State)));

    /// <param name="job">The name of the flow.</param>
    public static void Ran(string job, bool isDone) => s_jobs.Add(1, new("job", job), new("outcome", isDone ? "done" : "failed"));

    private static string Word<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((one, at) => char.IsUpper(one) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(one) : $"{one}"));
}
