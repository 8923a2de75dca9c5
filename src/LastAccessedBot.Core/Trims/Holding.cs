using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>A policy on an identity: a managed one that is attached, or an inline one.</summary>
/// <param name="Managed">null for an inline policy.</param>
internal sealed record Holding(Identity On, string Name, ManagedPolicy? Managed, Parsed<PolicyDocument> Read)
{
    public PolicyDocument? Document => (Read as Parsed<PolicyDocument>.Ok)?.Value;

    /// <summary>Where its document lives.</summary>
    public PolicyKind Kind => Managed is not null ? PolicyKind.Managed : On.Ref.Kind switch
    {
        IdentityKind.User => PolicyKind.InlineOnUser,
        IdentityKind.Group => PolicyKind.InlineOnGroup,
        _ => PolicyKind.InlineOnRole,
    };

    /// <summary>When what it grants came to be; AWS keeps no date for an inline policy.</summary>
    public DateTimeOffset Since => Managed is { } managed && managed.Default.Created > On.Created ? managed.Default.Created : On.Created;

    public static ImmutableArray<Holding> Of(Identity identity, AccountState state) =>
    [
        .. identity.Attached.Where(state.Policies.ContainsKey).Select(arn => Of(identity, state.Policies[arn])),
        .. identity.Inline.Select(inline => new Holding(identity, inline.Key, null, PolicyDocument.Read(inline.Value))),
    ];

    /// <summary>What each of the identity's groups gives it, of those that were read.</summary>
    public static ImmutableSortedDictionary<IdentityRef, ImmutableArray<Holding>> OfGroups(Identity identity, AccountState state) => identity.Groups
        .Select(group => state.Identities.GetValueOrDefault(new IdentityRef(IdentityKind.Group, group)))
        .OfType<Identity>()
        .ToImmutableSortedDictionary(group => group.Ref, group => Of(group, state));

    public static Holding Of(Identity identity, ManagedPolicy policy) => new(identity, policy.Name, policy, PolicyDocument.Read(policy.Default.Document));

    /// <summary>The way to <paramref name="subject"/>: <c>X directly</c>, <c>X through group G</c>.</summary>
    public Prose Path(IdentityRef subject) => On.Ref != subject ? Prose.Of($"{Name} through group {On.Ref.Name}")
        : Managed is null ? Prose.Of($"{Name} inline")
        : subject.Kind == IdentityKind.Group ? Prose.Of($"{Name}")
        : Prose.Of($"{Name} directly");
}
