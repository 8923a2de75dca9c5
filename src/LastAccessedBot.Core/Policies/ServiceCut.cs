using System.Collections.Immutable;

namespace LastAccessedBot.Core.Policies;

/// <summary>All of a service stays allowed but some of its actions.</summary>
/// <param name="Stays">Actions, without prefix, that must stay: what a wildcard is read to stand for today. An action in neither list stays where an entry keeps its text, or a shorter pattern happens to match it.</param>
/// <param name="Goes">Actions, without prefix, that go.</param>
public sealed record ServiceCut(ServiceNamespace Service, ImmutableArray<string> Stays, ImmutableArray<string> Goes)
{
    /// <summary>A longer list would be a copy of today's actions that nobody reads: the entry stays as written instead.</summary>
    public const int MostPatterns = 40;
}
