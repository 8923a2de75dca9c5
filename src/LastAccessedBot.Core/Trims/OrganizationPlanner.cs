using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims.DenyIdleServices;
using LastAccessedBot.Core.Trims.OverEntity;
using LastAccessedBot.Core.Trims.ShortenAllowList;

namespace LastAccessedBot.Core.Trims;

/// <summary>
/// Turns facts about the root, a unit or an account into a review. It knows of service control policies alone: what identities of the accounts
/// are allowed within them is asked of the accounts.
/// </summary>
internal static class OrganizationPlanner
{
    private const string PassRole = "AWS does not track `iam:PassRole`", Unsigned = "AWS does not count its unsigned calls, on which signing in rests";

    /// <summary>What silence says nothing about, and why: a Deny reaches the calls that AWS does not count as well.</summary>
    private static readonly ImmutableDictionary<string, string> s_untracked = ImmutableDictionary.CreateRange<string, string>(
    [
        new("iam", PassRole), new("sts", Unsigned), new("signin", Unsigned), new("sso", Unsigned), new("sso-oauth", Unsigned), new("cognito-identity", Unsigned), new("cognito-idp", Unsigned),
    ]);

    public static AccessReview OfEntity(ReviewFacts facts, Guards guards, OrganizationState organization)
    {
        var plan = new Plan(facts, guards);
        ImmutableArray<Scp> scps = [.. organization.Policies.Select(Scp.Of)];
        var cap = new Cap(plan, organization, scps, Verdicts(facts, organization, scps));
        foreach (var unread in scps.Where(scp => scp.Document is null))
            plan.Remark(Prose.Of($"SCP {unread.Name} could not be understood, and is left alone: ").Then(Prose.Backticked(((Parsed<PolicyDocument>.Bad)unread.Read).Why.ToString())));
        if (organization.Subject.Ref.Id == organization.ManagementAccountId)
            plan.Remark("This is the management account. No SCP binds it, whatever it is attached to: nothing is suggested, and what its users and roles may do is asked of them.");
        else if (!organization.BoundAccounts.Any())
            plan.Remark("No account that SCPs bind is in it. There is nobody whose use AWS could report, which does not mean that nobody will come: nothing is suggested.");
        else Suggest(cap);
        return plan.Finish(Services(cap), organization: OrganizationSurveys.Of(cap));
    }

    // An SCP that names a service is where somebody let it in on purpose: that is decided first. What only a `*` lets in is denied in one place.
    private static void Suggest(Cap cap)
    {
        var idle = cap.Idle.ToImmutableSortedSet();
        var rest = idle;
        foreach (var scp in cap.Scps.Where(scp => !scp.Policy.IsAwsManaged && scp.Document is not null && cap.Covers(scp)))
        {
            ServiceNamespace[] named = [.. rest.Where(scp.Document!.Services.Contains)];
            if (named.Length > 0 && (ShortenAllowListTrim.Consider(cap, scp, named) || DenyInScpTrim.ConsiderNamed(cap, scp, named))) rest = rest.Except(named);
        }
        if (rest.IsEmpty) return;
        if (rest.Count == idle.Count) DenyByItselfTrim.Consider(cap, [.. rest]);
        else cap.Plan.Remark(Prose.Of($"{cap.Named([.. rest])} {(rest.Count == 1 ? "shows" : "show"):w} no use either. Denying {(rest.Count == 1 ? "it" : "them"):w} is suggested once the above is applied: that comes first, where somebody let services in by name."));
    }

    private static ImmutableSortedDictionary<ServiceNamespace, Verdict> Verdicts(ReviewFacts facts, OrganizationState organization, ImmutableArray<Scp> scps)
    {
        var judgement = facts.Judge(organization.EntityPath, DateTimeOffset.MinValue);
        if (judgement.Report is not AccessReport.Complete report) return ImmutableSortedDictionary<ServiceNamespace, Verdict>.Empty;
        // What an SCP names and the report lacks is unknown, unless it is denied: then nobody could use it.
        var named = scps.Where(scp => scp.Document is not null).SelectMany(scp => scp.Document!.Services).Where(service => !scps.Any(scp => scp.DeniesAllOf(service)));
        var start = facts.Window.Start(facts.Now);
        var young = organization.BoundAccounts.FirstOrDefault(account => account.Joined > start);
        return report.Services.Keys.Concat(named).Distinct().ToImmutableSortedDictionary(service => service, service => judgement.On(service) switch
        {
            Verdict.Unused when s_untracked.TryGetValue(service.Value, out var why) => new Verdict.Unknown(why),
            Verdict.Unused when young is not null => new Verdict.Unknown($"account `{young.Ref.Name}` joined on {young.Joined:yyyy-MM-dd}, within the {facts.Window} asked about"),
            var verdict => verdict,
        });
    }

    private static ImmutableArray<ServiceLine> Services(Cap cap) =>
        [.. cap.Verdicts.Select(pair => ServiceLines.Line(cap.Plan, cap.Organization.EntityPath, pair.Key, pair.Value,
            [.. cap.Scps.Where(scp => scp.Grants(pair.Key)).Select(scp => Prose.Of($"{scp.Name}"))]))];
}
