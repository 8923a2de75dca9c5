using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Watching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>
/// Looks after applied trims: was somebody denied what they took away? Whoever missed it first finds a question in the channel, with one button that
/// gives it back. One host claims a look by a write; where it dies, the next look tells what this one would have.
/// </summary>
public sealed partial class WatchTrims(
    IWatches watches, IProposals proposals, IReviewHistory history, IAccounts accounts,
    ShowReview show, ShowAlerts alerts, IOptionsMonitor<WatchOptions> options, TimeProvider time, ILogger<WatchTrims> log)
{
    /// <summary>Of a group with more members, so many are looked after; the card says how many there are.</summary>
    public const int MostIdentities = 200;

    private const int MostPoints = 100;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (days, every) = (options.CurrentValue.Days, options.CurrentValue.Every);
        // Attempts show late: right after a trim there is nothing to see.
        foreach (var (proposal, known) in await watches.DueAsync(now.AddDays(-days), now - every, now, cancellation))
        {
            var watch = known is null ? new Watch(proposal.Id, proposal.ReviewId, now + every, 1, []) : known with { Next = now + every, Revision = known.Revision + 1 };
            if (!await watches.WriteAsync(known, watch, cancellation)) continue;
            try
            {
                await LookAsync(proposal, watch, cancellation);
            }
            catch (AwsFailureException failure)
            {
                LogNotLooked(failure, proposal.Id);
            }
        }
    }

    private async Task LookAsync(Proposal proposal, Watch watch, CancellationToken cancellation)
    {
        if (Watched.Of(proposal.Trim) is not { } watched) return;
        var (now, since) = (time.GetUtcNow(), proposal.EndedAt!.Value);
        var doors = accounts.Of(proposal.Subject.In);
        var (people, unseen) = await WhoAsync(doors.Reader, watched, cancellation);
        var denied = people.Length > 0 ? await doors.Trail.DeniedAsync((await doors.Reader.CallerAsync(cancellation)).AccountId, people, watched.Services, since, cancellation) : new DeniedAttempts([], null);
        var denials = watched.Denials(denied.Attempts, since);
        if (watched.IsByBoundary)
            foreach (var capped in await Task.WhenAll(people.Select(one => doors.Reader.IdentityAsync(one, cancellation))))
                if (capped is not null) denials = denials.Concat(watched.Denials(capped.Ref, await doors.Reports.ServiceReportAsync(capped.Arn, now, null, cancellation), since));
        var (before, after) = await ReachAsync(proposal, since, cancellation);
        var seen = new Aftermath(
            now, since.AddDays(options.CurrentValue.Days), Watched.Joined(proposal.Aftermath?.Denials ?? [], [.. denials]), before, after,
            denied.Problem ?? (unseen > 0 ? $"{unseen} of those whom it was taken from were not looked after" : null));
        if (await NotedAsync(proposal, seen, cancellation) is not { State: ProposalState.Applied } noted) return;
        if (seen.IsMissed && watch.Alerts.IsEmpty) await alerts.AskAsync(noted, watch, cancellation);
        await show.RenewAsync(proposal.ReviewId, cancellation);
    }

    /// <summary>Members of groups in their groups' place.</summary>
    private static async Task<(ImmutableArray<IdentityRef> People, int Unseen)> WhoAsync(IAccountReader account, Watched watched, CancellationToken cancellation)
    {
        var groups = await Task.WhenAll(watched.Identities.Where(one => one.Kind == IdentityKind.Group).Select(group => account.IdentityAsync(group, cancellation)));
        IdentityRef[] all = [.. watched.Identities.Where(one => one.Kind != IdentityKind.Group).Concat(groups.OfType<Identity>().SelectMany(group => group.Members).Select(member => new IdentityRef(IdentityKind.User, member))).Distinct()];
        return ([.. all.Take(MostIdentities)], Math.Max(0, all.Length - MostIdentities));
    }

    private async Task<(int? Before, int? After)> ReachAsync(Proposal proposal, DateTimeOffset since, CancellationToken cancellation)
    {
        var points = await history.OfAsync(proposal.Subject.Words, MostPoints, cancellation);
        return (points.LastOrDefault(point => point.At < since)?.Granted, points.LastOrDefault(point => point.At >= since)?.Granted);
    }

    // What was seen is on the record once: the first time, and whenever somebody else, or something else, is denied.
    private async Task<Proposal?> NotedAsync(Proposal proposal, Aftermath seen, CancellationToken cancellation)
    {
        while (proposal.State == ProposalState.Applied)
        {
            var isNews = !seen.Denials.SequenceEqual(proposal.Aftermath?.Denials ?? []);
            if (!isNews && proposal.Aftermath is { } known && known with { LookedAt = seen.LookedAt } == seen with { Denials = known.Denials }) return proposal;
            var noted = proposal with { Aftermath = seen, Revision = proposal.Revision + 1 };
            var entry = new AuditEntry(
                seen.LookedAt, "bot", isNews ? "missed" : "looked-after", proposal.ReviewId, proposal.Id, proposal.Subject.Words, seen.Sentence.InBackticks());
            if (await proposals.MoveAsync(proposal, noted, entry, cancellation)) return noted;
            // Somebody pressed Undo, or looked at the same time.
            if (await proposals.FindAsync(proposal.Id, cancellation) is not { } current) return null;
            proposal = current;
            seen = seen with { Denials = Watched.Joined(current.Aftermath?.Denials ?? [], seen.Denials) };
        }
        return proposal;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "AWS did not say what became of trim {ProposalId}")]
    private partial void LogNotLooked(Exception failure, string proposalId);
}
