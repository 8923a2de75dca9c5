using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>What a typed name came to.</summary>
public abstract record Finding
{
    private Finding() { }

    /// <param name="Organization">What was read of the organization for finding it; null where nothing was.</param>
    public sealed record Found(ReviewSubject Subject, IOrganizationReading? Organization = null) : Finding;

    /// <summary>Several things have the name.</summary>
    public sealed record Ambiguous(ImmutableArray<ReviewSubject> Subjects) : Finding;

    /// <summary>Nothing has the name; what is near it, nearest first.</summary>
    public sealed record Unknown(ImmutableArray<ReviewSubject> Near) : Finding;
}

/// <summary>Finds the identity, policy or entity of the organization that somebody typed, by name, ARN or id, in any case as AWS does.</summary>
public sealed class FindSubject(IAccounts accounts, IOrganizationReader organization)
{
    private const int MostNear = 4;

    /// <param name="kind">
    /// <c>user</c>, <c>group</c>, <c>role</c>, <c>policy</c>, or null for any of these; <c>ou</c>, <c>account</c> or <c>root</c> for an entity of the
    /// organization.
    /// </param>
    /// <param name="account">Where to look for it; null for the home account without a name. An ARN of another account that the settings name says so itself.</param>
    public async Task<Finding> AsTypedAsync(string? kind, string name, AccountRef? account, CancellationToken cancellation)
    {
        if (EntityKindOf(kind) is { } entity)
        {
            var reading = organization.Begin();
            return EntityAmong(await reading.EntitiesAsync(entity, cancellation), entity, name, reading);
        }
        var isArn = name.StartsWith("arn:", StringComparison.Ordinal);
        if (isArn && account is null or { IsHome: true } && name.Split(':') is [_, _, _, _, var id, ..]) account = accounts.All.FirstOrDefault(one => one.Id == id) ?? account;
        if (isArn && name.Contains(":policy/", StringComparison.Ordinal)) return new Finding.Found(new ReviewSubject.OfPolicy(name) { In = account });
        var typed = isArn ? name[(name.LastIndexOf('/') + 1)..] : name;
        // An ARN says itself what kind of thing it names: another kind of the same name is not meant.
        bool IsMeant(string word) => (kind is null || kind == word) && (!isArn || name.Contains($":{word}/", StringComparison.Ordinal));
        var names = await accounts.Of(account).Reader.NamesAsync(cancellation);
        ImmutableArray<(string Name, ReviewSubject Subject)> all =
        [
            .. names.Identities.Where(identity => IsMeant(identity.KindWord)).Select(identity => (identity.Name, (ReviewSubject)new ReviewSubject.OfIdentity(identity) { In = account })),
            .. names.Policies.Where(_ => IsMeant("policy")).Select(policy => (policy.Name, (ReviewSubject)new ReviewSubject.OfPolicy(policy.Arn) { In = account })),
        ];
        ImmutableArray<ReviewSubject> exact = [.. all.Where(one => string.Equals(one.Name, typed, StringComparison.OrdinalIgnoreCase)).Select(one => one.Subject)];
        return exact.Length switch
        {
            1 => new Finding.Found(exact[0]),
            > 1 => new Finding.Ambiguous(exact),
            _ => new Finding.Unknown([.. NearNames.Of(typed, all.Select(one => one.Name), MostNear).SelectMany(near => all.Where(one => string.Equals(one.Name, near, StringComparison.OrdinalIgnoreCase)).Select(one => one.Subject)).Take(MostNear)]),
        };
    }

    /// <summary>The one thing that somebody typed; else why there is none, for whoever offers nothing to choose from.</summary>
    public async Task<Parsed<ReviewSubject>> OneAsync(string? kind, string name, AccountRef? account, CancellationToken cancellation)
    {
        try
        {
            return await AsTypedAsync(kind, name, account, cancellation) switch
            {
                Finding.Found { Subject: var subject } => new Parsed<ReviewSubject>.Ok(subject),
                Finding.Ambiguous { Subjects: var several } => Bad(new Refusal($"`{name}` may be {Listed(several)}", $"write the kind before it, like `{several[0].Words}`")),
                Finding.Unknown { Near: var near } => Bad(new Refusal($"Nothing is called `{name}`", near.IsEmpty ? "`/unused policies` lists the policies" : $"try {Listed(near)}")),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (AwsFailureException failure)
        {
            return Bad(AwsWords.Of(failure));
        }

        static Parsed<ReviewSubject>.Bad Bad(Refusal why) => new(why);
    }

    private static string Listed(IEnumerable<ReviewSubject> subjects) => string.Join(" or ", subjects.Select(subject => $"`{subject.Words}`"));

    private static EntityKind? EntityKindOf(string? kind) => kind switch
    {
        "root" => EntityKind.Root,
        "ou" => EntityKind.Unit,
        "account" => EntityKind.Account,
        _ => null,
    };

    // An id is one entity's alone; a name can be several's. An organization has one root, and whoever asks for it need not name it.
    private static Finding EntityAmong(ImmutableArray<EntityRef> all, EntityKind kind, string typed, IOrganizationReading reading)
    {
        ImmutableArray<EntityRef> byId = [.. all.Where(entity => string.Equals(entity.Id, typed, StringComparison.OrdinalIgnoreCase))];
        ImmutableArray<EntityRef> meant = !byId.IsEmpty ? byId
            : kind == EntityKind.Root && typed == Inquiry.TheRoot ? all
            : [.. all.Where(entity => string.Equals(entity.Name, typed, StringComparison.OrdinalIgnoreCase))];
        return meant.Length switch
        {
            1 => new Finding.Found(new ReviewSubject.OfEntity(meant[0]), reading),
            > 1 => new Finding.Ambiguous([.. meant.Select(entity => new ReviewSubject.OfEntity(entity))]),
            _ => new Finding.Unknown([.. NearNames.Of(typed, all.SelectMany(entity => new[] { entity.Name, entity.Id }), MostNear)
                .SelectMany(near => all.Where(entity => string.Equals(entity.Name, near, StringComparison.OrdinalIgnoreCase) || entity.Id == near))
                .Distinct().Take(MostNear).Select(entity => new ReviewSubject.OfEntity(entity))]),
        };
    }
}
