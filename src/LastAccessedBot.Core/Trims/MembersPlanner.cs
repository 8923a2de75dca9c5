using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims.StaleMembership;

namespace LastAccessedBot.Core.Trims;

/// <summary>Answers which members of a group use nothing of what it gives.</summary>
public static class MembersPlanner
{
    /// <summary>So many members are judged at a time: each takes a report job of its own.</summary>
    public const int MostAtOnce = 20;

    /// <summary>
    /// The members that the group's own report shows idle, and whose own reports decide: those that nobody's use within the window names.
    /// </summary>
    /// <param name="active">The names of the members that used any service of the group within the window.</param>
    public static ImmutableArray<string> Candidates(Identity group, IReadOnlySet<string> active) => [.. group.Members.Where(member => !active.Contains(member))];

    internal static AccessReview Plan(ReviewFacts facts, Guards guards, Identity group)
    {
        var plan = new Plan(facts, guards);
        var given = Holding.Of(group, facts.State);
        var lines = ServiceLines.Of(plan, group, given, holding => holding.Path(group.Ref));
        if (group.Members.IsEmpty) plan.Remark("The group has no members.");
        else if (given.IsEmpty) plan.Remark("The group gives nothing: AWS has no use of it to report, and nobody is called idle.");
        else if (given.FirstOrDefault(holding => holding.Document is null) is { } unread) plan.Remark(Prose.Of($"{unread.Name} could not be understood: who uses it is unknown, and nobody is called idle."));
        else
        {
            foreach (var user in Judged(facts)) StaleMembershipTrim.ConsiderMember(plan, user, group, given);
            foreach (var user in Judged(facts).Where(user => facts.Reports.GetValueOrDefault(user.Arn) is not AccessReport.Complete))
                plan.Remark(Prose.Of($"AWS gave no report on {user.Ref.Name}, who stays."));
            if (facts.Unjudged > 0) plan.Remark(Prose.Of($"{facts.Unjudged} more members look idle; once these are decided, ask again."), $"/unused members {group.Ref}");
        }
        return plan.Finish(lines, title: Prose.Of($"{plan.Offered} of {BlastRadius.Count(group.Members.Count, "member"):w} of {facts.Subject.Prose} used nothing of it in {facts.Window.Days} days"));
    }

    private static IEnumerable<Identity> Judged(ReviewFacts facts) => facts.State.Identities.Values.Where(identity => identity.Ref.Kind == IdentityKind.User);
}
