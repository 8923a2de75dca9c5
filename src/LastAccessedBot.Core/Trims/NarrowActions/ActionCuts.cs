using System.Collections.Immutable;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.NarrowActions;

/// <summary>Which actions of the services in use may go from a document, and the document without them.</summary>
internal static class ActionCuts
{
    /// <summary>
    /// A cut for each service in use of which AWS's list and the report know enough. Where every action that is known would go, something
    /// was used that neither of them knows: the service stays whole.
    /// </summary>
    public static ImmutableArray<ServiceCut> Of(Plan plan, DocumentUse use, ActionJudgement judgement)
    {
        var cuts = ImmutableArray.CreateBuilder<ServiceCut>();
        foreach (var service in use.Verdicts.Where(pair => pair.Value is Verdict.Used).Select(pair => pair.Key).Except(plan.Guards.Services))
        {
            var published = plan.Facts.Published.Of(service);
            ImmutableArray<string> goes = [.. judgement.Unused(service).Select(action => action.Action).Where(action => PublishedActions.IsAction(action) && use.Document.GrantsAction($"{service}:{action}"))];
            ImmutableArray<string> stays = [.. published.Union(judgement.Tracked(service).Select(action => action.Action).Where(PublishedActions.IsAction), StringComparer.OrdinalIgnoreCase).Except(goes, StringComparer.OrdinalIgnoreCase)];
            if (!published.IsEmpty && goes.Length > 0 && stays.Length > 0) cuts.Add(new ServiceCut(service, stays, goes));
        }
        return cuts.ToImmutable();
    }

    /// <summary>The document without what goes; null where that cannot be proven or would not fit. The services whose actions take the most words to say stay whole first.</summary>
    public static Narrowed.Trimmed? Narrow(Plan plan, DocumentUse use, ImmutableArray<ServiceCut> cuts, PolicyKind kind)
    {
        var left = cuts.OrderBy(cut => Math.Min(cut.Goes.Length, cut.Stays.Length)).ThenBy(cut => cut.Service).ToImmutableArray();
        for (; left.Length > 0; left = left[..^1])
        {
            var keep = Keep.Of(use.NotUnused.Concat(plan.Guards.Services), left);
            if (Narrowing.Narrow(use.Document, keep, new NarrowingOptions(kind, plan.Guards.Sids)) is Narrowed.Trimmed trimmed) return trimmed;
        }
        return null;
    }

    /// <summary>The actions of each cut that the document granted and the narrowed one does not.</summary>
    public static ImmutableArray<ServiceCut> Made(DocumentUse use, PolicyDocument narrowed, ImmutableArray<ServiceCut> cuts) =>
    [
        .. cuts.Select(cut => cut with { Goes = [.. cut.Goes.Where(action => !narrowed.GrantsAction($"{cut.Service}:{action}"))] }).Where(cut => cut.Goes.Length > 0),
    ];
}
