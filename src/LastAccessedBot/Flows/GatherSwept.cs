using System.Collections.Immutable;
using LastAccessedBot.Core.Digests;

namespace LastAccessedBot.Flows;

/// <summary>Reads, for a digest, what the last sweep found of the same owners' things that the conversation hears nothing of.</summary>
public sealed class GatherSwept(ISweeps sweeps, ISweepTargets targets, ISubscriptions subscriptions, AuthorityOf authority)
{
    /// <summary>Of an account with more targets that have unused services, those with the fewest are left out.</summary>
    private const int MostLookedAt = 5_000;

    /// <summary>Null where there is nothing, or where a digest has told of that sweep.</summary>
    public async Task<SweptBeside?> BesideAsync(Conversation conversation, ImmutableArray<DigestTarget> told, CancellationToken cancellation)
    {
        if (told.IsEmpty || await LastAsync(cancellation) is not { EndedAt: { } ended } sweep) return null;
        if (told.All(target => target.Since >= ended)) return null;
        var here = (await subscriptions.ActiveAsync(cancellation)).Where(one => one.In == conversation).Select(one => one.Subject.Words);
        return SweptBeside.Of(ended, await targets.IdlestAsync(sweep.Id, MostLookedAt, cancellation), [.. here], await authority.NamedAsync(cancellation));
    }

    // One that runs has taken nobody's place yet.
    private async Task<SweepRecord?> LastAsync(CancellationToken cancellation) => await sweeps.LatestAsync(cancellation) switch
    {
        null => null,
        { State: SweepState.Ended } ended => ended,
        var latest => await sweeps.BeforeAsync(latest, cancellation),
    };
}
