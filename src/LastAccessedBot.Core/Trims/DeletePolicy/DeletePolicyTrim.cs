using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;

namespace LastAccessedBot.Core.Trims.DeletePolicy;

/// <summary>
/// A customer managed policy that is attached to nothing may go. That takes nothing from anyone, but somebody may be about to attach it:
/// four eyes, and only when its default version is older than the window.
/// </summary>
internal static class DeletePolicyTrim
{
    public static void Consider(Plan plan, ManagedPolicy policy)
    {
        if (policy.BoundaryOf.Count > 0)
        {
            plan.Remark(Prose.Of($"{policy.Name} is the permissions boundary of {policy.BoundaryOf[0].KindWord:w} {policy.BoundaryOf[0].Name}. Such use never shows in last-accessed data; the policy is in use."));
            return;
        }
        if (policy.IsAwsManaged)
        {
            plan.Remark(Prose.Of($"{policy.Name} belongs to AWS and is attached to nothing here."));
            return;
        }
        var title = Prose.Of($"Delete the policy {policy.Name}");
        var young = policy.Default.Created > plan.Facts.Window.Start(plan.Facts.Now)
            ? Prose.Of($"Its default version exists only since {policy.Default.Created}, less than the {plan.Facts.Window.Days} days asked about; somebody may be about to attach it.")
            : null;
        if ((plan.Guards.AgainstEditing(policy) ?? young) is { } why)
        {
            plan.Withhold(title, why);
            return;
        }
        plan.Offer(new Trim(
            $"delete {policy.Arn}",
            TrimKind.DeletePolicy,
            title,
            [
                .. policy.Versions.Where(version => !version.IsDefault).OrderBy(version => version.Number).Select(version => new AccountEdit.DeletePolicyVersion(policy.Arn, version.Id)),
                new AccountEdit.DeletePolicy(policy.Arn),
            ],
            [Prose.Of($"{policy.Name} is attached to nothing, neither as a permissions policy nor as a boundary.")],
            "nobody.",
            ["Undo makes it again with the same name, path, description, tags and texts; AWS gives it a new unique id and counts its versions from v1."],
            [],
            new RiskOf(plan.Facts).Because(RiskGrade.High, "AWS does not take a deletion back: the policy's unique id and version numbers are gone for good.").Grade(),
            new DocumentChange(policy.Name, policy.Default.Document, null),
            TrimBasis.Of(plan.Facts.State, [], [policy.Arn])));
    }
}
