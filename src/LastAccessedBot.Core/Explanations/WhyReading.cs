using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Explanations;

/// <summary>Reads out of facts why an identity has a service.</summary>
public static class WhyReading
{
    /// <param name="facts">About the identity; its policies and its groups' are in their state.</param>
    /// <param name="boundary">The policy that caps it; null where none does, or where it could not be read.</param>
    /// <param name="granting">AWS's own list, or why there is none.</param>
    public static WhyAnswer Of(ReviewFacts facts, ServiceNamespace service, ManagedPolicy? boundary, Parsed<ImmutableArray<GrantingPolicy>> granting)
    {
        var identity = facts.State.Identities[((ReviewSubject.OfIdentity)facts.Subject).Ref];
        ImmutableArray<Holding> holdings = [.. Holding.Of(identity, facts.State), .. Holding.OfGroups(identity, facts.State).Values.SelectMany(group => group)];
        var read = holdings.Where(holding => holding.Document is not null).Select(holding => (Holding: holding, Statements: holding.Document!.StatementsOn(service))).Where(pair => !pair.Statements.IsEmpty).ToArray();
        var unread = holdings.Where(holding => holding.Document is null).ToArray();
        var (second, agrees) = Compare(granting, [.. read.Where(pair => pair.Statements.Any(statement => statement.IsAllow)).Select(pair => pair.Holding)], unread);
        var (use, name) = ServiceInReport.Of(facts, service);
        return new WhyAnswer(
            identity.Ref, service, name, facts.Now, use, !facts.Reports.IsEmpty,
            [.. read.Select(pair => new PolicyOnService(pair.Holding.Path(identity.Ref), Command(pair.Holding, identity.Ref), pair.Statements))],
            [.. unread.Select(holding => Prose.Of($"{holding.Path(identity.Ref)} could not be understood: whether it grants {service.Value} is unknown."))],
            BoundaryOf(identity, boundary, service), second, agrees,
            ServiceInReport.Near(facts, service, holdings.Select(holding => holding.Document)))
        { In = facts.Subject.In };
    }

    private static BoundaryOnService? BoundaryOf(Identity identity, ManagedPolicy? boundary, ServiceNamespace service) => identity.BoundaryArn is not { } arn ? null
        : new BoundaryOnService(
            arn[(arn.LastIndexOf('/') + 1)..],
            boundary is not null && PolicyDocument.Read(boundary.Default.Document) is Parsed<PolicyDocument>.Ok { Value: var document } ? document.StatementsOn(service) : null);

    // What a group gives is the group's to look into, and so is what AWS keeps: nobody edits it, but it can be detached from its holder.
    private static string Command(Holding holding, IdentityRef subject) =>
        holding.On.Ref == subject && holding.Managed is { IsAwsManaged: false } own ? $"/unused policy {own.Name}" : $"/unused {holding.On.Ref}";

    private static (ImmutableArray<Prose>, bool Agrees) Compare(Parsed<ImmutableArray<GrantingPolicy>> granting, ImmutableArray<Holding> found, Holding[] unread)
    {
        if (granting is not Parsed<ImmutableArray<GrantingPolicy>>.Ok { Value: var named })
            return ([Prose.Backticked($"AWS gave no list of its own to compare with: {((Parsed<ImmutableArray<GrantingPolicy>>.Bad)granting).Why.Message}.")], false);
        var differences = ImmutableArray.CreateBuilder<Prose>();
        foreach (var policy in named.Where(policy => !found.Any(holding => IsSame(holding, policy))))
        {
            differences.Add(unread.Any(holding => IsSame(holding, policy)) ? Prose.Of($"AWS's own list says that {policy.Name}, which could not be understood here, grants it.")
                : Prose.Of($"AWS's own list names {policy.Name}{Where(policy)} too; no statement that grants it was found there."));
        }
        foreach (var holding in found.Where(holding => !named.Any(policy => IsSame(holding, policy))).DistinctBy(holding => (holding.Managed?.Arn, holding.Name)))
            differences.Add(Prose.Of($"AWS's own list does not name {holding.Name}, though a statement of it allows some of the service. A denial beside it may be why."));
        return (differences.ToImmutable(), differences.Count == 0);
    }

    private static Prose Where(GrantingPolicy policy) => policy.InlineOn is { } on ? Prose.Of($" (inline in {on.KindWord:w} {on.Name})") : Prose.Empty;

    private static bool IsSame(Holding holding, GrantingPolicy policy) => holding.Managed is { } managed
        ? managed.Arn == policy.Arn
        : policy.Arn is null && holding.Name == policy.Name && holding.On.Ref == policy.InlineOn;
}
