using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Explanations;

/// <summary>What the facts' last-accessed report says of one service.</summary>
internal static class ServiceInReport
{
    private const int MostNear = 4;

    /// <summary>Its line, where there is one, and AWS's name for people; without one, the service's prefix.</summary>
    public static (ServiceUse? Use, string Name) Of(ReviewFacts facts, ServiceNamespace service)
    {
        var use = Complete(facts)?.Services.GetValueOrDefault(service);
        return (use, use?.Name ?? service.Value);
    }

    /// <summary>What may have been meant, where neither the report nor a document knows the service by name; nearest first.</summary>
    public static ImmutableArray<ServiceNamespace> Near(ReviewFacts facts, ServiceNamespace service, IEnumerable<PolicyDocument?> documents)
    {
        var named = documents.OfType<PolicyDocument>().SelectMany(document => document.Statements).SelectMany(statement => statement.Actions)
            .Select(action => ServiceNamespace.Parse(action.Split(':')[0])).OfType<Parsed<ServiceNamespace>.Ok>().Select(ok => ok.Value);
        var known = (Complete(facts)?.Services.Keys ?? []).Concat(named).ToImmutableSortedSet();
        return known.Contains(service) ? [] : [.. NearNames.Of(service.Value, known.Select(one => one.Value), MostNear).Select(name => known.First(one => one.Value == name))];
    }

    private static AccessReport.Complete? Complete(ReviewFacts facts) => facts.Reports.Values.OfType<AccessReport.Complete>().FirstOrDefault();
}
