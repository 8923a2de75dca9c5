using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.InlinePolicy;

/// <summary>An inline policy is narrowed in place, or deleted when nothing of it was used. AWS keeps no versions: the record keeps the old text.</summary>
internal static class InlinePolicyTrim
{
    public static void Consider(Plan plan, Holding holding, DocumentUse use, ImmutableArray<Holding> own)
    {
        if (!use.IsUnused && !use.IsPartlyUnused) return;
        switch (Narrowing.Narrow(use.Document, Keep.Of(use.NotUnused.Concat(plan.Guards.Services)), new NarrowingOptions(holding.Kind, plan.Guards.Sids)))
        {
            case Narrowed.Refused { Why: var refusal }:
                plan.Remark(Prose.Of($"Inline policy {holding.Name} is used in part, but cannot be narrowed: ").Then(Prose.Backticked(refusal.ToString())).Then("."));
                break;
            case Narrowed.Trimmed trimmed:
                Offer(plan, holding, use, own, Prose.Of($"Narrow inline policy {holding.Name} of {holding.On.Ref.KindWord:w} {holding.On.Ref.Name} to what is used"), trimmed);
                break;
            case Narrowed.NothingLeft:
                Offer(plan, holding, use, own, Prose.Of($"Delete inline policy {holding.Name} of {holding.On.Ref.KindWord:w} {holding.On.Ref.Name}"), null);
                break;
            default:
                break;
        }
    }

    private static void Offer(Plan plan, Holding holding, DocumentUse use, ImmutableArray<Holding> own, Prose title, Narrowed.Trimmed? trimmed)
    {
        var change = new DocumentChange(holding.Name, use.Document.Text, trimmed?.Document.Text);
        if ((plan.Guards.AgainstTouching(holding.On) ?? Guards.KeptElsewhere(holding.On.Tags, holding.On.Ref.Name)) is { } why)
        {
            plan.Withhold(title, why, change);
            return;
        }
        var on = holding.On.Ref;
        var gone = use.Unused.Where(service => trimmed is null || !trimmed.Document.Grants(service)).ToArray();
        plan.Offer(new Trim(
            $"inline {on} {holding.Name}",
            trimmed is null ? TrimKind.DeleteInlinePolicy : TrimKind.NarrowInlinePolicy,
            title,
            [trimmed is null ? new AccountEdit.DeleteInlinePolicy(on, holding.Name) : new AccountEdit.PutInlinePolicy(on, holding.Name, trimmed.Document.Text)],
            plan.Evidence(gone, use.Verdicts),
            Prose.Of($"{on.KindWord:w} {on.Name} alone. AWS keeps no versions of inline policies; the record keeps the old text for Undo."),
            [.. trimmed?.Notes.Select(Prose.Backticked) ?? [], .. OtherPaths.StillReachable(plan, gone, own.Where(other => other != holding), on)],
            plan.NamesOf(gone),
            new RiskOf(plan.Facts).Removing(gone.Select(service => use.Verdicts[service]), use.Document.GrantsEveryOther).From([on]).Grade(),
            change,
            TrimBasis.Of(plan.Facts.State, [on], []))
        { Gone = [.. gone] });
    }
}
