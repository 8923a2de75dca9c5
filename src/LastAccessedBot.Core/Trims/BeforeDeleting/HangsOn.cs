using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Trims.BeforeDeleting;

/// <summary>All that has to go before a thing can be deleted, or goes with it.</summary>
internal static class HangsOn
{
    public static ImmutableArray<Fact> Identity(Identity identity, ImmutableArray<Holding> own) =>
    [
        .. Names("Members", identity.Members),
        .. Names("Groups", identity.Groups),
        .. Listed("Policies", own.Select(holding => holding.Managed is null ? Prose.Of($"{holding.Name} inline") : Prose.Of($"{holding.Name}"))),
        .. identity.User is { } user ? User(user) : [],
        .. Names("Instance profiles", identity.Role?.InstanceProfiles ?? []),
        .. Names("Boundary", identity.BoundaryArn is { } arn ? [arn[(arn.LastIndexOf('/') + 1)..]] : []),
        .. Listed("Tags", identity.Tags.Select(tag => Prose.Of($"{$"{tag.Key}={tag.Value}"}"))),
    ];

    public static ImmutableArray<Fact> Policy(ManagedPolicy policy) =>
    [
        .. Listed("Attached to", policy.AttachedTo.Select(Named)),
        .. Listed("Boundary of", policy.BoundaryOf.Select(Named)),
        .. Names("Versions", policy.Versions.OrderBy(version => version.Number).Select(version => version.Id)),
    ];

    private static IEnumerable<Fact> User(UserDetails user) =>
    [
        .. user.PasswordSince is { } since ? [new Fact("Password", Prose.Of($"since {since}"))] : ImmutableArray<Fact>.Empty,
        .. Names("MFA devices", user.MfaDevices),
        .. Listed("Credentials", user.Credentials.Select(credential => Prose.Of($"{Credential.Word(credential.Kind):w} {credential.Id}{(credential.IsActive ? "" : " (inactive)"):w}"))),
    ];

    private static Prose Named(IdentityRef identity) => Prose.Of($"{identity.KindWord:w} {identity.Name}");

    private static ImmutableArray<Fact> Names(string label, IEnumerable<string> names) => Listed(label, names.Select(name => Prose.Of($"{name}")));

    private static ImmutableArray<Fact> Listed(string label, IEnumerable<Prose> items) => Prose.Join(", ", items) is { Spans.IsEmpty: false } list ? [new Fact(label, list)] : [];
}
