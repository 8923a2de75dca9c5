using System.Text.Json;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Sweeps;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>Lists what a sweep looks at, a page at a time into the store: of the account only a page is ever in memory, and of the whole only names.</summary>
public sealed class ListTargets(IAccountReader account, ISweeps sweeps, ISweepTargets targets)
{
    private const int MostAtOnce = 500;

    /// <summary>The sweep with its total; null when it is held no more. Throws as <see cref="IAccountReader"/> does.</summary>
    public async Task<SweepRecord?> RunAsync(SweepRecord sweep, CancellationToken cancellation)
    {
        if (!await targets.ClearAsync(sweep.Id, cancellation)) return null;
        sweep = sweep with { Total = 0, LeftOut = 0 };
        // What only the whole account tells of one target: whether anybody is behind it, and since when.
        var (youngest, peopled) = (new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var page in account.PagesAsync(cancellation))
        {
            foreach (var identity in page.Identities)
            {
                foreach (var arn in identity.Attached)
                    if (!youngest.TryGetValue(arn, out var known) || identity.Created > known) youngest[arn] = identity.Created;
                peopled.UnionWith(identity.Groups.Select(SweepParts.Group));
            }
            var found = page.Identities.Where(identity => !identity.IsServiceLinked).Select(Target).Concat(page.Policies.Where(policy => !IsOfAws(policy)).Select(Target)).ToArray();
            if (!await targets.AddAsync(sweep.Id, found, [.. page.Identities.Where(identity => !identity.IsServiceLinked).Select(Part), .. page.Policies.Select(Part)], cancellation)) return null;
            sweep = sweep with { Total = sweep.Total + found.Length, LeftOut = sweep.LeftOut + page.Identities.Count(identity => identity.IsServiceLinked) };
            if (!await sweeps.WriteAsync(sweep, null, cancellation)) return null;
        }
        var behind = youngest.Select(pair => new SweepPart(SweepParts.Youngest(pair.Key), Json(pair.Value))).Concat(peopled.Select(group => new SweepPart(SweepParts.Members(group), Json(true))));
        foreach (var some in behind.Chunk(MostAtOnce))
            if (!await targets.AddAsync(sweep.Id, [], some, cancellation)) return null;
        // What came twice counts once.
        return sweep with { Total = await targets.CountAsync(sweep.Id, cancellation) };
    }

    private static bool IsOfAws(PolicySummary policy) => policy.Arn.Contains(":iam::aws:policy/", StringComparison.Ordinal);

    private static SweepTarget Target(Identity identity) => new(
        identity.Ref.Kind switch { IdentityKind.Group => SweptKind.Group, IdentityKind.User => SweptKind.User, _ => SweptKind.Role }, identity.Ref.ToString(), identity.Arn);

    private static SweepTarget Target(PolicySummary policy) => new(SweptKind.Policy, new ReviewSubject.OfPolicy(policy.Arn).Words, policy.Arn);

    private static SweepPart Part(Identity identity) => new(Target(identity).Key, Json(identity));

    private static SweepPart Part(PolicySummary policy) => new(policy.Arn, Json(policy));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, CardJson.Options);
}
