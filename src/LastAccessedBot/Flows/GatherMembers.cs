using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>
/// Reads who of a group's members looks idle. The group's own report tells for each of its services who used it, by one call each; only
/// those whom it never names get a report of their own, and that one decides.
/// </summary>
public sealed class GatherMembers(IAccountReader account, IAccessReports reports, TimeProvider time)
{
    /// <param name="facts">With the group's own report.</param>
    public async Task<ReviewFacts> AddAsync(ReviewFacts facts, Identity group, IProgress<ReportProgress>? progress, CancellationToken cancellation)
    {
        if (facts.Report is not AccessReport.Complete report) return facts;
        var candidates = MembersPlanner.Candidates(group, await ActiveAsync(group, report, facts.Window.Start(facts.Now), cancellation));
        var judged = await Task.WhenAll(candidates.Take(MembersPlanner.MostAtOnce).Select(name => JudgedAsync(name, progress, cancellation)));
        return facts with
        {
            State = judged.Aggregate(facts.State, (state, one) => one.Identity is null ? state : state.With(one.Identity)),
            Reports = facts.Reports.SetItems(judged.Where(one => one.Identity is not null).Select(one => KeyValuePair.Create(one.Identity!.Arn, one.Report!))),
            Now = time.GetUtcNow(),
            Unjudged = Math.Max(0, candidates.Length - MembersPlanner.MostAtOnce),
        };
    }

    private async Task<HashSet<string>> ActiveAsync(Identity group, AccessReport.Complete report, DateTimeOffset start, CancellationToken cancellation)
    {
        var used = report.Services.Values.Where(use => use.LastAttempt >= start);
        var uses = await Task.WhenAll(used.Select(use => reports.EntitiesAsync(group.Arn, use.Service, cancellation)));
        return [.. uses.SelectMany(entities => entities).Where(entity => entity.LastAttempt >= start && entity.Identity.Kind == IdentityKind.User).Select(entity => entity.Identity.Name)];
    }

    // A member that is gone meanwhile is nobody's to judge.
    private async Task<(Identity? Identity, AccessReport? Report)> JudgedAsync(string name, IProgress<ReportProgress>? progress, CancellationToken cancellation)
    {
        if (await account.IdentityAsync(new IdentityRef(IdentityKind.User, name), cancellation) is not { } user) return (null, null);
        return (user, await reports.ServiceReportAsync(user.Arn, time.GetUtcNow(), progress, cancellation));
    }
}
