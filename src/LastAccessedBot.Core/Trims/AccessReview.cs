using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>One service that the subject may use.</summary>
/// <param name="Paths">The policies that grant it and by which way they come, each a clause.</param>
public sealed record ServiceLine(ServiceNamespace Service, string Name, Verdict Verdict, int Entities, ImmutableArray<Prose> Paths);

/// <summary>A way by which the subject itself was used, whatever the services.</summary>
/// <param name="What">A credential, the password, the role's sessions.</param>
/// <param name="Of">The service that it was last used for, as AWS writes it; null where AWS does not say.</param>
public sealed record SubjectUse(Prose What, Verdict Verdict, string? Of);

/// <summary>What somebody should know before they delete the subject, besides the services.</summary>
/// <param name="HangsOnIt">All that has to go before it, or goes with it.</param>
public sealed record DeletionSurvey(ImmutableArray<SubjectUse> Uses, ImmutableArray<Fact> HangsOnIt);

/// <summary>What a review found.</summary>
/// <param name="Title">The answer in one line, where it is not how many services are unused.</param>
/// <param name="BeforeDeleting">null: the question was what may be trimmed, not whether the subject may be deleted.</param>
public sealed record AccessReview(
    ReviewSubject Subject,
    ReviewWindow Window,
    DateTimeOffset At,
    ImmutableArray<ServiceLine> Services,
    ImmutableArray<Trim> Trims,
    ImmutableArray<WithheldTrim> Withheld,
    ImmutableArray<Remark> Remarks,
    DeletionSurvey? BeforeDeleting = null,
    Prose? Title = null);
