using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Reports;

/// <summary>How a service stands.</summary>
public enum ServiceUse { Used, Unused, Unknown }

/// <param name="LastUsed">The last attempt, within the window or before it; null where none is known.</param>
/// <param name="By">Who that was; null where AWS does not say.</param>
/// <param name="Why">Of one that is unknown, why.</param>
/// <param name="Paths">By which policies it is granted, each a clause.</param>
public sealed record ReportedService(ServiceNamespace Service, string Name, ServiceUse Use, DateTimeOffset? LastUsed, string? By, string? Why, ImmutableArray<string> Paths);

/// <summary>Somebody behind the subject used a service.</summary>
public sealed record ReportedUse(ServiceNamespace Service, string Name, string Who, DateTimeOffset On);

/// <summary>An answer, and what had been changed since the one before.</summary>
/// <param name="Changes">The trims that were applied or undone in between, each a clause.</param>
public sealed record HistoryPoint(UsePoint Found, ImmutableArray<string> Changes);

/// <summary>Something that happened to a trim.</summary>
/// <param name="What">The record's word for it: <c>proposed</c>, <c>approved</c>, <c>applied</c> …</param>
public sealed record TrimEvent(DateTimeOffset At, string What, string By);

/// <param name="Removed">The display names of the services that it takes.</param>
/// <param name="Events">In the order in which they happened.</param>
/// <param name="Outcome">How it ended, where its state alone does not say it, with names in backticks.</param>
public sealed record ReportedTrim(string Id, string Title, ProposalState State, ImmutableArray<string> Removed, ImmutableArray<TrimEvent> Events, string? Outcome)
{
    public static ReportedTrim Of(Proposal proposal, IEnumerable<TrimEvent> events) => new(
        proposal.Id, proposal.Trim.Title.ToString(), proposal.State, proposal.Trim.Removed, [.. events.OrderBy(one => one.At)], proposal.Keeping?.Sentence.InBackticks() ?? proposal.Outcome);
}

/// <summary>All that a report on one subject says, computed from what is stored: the newest answer, the numbers of earlier ones, and the trims.</summary>
/// <param name="Subject">As typed after <c>/unused</c>.</param>
/// <param name="Name">The subject as a title has it.</param>
/// <param name="Services">Used ones first, the latest use first; then unused ones, then unknown ones.</param>
/// <param name="Uses">The latest first; empty where the subject is one identity, whose use is all its own.</param>
/// <param name="History">The oldest first.</param>
/// <param name="Trims">The newest first.</param>
public sealed record SubjectReport(
    string Subject, string Name, UsePoint Latest, ImmutableArray<ReportedService> Services, ImmutableArray<ReportedUse> Uses, ImmutableArray<HistoryPoint> History, ImmutableArray<ReportedTrim> Trims)
{
    /// <summary>The services by when they were last used.</summary>
    [JsonIgnore]
    public CardBlock.Chart Chart { get; private init; } = new("", "", []);

    /// <param name="usedBy">Who used the services that more than one used; of the others the answer itself names the one.</param>
    /// <param name="points">The oldest first.</param>
    /// <param name="trims">The newest first.</param>
    public static SubjectReport Of(
        AccessReview answer, IReadOnlyDictionary<ServiceNamespace, ImmutableArray<EntityUse>> usedBy, ImmutableArray<UsePoint> points, ImmutableArray<ReportedTrim> trims) => new(
        answer.Subject.Words, Title(answer.Subject), UsePoint.Of(answer),
        [.. answer.Services.Select(Service).OrderBy(line => line.Use).ThenByDescending(line => line.LastUsed ?? DateTimeOffset.MinValue).ThenBy(line => line.Service)],
        answer.Subject is ReviewSubject.OfIdentity { Ref.Kind: not IdentityKind.Group } ? [] : [.. answer.Services.SelectMany(line => UsesOf(line, usedBy)).OrderByDescending(use => use.On).ThenBy(use => use.Service)],
        Between(points, trims), trims)
        { Chart = UseChart.Of(answer) };

    private static string Title(ReviewSubject subject) => subject.Prose.ToString() is var words ? char.ToUpperInvariant(words[0]) + words[1..] : "";

    private static ReportedService Service(ServiceLine line)
    {
        var (use, on, by, why) = line.Verdict switch
        {
            Verdict.Used used => (ServiceUse.Used, used.On, used.By, null),
            Verdict.Unused unused => (ServiceUse.Unused, unused.LastSeen, null, null),
            Verdict.Unknown unknown => (ServiceUse.Unknown, (DateTimeOffset?)null, (string?)null, unknown.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new ReportedService(line.Service, line.Name, use, on, by is null ? null : UseWords.Who(by).ToString(), why, [.. line.Paths.Select(path => path.ToString())]);
    }

    private static IEnumerable<ReportedUse> UsesOf(ServiceLine line, IReadOnlyDictionary<ServiceNamespace, ImmutableArray<EntityUse>> usedBy) => line.Verdict switch
    {
        Verdict.Used when usedBy.TryGetValue(line.Service, out var uses) && !uses.IsEmpty => uses.Where(use => use.LastAttempt is not null).Select(use => new ReportedUse(line.Service, line.Name, use.Identity.ToString(), use.LastAttempt!.Value)),
        Verdict.Used { By: { } by, On: var on } => [new ReportedUse(line.Service, line.Name, UseWords.Who(by).ToString(), on)],
        _ => [],
    };

    private static ImmutableArray<HistoryPoint> Between(ImmutableArray<UsePoint> points, ImmutableArray<ReportedTrim> trims)
    {
        var changes = trims.SelectMany(trim => trim.Events.Where(one => one.What is "applied" or "undone").Select(one => (one.At, Words: $"{one.What}: {trim.Title}"))).OrderBy(change => change.At).ToArray();
        return [.. points.Select((point, index) => new HistoryPoint(point,
            index == 0 ? [] : [.. changes.Where(change => change.At > points[index - 1].At && change.At <= point.At).Select(change => change.Words)]))];
    }
}
