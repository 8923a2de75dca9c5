using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>A plan in the making: each kind of trim adds what it offers, withholds, or has to remark.</summary>
internal sealed class Plan(ReviewFacts facts, Guards guards)
{
    private const int MostNamed = 5;

    private readonly List<Trim> _trims = [];
    private readonly List<WithheldTrim> _withheld = [];
    private readonly List<Remark> _remarks = [];

    public ReviewFacts Facts => facts;

    public Guards Guards => guards;

    public int Offered => _trims.Count;

    /// <summary>What somebody keeps is shown with who and why, and not offered.</summary>
    public void Offer(Trim trim)
    {
        if (facts.Keeps.FirstOrDefault(keep => keep.Covers(trim, facts)) is { } kept) Withhold(trim.Title, kept.Sentence.Then("."), trim.Change);
        else _trims.Add(trim);
    }

    /// <summary>Whether a trim with this key is offered already.</summary>
    public bool Offers(string key) => _trims.Any(trim => trim.Key == key);

    public void Withhold(Prose title, Prose why, DocumentChange? template = null) => _withheld.Add(new WithheldTrim(title, why, template));

    public void Remark(Prose text, string? command = null) => _remarks.Add(new Remark(text, command));

    /// <summary>AWS's name for people, where a report gave one.</summary>
    public string NameOf(ServiceNamespace service) => facts.Reports.Values.OfType<AccessReport.Complete>()
        .Select(report => report.Services.GetValueOrDefault(service)?.Name)
        .FirstOrDefault(name => name is not null) ?? service.Value;

    public ImmutableArray<string> NamesOf(IEnumerable<ServiceNamespace> services) => [.. services.Select(NameOf).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What the evidence says about services that go: a sentence for those that were used once, and one for those that were not; a count where they are many.</summary>
    public ImmutableArray<Prose> Evidence(IReadOnlyList<ServiceNamespace> services, IReadOnlyDictionary<ServiceNamespace, Verdict> verdicts)
    {
        var seen = services.Where(service => verdicts[service] is Verdict.Unused { LastSeen: not null }).ToArray();
        var never = services.Except(seen).ToArray();
        var sentences = ImmutableArray.CreateBuilder<Prose>();
        if (seen.Length > 0)
        {
            var dated = Prose.Join(", ", seen.Take(MostNamed).Select(service => Prose.Of($"{NameOf(service):w} on {((Verdict.Unused)verdicts[service]).LastSeen!.Value}")));
            sentences.Add(Prose.Of($"Last used before the last {facts.Window.Days} days: {(seen.Length > MostNamed ? dated.Then(Prose.Of($" and {seen.Length - MostNamed} more")) : dated)}."));
        }
        if (never.Length > 0)
            sentences.Add(Prose.Of($"{(never.Length > MostNamed ? $"{never.Length:N0} services" : Listed(never)):w} {(never.Length == 1 ? "shows" : "show"):w} no use in all the time that AWS remembers (400 days, where it tracked that long)."));
        return sentences.ToImmutable();
    }

    /// <summary>What the settings put out of reach in a document, a sentence for each statement.</summary>
    public IEnumerable<Prose> Protected(PolicyDocument document) => document.Statements.Where(guards.Protects)
        .Select(statement => Prose.Of($"The settings protect statement {statement.Sid}: it stays as it is, whatever it allows."));

    /// <summary>The names of one or more services, as a sentence lists them.</summary>
    public string Listed(IReadOnlyList<ServiceNamespace> services) =>
        string.Join(", ", services.SkipLast(1).Select(NameOf)) + (services.Count > 1 ? " and " : "") + NameOf(services[^1]);

    public AccessReview Finish(ImmutableArray<ServiceLine> services, DeletionSurvey? survey = null, Prose? title = null, OrganizationSurvey? organization = null) => new(
        facts.Subject, facts.Window, facts.Now, services, [.. _trims.OrderBy(trim => trim.IsDeletion)], [.. _withheld], [.. _remarks], survey, title, organization, facts.Trail);
}
