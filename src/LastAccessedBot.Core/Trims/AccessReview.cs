using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
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

/// <summary>One service control policy over an entity of the organization.</summary>
/// <param name="AttachedTo">Every target, each as a clause; one outside of the entity says so.</param>
/// <param name="Says">What it allows or denies, as a clause.</param>
public sealed record ScpLine(string Name, ImmutableArray<Prose> AttachedTo, Prose Says);

/// <summary>What caps an entity of the organization, and whom a change there would reach.</summary>
/// <param name="Strategy">Whether its SCPs are a deny list or an allow list, as sentences.</param>
/// <param name="Accounts">The accounts that SCPs bind there, by name; a review of one account lists none.</param>
/// <param name="ManagementAccountId">The account that no SCP binds.</param>
public sealed record OrganizationSurvey(Prose Strategy, ImmutableArray<ScpLine> Policies, ImmutableArray<EntityRef> Accounts, string ManagementAccountId);

/// <summary>What a review found.</summary>
/// <param name="Title">The answer in one line, where it is not how many services are unused.</param>
/// <param name="BeforeDeleting">null: the question was what may be trimmed, not whether the subject may be deleted.</param>
/// <param name="Organization">null: the subject is no entity of the organization.</param>
/// <param name="Trail">What CloudTrail recorded of the subject; null where nobody asked.</param>
public sealed record AccessReview(
    ReviewSubject Subject,
    ReviewWindow Window,
    DateTimeOffset At,
    ImmutableArray<ServiceLine> Services,
    ImmutableArray<Trim> Trims,
    ImmutableArray<WithheldTrim> Withheld,
    ImmutableArray<Remark> Remarks,
    DeletionSurvey? BeforeDeleting = null,
    Prose? Title = null,
    OrganizationSurvey? Organization = null,
    Trail? Trail = null);
