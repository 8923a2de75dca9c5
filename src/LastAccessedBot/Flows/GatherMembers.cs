using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>
/// Reads who of a group's members looks idle. The group's own report tells for each of its services who used it, by one call each; only
/// those whom it never names get a report of their own, and that one decides.
/// </summary>
public sealed class GatherMembers(TimeProvider time)
{
    /// <param name="doors">Of the group's account.</param>
    /// <param name="facts">With the group's own report.</param>
    public async Task<ReviewFacts> AddAsync(AccountDoors doors, ReviewFacts facts, Identity group, IProgress<ReportProgress>? progress, CancellationToken cancellation)
    {
        if (facts.Report is not AccessReport.Complete report) return facts;
        var candidates = MembersPlanner.Candidates(group, await ActiveAsync(doors.Reports, group, report, facts.Window.Start(facts.Now), cancellation));
        var judged = await Task.WhenAll(candidates.Take(MembersPlanner.MostAtOnce).Select(name => JudgedAsync(doors, name, progress, cancellation)));
        return facts with
        {
            State = judged.Aggregate(facts.State, (state, one) => one.Identity is null ? state : state.With(one.Identity)),
            Reports = facts.Reports.SetItems(judged.Where(one => one.Identity is not null).Select(one => KeyValuePair.Create(one.Identity!.Arn, one.Report!))),
            Now = time.GetUtcNow(),
            Unjudged = Math.Max(0, candidates.Length - MembersPlanner.MostAtOnce),
        };
    }

    private static async Task<HashSet<string>> ActiveAsync(IAccessReports reports, Identity group, AccessReport.Complete report, DateTimeOffset start, CancellationToken cancellation)
    {
        var used = report.Services.Values.Where(use => use.LastAttempt >= start);
        var uses = await Task.WhenAll(used.Select(use => reports.EntitiesAsync(group.Arn, use.Service, cancellation)));
        return [.. uses.SelectMany(entities => entities).Where(entity => entity.LastAttempt >= start && entity.Identity.Kind == IdentityKind.User).Select(entity => entity.Identity.Name)];
    }

    // A member that is gone meanwhile is nobody's to judge.
    private async Task<(Identity? Identity, AccessReport? Report)> JudgedAsync(AccountDoors doors, string name, IProgress<ReportProgress>? progress, CancellationToken cancellation)
    {
        if (await doors.Reader.IdentityAsync(new IdentityRef(IdentityKind.User, name), cancellation) is not { } user) return (null, null);
        return (user, await doors.Reports.ServiceReportAsync(user.Arn, time.GetUtcNow(), progress, cancellation));
    }
}
