using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>What a typed name came to.</summary>
public abstract record Finding
{
    private Finding() { }

    public sealed record Found(ReviewSubject Subject) : Finding;

    /// <summary>Several things have the name.</summary>
    public sealed record Ambiguous(ImmutableArray<ReviewSubject> Subjects) : Finding;

    /// <summary>Nothing has the name; what is near it, nearest first.</summary>
    public sealed record Unknown(ImmutableArray<ReviewSubject> Near) : Finding;
}

/// <summary>Finds the identity or policy that somebody typed, by name or by ARN, in any case as AWS does.</summary>
public sealed class FindSubject(IAccountReader account)
{
    private const int MostNear = 4;

    /// <param name="kind"><c>user</c>, <c>group</c>, <c>role</c>, <c>policy</c>, or null for any.</param>
    public async Task<Finding> AsTypedAsync(string? kind, string name, CancellationToken cancellation)
    {
        if (name.StartsWith("arn:", StringComparison.Ordinal) && name.Contains(":policy/", StringComparison.Ordinal)) return new Finding.Found(new ReviewSubject.OfPolicy(name));
        var typed = name.StartsWith("arn:", StringComparison.Ordinal) ? name[(name.LastIndexOf('/') + 1)..] : name;
        var names = await account.NamesAsync(cancellation);
        ImmutableArray<(string Name, ReviewSubject Subject)> all =
        [
            .. names.Identities.Where(identity => kind is null || kind == identity.KindWord).Select(identity => (identity.Name, (ReviewSubject)new ReviewSubject.OfIdentity(identity))),
            .. names.Policies.Where(_ => kind is null or "policy").Select(policy => (policy.Name, (ReviewSubject)new ReviewSubject.OfPolicy(policy.Arn))),
        ];
        ImmutableArray<ReviewSubject> exact = [.. all.Where(one => string.Equals(one.Name, typed, StringComparison.OrdinalIgnoreCase)).Select(one => one.Subject)];
        return exact.Length switch
        {
            1 => new Finding.Found(exact[0]),
            > 1 => new Finding.Ambiguous(exact),
            _ => new Finding.Unknown([.. NearNames.Of(typed, all.Select(one => one.Name), MostNear).SelectMany(near => all.Where(one => string.Equals(one.Name, near, StringComparison.OrdinalIgnoreCase)).Select(one => one.Subject)).Take(MostNear)]),
        };
    }
}
