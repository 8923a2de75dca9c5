using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>One service that the subject may use.</summary>
/// <param name="Paths">The policies that grant it and by which way they come, each a clause.</param>
public sealed record ServiceLine(ServiceNamespace Service, string Name, Verdict Verdict, int Entities, ImmutableArray<Prose> Paths);

/// <summary>What a review found.</summary>
public sealed record AccessReview(
    ReviewSubject Subject,
    ReviewWindow Window,
    DateTimeOffset At,
    ImmutableArray<ServiceLine> Services,
    ImmutableArray<Trim> Trims,
    ImmutableArray<WithheldTrim> Withheld,
    ImmutableArray<Remark> Remarks);
