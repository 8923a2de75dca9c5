using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Watching;

/// <summary>What was seen of those whom an applied trim took something from, since.</summary>
/// <param name="Until">So long it is watched.</param>
/// <param name="Denials">The latest first; once seen, a denial stays.</param>
/// <param name="Before">How many services the subject reached before the trim; null where nobody counted.</param>
/// <param name="After">The same at the last answer after it.</param>
/// <param name="Problem">Why it cannot be told whether somebody was denied, as a clause with names in backticks; null where it can.</param>
public sealed record Aftermath(DateTimeOffset LookedAt, DateTimeOffset Until, ImmutableArray<Denial> Denials, int? Before = null, int? After = null, string? Problem = null)
{
    private const int MostNamed = 5;

    [JsonIgnore]
    public bool IsMissed => Denials.Length > 0;

    /// <summary>For cards.</summary>
    [JsonIgnore]
    public Prose Sentence => Reach.Then(Problem is { } problem && !IsMissed
        ? Prose.Backticked($"Whether somebody missed it could not be told on {LookedAt:yyyy-MM-dd}: {problem.TrimEnd('.')}.")
        : IsMissed ? DeniedSince
        : Prose.Of($"Nobody was denied what went, as of {LookedAt}; it is watched until {Until}."));

    /// <summary>Who was denied what, as a sentence.</summary>
    [JsonIgnore]
    public Prose DeniedSince => ((Prose)"Missed since: ").Then(Prose.Join("; ", Denials.Take(MostNamed).Select(denial => denial.Clause)))
        .Then(Denials.Length > MostNamed ? Prose.Of($"; and {Denials.Length - MostNamed} more.") : ".");

    private Prose Reach => (Before, After) is ({ } before, { } after) && before > after ? Prose.Of($"{after} services are within reach; before it, {before} were. ") : Prose.Empty;
}
