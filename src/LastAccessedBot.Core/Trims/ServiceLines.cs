using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>What the evidence says, service by service.</summary>
internal static class ServiceLines
{
    /// <summary>Every service that an identity may use, by whichever path.</summary>
    public static ImmutableArray<ServiceLine> OfIdentity(Plan plan, Identity identity) => Of(
        plan, identity,
        [.. Holding.Of(identity, plan.Facts.State), .. Holding.OfGroups(identity, plan.Facts.State).Values.SelectMany(holdings => holdings)], holding => holding.Path(identity.Ref));

    /// <summary>Every service that one of the holdings grants.</summary>
    /// <param name="path">By which way a holding comes, as a clause.</param>
    public static ImmutableArray<ServiceLine> Of(Plan plan, Identity subject, ImmutableArray<Holding> holdings, Func<Holding, Prose> path)
    {
        var uses = holdings.Where(holding => holding.Document is not null)
            .Select(holding => (Holding: holding, Use: DocumentUse.Of(holding.Document!, plan.Facts.Judge(subject.Arn, Later(holding.Since, subject.Created))))).ToArray();
        return [.. uses.SelectMany(use => use.Use.Verdicts.Keys).Distinct().Order().Select(service =>
        {
            var granting = uses.Where(use => use.Use.Verdicts.ContainsKey(service)).ToArray();
            // One path that is too young to judge makes the line unknown; use by any path is use.
            var verdict = granting.Select(use => use.Use.Verdicts[service]).OrderBy(verdict => verdict is Verdict.Used ? 0 : verdict is Verdict.Unknown ? 1 : 2).First();
            return Line(plan, subject.Arn, service, verdict, [.. granting.Select(use => path(use.Holding))]);
        })];
    }

    // What an old group gives a young user, the user had no time to use either.
    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    public static ServiceLine Line(Plan plan, string arn, ServiceNamespace service, Verdict verdict, ImmutableArray<Prose> paths)
    {
        var entities = plan.Facts.Reports.GetValueOrDefault(arn) is AccessReport.Complete report ? report.Services.GetValueOrDefault(service)?.Entities ?? 0 : 0;
        return new ServiceLine(service, plan.NameOf(service), verdict, entities, paths);
    }
}
