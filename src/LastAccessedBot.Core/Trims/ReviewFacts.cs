using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Keeps;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>All that a plan is computed from; the same facts always give the same plan.</summary>
/// <param name="State">
/// For an identity: itself, a user's groups, and every managed policy that they have. For a policy: itself and every identity that it is
/// attached to. Before a deletion also what a user signs in with, what makes a role, and the members of a group; for a cap the boundary that
/// is there, and for anything that would be created the policies that have its name already; for idle members those who look idle.
/// </param>
/// <param name="Reports">ARN → what its report job ended with. An ARN without a report is unknown.</param>
/// <param name="Unjudged">How many members of a group look idle and have no report of their own here.</param>
public sealed record ReviewFacts(
    ReviewSubject Subject,
    AccountState State,
    ImmutableSortedDictionary<string, AccessReport> Reports,
    ReviewWindow Window,
    DateTimeOffset Now,
    Question Question = Question.Unused,
    int Unjudged = 0)
{
    /// <summary>ARN → what its report by action ended with. Without one, every action is unknown.</summary>
    public ImmutableSortedDictionary<string, ActionReport> ActionReports { get; init; } = ImmutableSortedDictionary<string, ActionReport>.Empty;

    /// <summary>What wildcards stand for.</summary>
    public PublishedActions Published { get; init; } = PublishedActions.None;

    /// <summary>What CloudTrail recorded of the subject; null where nobody asked.</summary>
    public Trail? Trail { get; init; }

    /// <summary>What people said is needed though it looks idle, of whatever target; none that is over.</summary>
    public ImmutableArray<StandingKeep> Keeps { get; init; } = [];

    /// <summary>The report of the subject itself; null where nobody's use could be reported.</summary>
    public AccessReport? Report => Reports.GetValueOrDefault(SubjectArn);

    /// <summary>What the report is about: an ARN, or the path of an entity of the organization.</summary>
    public string SubjectArn => Subject switch
    {
        ReviewSubject.OfIdentity { Ref: var name } => State.Identities[name].Arn,
        ReviewSubject.OfPolicy { Arn: var arn } => arn,
        ReviewSubject.OfEntity => State.Organization!.EntityPath,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The judgement on what a subject's report says; without a report everything is unknown.</summary>
    public Judgement Judge(string arn, DateTimeOffset since) => new(Reports.GetValueOrDefault(arn), since, Window, Now, TrailOf(arn)) { Kept = KeptOf(arn) };

    /// <summary>The same by action.</summary>
    public ActionJudgement JudgeActions(string arn, DateTimeOffset since) => new(ActionReports.GetValueOrDefault(arn), since, Window, Now, TrailOf(arn)) { Kept = KeptOf(arn) };

    private Func<ServiceNamespace, string?> KeptOf(string arn) => service => Keeps.Select(keep => keep.Withholds(service, arn, this)).FirstOrDefault(why => why is not null);

    private Trail? TrailOf(string arn) => Trail is not null && arn == SubjectArn ? Trail : null;
}
