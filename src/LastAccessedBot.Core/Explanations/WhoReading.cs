using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Explanations;

/// <summary>Puts together everybody behind a subject with when each used a service.</summary>
public static class WhoReading
{
    /// <param name="uses">What AWS lists of the single identities behind a group or a policy; whoever is not in it has no use within the tracking period.</param>
    public static WhoAnswer Of(ReviewFacts facts, ServiceNamespace service, ImmutableArray<EntityUse> uses)
    {
        var (use, name) = ServiceInReport.Of(facts, service);
        WhoLine[] behind = facts.Subject switch
        {
            ReviewSubject.OfIdentity { Ref: { Kind: IdentityKind.Group } group } => [.. facts.State.Identities[group].Members.Select(member => new WhoLine(User(member), null, Prose.Empty))],
            ReviewSubject.OfIdentity { Ref: var itself } => [new WhoLine(itself, use?.LastAttempt, Prose.Empty)],
            ReviewSubject.OfPolicy { Arn: var arn } => [.. Attached(facts.State, facts.State.Policies[arn])],
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var own = uses.GroupBy(one => one.Identity).ToDictionary(one => one.Key, one => one.Max(each => each.LastAttempt));
        // Whoever AWS lists and is not there any more, or came a moment ago, is told too.
        WhoLine[] all = [.. behind.Select(line => own.TryGetValue(line.Identity, out var last) ? line with { LastAttempt = last } : line), .. own.Where(one => behind.All(line => line.Identity != one.Key)).Select(one => new WhoLine(one.Key, one.Value, Prose.Empty))];
        return new WhoAnswer(
            facts.Subject, service, name, facts.Now, use is not null,
            [.. all.OrderByDescending(line => line.LastAttempt ?? DateTimeOffset.MinValue).ThenBy(line => line.Identity)],
            ServiceInReport.Near(facts, service, Documents(facts.State)));
    }

    // Somebody with a policy by two ways stands there once: their use is one.
    private static IEnumerable<WhoLine> Attached(AccountState state, ManagedPolicy policy) => policy.AttachedTo
        .SelectMany(name => name.Kind == IdentityKind.Group && state.Identities.GetValueOrDefault(name) is { Members.IsEmpty: false } group
            ? group.Members.Select(member => (Identity: User(member), Way: Prose.Of($"through group {name.Name}")))
            : [(Identity: name, Way: name.Kind == IdentityKind.Group ? "has no members" : "directly")])
        .GroupBy(one => one.Identity)
        .Select(one => new WhoLine(one.Key, null, Prose.Join(" and ", one.Select(way => way.Way))));

    private static IEnumerable<PolicyDocument?> Documents(AccountState state) => state.Policies.Values.Select(policy => policy.Default.Document)
        .Concat(state.Identities.Values.SelectMany(identity => identity.Inline.Values))
        .Select(document => (PolicyDocument.Read(document) as Parsed<PolicyDocument>.Ok)?.Value);

    private static IdentityRef User(string name) => new(IdentityKind.User, name);
}
