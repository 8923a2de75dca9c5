using System.Collections.Immutable;
using System.Globalization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims.NarrowPolicy;

namespace LastAccessedBot.Core.Trims.NarrowActions;

/// <summary>
/// A policy loses the actions that AWS tracked and nobody used, of services that are in use, besides all that the trim by services takes.
/// Actions that are not tracked stay.
/// </summary>
internal static class NarrowActionsTrim
{
    /// <summary>On an identity's own evidence, which covers a managed policy only where nobody else has it.</summary>
    public static void ConsiderOnIdentity(Plan plan, Holding holding, DocumentUse use)
    {
        if (holding.Managed is { } managed)
        {
            if (managed is { IsAwsManaged: false, AttachedTo.Count: 1 }) ConsiderOnPolicy(plan, managed, use, [holding.On], holding.On.Arn, holding.Since);
            return;
        }
        var on = holding.On.Ref;
        Consider(plan, use, plan.Facts.JudgeActions(holding.On.Arn, holding.Since), holding.Kind, new Place(
            $"inline {on} {holding.Name}",
            holding.Name,
            Prose.Of($"Take unused actions out of inline policy {holding.Name} of {on.KindWord:w} {on.Name}"),
            plan.Guards.AgainstTouching(holding.On) ?? Guards.KeptElsewhere(holding.On.Tags, on.Name),
            document => new NewDefaultVersion([new AccountEdit.PutInlinePolicy(on, holding.Name, document.Text)], []),
            Prose.Of($"{on.KindWord:w} {on.Name} alone. AWS keeps no versions of inline policies; the record keeps the old text for Undo."),
            [on],
            []));
    }

    /// <summary>On the policy's own evidence, over everyone that it is attached to.</summary>
    public static void ConsiderOnPolicy(Plan plan, ManagedPolicy policy, DocumentUse use, ImmutableArray<Identity> attached, DateTimeOffset since) =>
        ConsiderOnPolicy(plan, policy, use, attached, policy.Arn, since);

    /// <summary>Says why nothing of this kind is offered where AWS gave no report by action.</summary>
    public static void RemarkWithoutReport(Plan plan)
    {
        if (plan.Facts.ActionReports.Values.OfType<ActionReport.Failed>().FirstOrDefault() is { } failed)
            plan.Remark(Prose.Of($"AWS could not write its report by action ({failed.Code}: {failed.Message:w}): only whole services are looked at."));
    }

    private static void ConsiderOnPolicy(Plan plan, ManagedPolicy policy, DocumentUse use, ImmutableArray<Identity> attached, string evidenceArn, DateTimeOffset since) =>
        Consider(plan, use, plan.Facts.JudgeActions(evidenceArn, since), PolicyKind.Managed, new Place(
            $"narrow {policy.Arn}",
            policy.Name,
            Prose.Of($"Take unused actions out of {policy.Name}"),
            plan.Guards.AgainstEditing(policy) ?? attached.Select(plan.Guards.AgainstTouching).FirstOrDefault(reason => reason is not null),
            document => NewDefaultVersion.Of(policy, document),
            BlastRadius.Of(attached),
            [.. attached.Select(identity => identity.Ref)],
            [policy.Arn]));

    private static void Consider(Plan plan, DocumentUse use, ActionJudgement judgement, PolicyKind kind, Place place)
    {
        var cuts = ActionCuts.Of(plan, use, judgement);
        if (ActionCuts.Narrow(plan, use, cuts, kind) is not { } trimmed) return;
        var made = ActionCuts.Made(use, trimmed.Document, cuts);
        if (made.IsEmpty) return;
        if (place.Against is { } why)
        {
            plan.Withhold(place.Title, why, new DocumentChange(place.Name, use.Document.Text, trimmed.Document.Text));
            return;
        }
        var gone = use.Unused.Where(service => !trimmed.Document.Grants(service)).ToArray();
        var (edits, notes) = place.Edits(trimmed.Document);
        plan.Offer(new Trim(
            $"actions {place.Key}",
            TrimKind.NarrowActions,
            place.Title,
            edits,
            [.. made.Select(cut => Evidence(plan, judgement, cut)), .. plan.Evidence(gone, use.Verdicts)],
            place.Whom,
            [
                .. plan.Offers(place.Key) ? [Alternative(plan, place, made)] : ImmutableArray<Prose>.Empty,
                .. Whole(plan, cuts, made), Published(plan), .. trimmed.Notes.Select(Prose.Backticked), .. plan.Protected(use.Document), .. notes,
            ],
            plan.NamesOf(gone),
            new RiskOf(plan.Facts).Removing(gone.Select(service => use.Verdicts[service]), trimmed.RemovesEveryOther).From(place.Identities)
                .Because(RiskGrade.Medium, "It takes actions of services that are in use: work that comes once a quarter may need one of them.").Grade(),
            new DocumentChange(place.Name, use.Document.Text, trimmed.Document.Text),
            TrimBasis.Of(plan.Facts.State, place.Identities, place.Policies))
        {
            Gone = [.. gone],
            RemovedActions = [.. made.Select(cut => new RemovedActions(cut.Service, plan.NameOf(cut.Service), cut.Goes))],
            Contains = plan.Offers(place.Key) ? place.Key : null,
        });
    }

    private static Prose Evidence(Plan plan, ActionJudgement judgement, ServiceCut cut)
    {
        var goes = judgement.Unused(cut.Service).Where(use => cut.Goes.Contains(use.Action)).ToArray();
        var once = goes.Count(use => use.LastAttempt is not null);
        return Prose.Of($"{plan.NameOf(cut.Service):w}: {BlastRadius.Count(goes.Length, "action"):w} of {judgement.Tracked(cut.Service).Count()} that AWS tracks {(goes.Length == 1 ? "was" : "were"):w} not used in {plan.Facts.Window.Days} days{(once == 0 ? "" : $", {once} of them before that"):w}.");
    }

    private static Prose Alternative(Plan plan, Place place, ImmutableArray<ServiceCut> made) => Prose.Of(
        $"Goes further than narrowing by services: it also takes {BlastRadius.Count(made.Sum(cut => cut.Goes.Length), "action"):w} of {plan.Listed([.. made.Select(cut => cut.Service)]):w}, which {(made.Length == 1 ? "is" : "are"):w} in use. Choose one of the two: both edit the same document, and approving one renews the card{(place.Policies.IsEmpty ? "" : $". The policy is new then, and is looked at again in {plan.Facts.Window.Days} days"):w}.");

    // Where the list would be long, or the document too big.
    private static IEnumerable<Prose> Whole(Plan plan, ImmutableArray<ServiceCut> cuts, ImmutableArray<ServiceCut> made)
    {
        var whole = cuts.Select(cut => cut.Service).Except(made.Select(cut => cut.Service)).ToArray();
        if (whole.Length > 0) yield return Prose.Of($"{plan.Listed(whole):w} {(whole.Length == 1 ? "stays" : "stay"):w} as it is written: without the unused actions, the list would grow too long.");
    }

    private static Prose Published(Plan plan)
    {
        var (list, age) = (plan.Facts.Published, plan.Facts.Published.AgeInDays(plan.Facts.Now));
        var sentence = Prose.Of($"Actions that AWS does not track stay. What {"*"} stands for is taken from AWS's list of actions of {list.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture):w}, {BlastRadius.Count(age, "day"):w} ago; an action that came later stays only where a pattern still matches it.");
        return list.IsOld(plan.Facts.Now) ? sentence.Then(Prose.Of($" That list is old: renew it with {"actions refresh"} first.")) : sentence;
    }

    /// <summary>Where the document lives, and what changing it means.</summary>
    /// <param name="Key">The key of the trim by services that edits the same document.</param>
    /// <param name="Against">Why it is not offered; null where it is.</param>
    private sealed record Place(
        string Key, string Name, Prose Title, Prose? Against, Func<PolicyDocument, NewDefaultVersion> Edits, Prose Whom, ImmutableArray<IdentityRef> Identities, ImmutableArray<string> Policies);
}
