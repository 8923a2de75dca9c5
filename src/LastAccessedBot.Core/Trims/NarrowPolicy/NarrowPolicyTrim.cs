using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.NarrowPolicy;

/// <summary>A customer managed policy of which a part is used gets a new default version with that part only.</summary>
internal static class NarrowPolicyTrim
{
    /// <summary>On an identity's own evidence, which covers the policy only where nobody else has it.</summary>
    public static void ConsiderOnIdentity(Plan plan, Holding holding, DocumentUse use)
    {
        var policy = holding.Managed!;
        if (policy.IsAwsManaged)
        {
            plan.Remark(Prose.Of($"{policy.Name} is used in part. It belongs to AWS and cannot be edited; a customer managed policy could replace it."));
            return;
        }
        if (policy.AttachedTo.Count > 1)
        {
            plan.Remark(
                Prose.Of($"{policy.Name} is used in part, and {policy.AttachedTo.Count} identities share it. What others use is not taken away here; see what all of them use."),
                $"/unused policy {policy.Name}");
            return;
        }
        Consider(plan, policy, use, [holding.On]);
    }

    /// <summary>On the policy's own evidence, over everyone that it is attached to.</summary>
    public static void ConsiderOnPolicy(Plan plan, ManagedPolicy policy, DocumentUse use, ImmutableArray<Identity> attached) => Consider(plan, policy, use, attached);

    private static void Consider(Plan plan, ManagedPolicy policy, DocumentUse use, ImmutableArray<Identity> attached)
    {
        var title = Prose.Of($"Narrow {policy.Name} to what is used");
        var keep = Keep.Of(use.NotUnused.Concat(plan.Guards.Services));
        switch (Narrowing.Narrow(use.Document, keep, new NarrowingOptions(PolicyKind.Managed, plan.Guards.Sids)))
        {
            case Narrowed.Refused { Why: var refusal }:
                plan.Remark(Prose.Of($"{policy.Name} is used in part, but cannot be narrowed: ").Then(Prose.Backticked(refusal.ToString())).Then("."));
                break;
            case Narrowed.Trimmed trimmed:
                var why = plan.Guards.AgainstEditing(policy) ?? attached.Select(plan.Guards.AgainstTouching).FirstOrDefault(reason => reason is not null);
                var change = new DocumentChange(policy.Name, use.Document.Text, trimmed.Document.Text);
                if (why is not null) plan.Withhold(title, why, change);
                else Offer(plan, policy, use, attached, title, trimmed, change);
                break;
            default:
                break;
        }
    }

    private static void Offer(Plan plan, ManagedPolicy policy, DocumentUse use, ImmutableArray<Identity> attached, Prose title, Narrowed.Trimmed trimmed, DocumentChange change)
    {
        var gone = use.Unused.Where(service => !trimmed.Document.Grants(service)).ToArray();
        var version = NewDefaultVersion.Of(policy, trimmed.Document);
        plan.Offer(new Trim(
            $"narrow {policy.Arn}",
            TrimKind.NarrowPolicy,
            title,
            version.Edits,
            plan.Evidence(gone, use.Verdicts),
            BlastRadius.Of(attached),
            [.. trimmed.Notes.Select(Prose.Backticked), .. plan.Protected(use.Document), .. version.Notes],
            plan.NamesOf(gone),
            new RiskOf(plan.Facts).Removing(gone.Select(service => use.Verdicts[service]), trimmed.RemovesEveryOther).From(attached.Select(identity => identity.Ref)).Grade(),
            change,
            TrimBasis.Of(plan.Facts.State, attached.Select(identity => identity.Ref), [policy.Arn]))
        { Gone = [.. gone] });
    }
}
