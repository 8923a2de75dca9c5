using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>What the evidence says, service by service.</summary>
internal static class ServiceLines
{
    /// <summary>Every service that one of the holdings grants.</summary>
    /// <param name="path">By which way a holding comes, as a clause.</param>
    public static ImmutableArray<ServiceLine> Of(Plan plan, string arn, ImmutableArray<Holding> holdings, Func<Holding, Prose> path)
    {
        var uses = holdings.Where(holding => holding.Document is not null)
            .Select(holding => (Holding: holding, Use: DocumentUse.Of(holding.Document!, plan.Facts.Judge(arn, holding.Since)))).ToArray();
        return [.. uses.SelectMany(use => use.Use.Verdicts.Keys).Distinct().Order().Select(service =>
        {
            var granting = uses.Where(use => use.Use.Verdicts.ContainsKey(service)).ToArray();
            // One path that is too young to judge makes the line unknown; use by any path is use.
            var verdict = granting.Select(use => use.Use.Verdicts[service]).OrderBy(verdict => verdict is Verdict.Used ? 0 : verdict is Verdict.Unknown ? 1 : 2).First();
            return Line(plan, arn, service, verdict, [.. granting.Select(use => path(use.Holding))]);
        })];
    }

    public static ServiceLine Line(Plan plan, string arn, ServiceNamespace service, Verdict verdict, ImmutableArray<Prose> paths)
    {
        var entities = plan.Facts.Reports.GetValueOrDefault(arn) is AccessReport.Complete report ? report.Services.GetValueOrDefault(service)?.Entities ?? 0 : 0;
        return new ServiceLine(service, plan.NameOf(service), verdict, entities, paths);
    }
}
