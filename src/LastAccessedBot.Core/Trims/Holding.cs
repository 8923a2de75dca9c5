using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>A policy on an identity: a managed one that is attached, or an inline one.</summary>
/// <param name="Managed">null for an inline policy.</param>
internal sealed record Holding(Identity On, string Name, ManagedPolicy? Managed, Parsed<PolicyDocument> Read)
{
    public PolicyDocument? Document => (Read as Parsed<PolicyDocument>.Ok)?.Value;

    /// <summary>When what it grants came to be; AWS keeps no date for an inline policy.</summary>
    public DateTimeOffset Since => Managed is { } managed && managed.Default.Created > On.Created ? managed.Default.Created : On.Created;

    public static ImmutableArray<Holding> Of(Identity identity, AccountState state) =>
    [
        .. identity.Attached.Where(state.Policies.ContainsKey).Select(arn => Of(identity, state.Policies[arn])),
        .. identity.Inline.Select(inline => new Holding(identity, inline.Key, null, PolicyDocument.Read(inline.Value))),
    ];

    public static Holding Of(Identity identity, ManagedPolicy policy) => new(identity, policy.Name, policy, PolicyDocument.Read(policy.Default.Document));

    /// <summary>The way to <paramref name="subject"/>: <c>X directly</c>, <c>X through group G</c>.</summary>
    public Prose Path(IdentityRef subject) => On.Ref != subject ? Prose.Of($"{Name} through group {On.Ref.Name}")
        : Managed is null ? Prose.Of($"{Name} inline")
        : subject.Kind == IdentityKind.Group ? Prose.Of($"{Name}")
        : Prose.Of($"{Name} directly");
}

/// <summary>What a report says about each service that one document grants.</summary>
internal sealed record DocumentUse(PolicyDocument Document, ImmutableSortedDictionary<ServiceNamespace, Verdict> Verdicts)
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
