using System.Collections.Immutable;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>What a report says about each service that one document grants.</summary>
public sealed record DocumentUse(PolicyDocument Document, ImmutableSortedDictionary<ServiceNamespace, Verdict> Verdicts)
{
    private static readonly ServiceNamespace s_iam = ((Parsed<ServiceNamespace>.Ok)ServiceNamespace.Parse("iam")).Value;

    public static DocumentUse Of(PolicyDocument document, Judgement judgement)
    {
        var services = document.Services;
        if (document.GrantsEveryOther && judgement.Report is AccessReport.Complete complete) services = services.Union(complete.Services.Keys.Where(document.Grants));
        return new DocumentUse(document, services.ToImmutableSortedDictionary(service => service, service => On(document, judgement, service)));
    }

    /// <summary>Nothing that it grants was used, and nothing of it is unknown. False for a document that grants nothing.</summary>
    public bool IsUnused => Verdicts.Count > 0 && Verdicts.Values.All(verdict => verdict is Verdict.Unused);

    public bool IsPartlyUnused => !IsUnused && Verdicts.Values.Any(verdict => verdict is Verdict.Unused);

    public IEnumerable<ServiceNamespace> Unused => Verdicts.Where(pair => pair.Value is Verdict.Unused).Select(pair => pair.Key);

    public IEnumerable<ServiceNamespace> NotUnused => Verdicts.Where(pair => pair.Value is not Verdict.Unused).Select(pair => pair.Key);

    // AWS does not track iam:PassRole: where a policy names it, silence says nothing about it. `iam:*` names no action.
    private static Verdict On(PolicyDocument document, Judgement judgement, ServiceNamespace service) => judgement.On(service) switch
    {
        Verdict.Unused when service == s_iam && document.NamesAction("iam:PassRole") => new Verdict.Unknown("AWS does not track `iam:PassRole`"),
        var verdict => verdict,
    };
}
