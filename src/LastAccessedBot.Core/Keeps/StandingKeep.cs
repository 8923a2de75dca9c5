using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Core.Watching;

namespace LastAccessedBot.Core.Keeps;

/// <summary>Somebody said that a target, or a part of it, is needed though it looks idle: nothing suggests to take it away until then.</summary>
/// <param name="Id">Short enough to type; that of the proposal on whose card it was said, where it was.</param>
/// <param name="Subject">The target.</param>
/// <param name="By">As <c>surface:id</c>.</param>
/// <param name="Keeping">Why and how long; without a reason it is a snooze.</param>
/// <param name="Revision">Rises with every write; a write names the revision that it saw.</param>
public sealed record StandingKeep(string Id, ReviewSubject Subject, KeepScope Scope, string By, Keeping Keeping, int Revision, bool IsRevoked = false)
{
    public bool IsOver(DateTimeOffset now) => IsRevoked || now >= Keeping.Until;

    /// <summary>What is kept, as a clause.</summary>
    public Prose Target => Scope.Of(Subject.Prose);

    /// <summary>Why a trim is not offered, as a sentence.</summary>
    public Prose Sentence => Target.Then(": ").Then(Keeping.Sentence);

    /// <summary>Why the use of a service is taken to be unknown, for the judgement on an ARN; null where this says nothing about it.</summary>
    /// <param name="arn">Whose use is judged.</param>
    /// <param name="facts">With the identities and the members that stand behind the subject.</param>
    public string? Withholds(ServiceNamespace service, string arn, ReviewFacts facts) =>
        Scope is KeepScope.OfService { Service: var kept } && kept == service && (arn == facts.SubjectArn ? Concerns(facts) : IsOf(arn, facts)) ? Sentence.InBackticks() : null;

    /// <summary>Whether it stands against a trim; keeping a service does not, for without the evidence there is no trim of it.</summary>
    public bool Covers(Trim trim, ReviewFacts facts) => Scope switch
    {
        KeepScope.OfService => false,
        KeepScope.OfPolicy policy => TakesFrom(trim, facts) && NamesOf(trim).Contains(policy.Name, StringComparer.OrdinalIgnoreCase),
        _ => TakesFrom(trim, facts),
    };

    private bool IsOf(string arn, ReviewFacts facts) => Subject is ReviewSubject.OfIdentity { Ref: var name } && facts.State.Identities.GetValueOrDefault(name)?.Arn == arn;

    // What a group or a policy gives, it gives to its members and to those whom it is attached to: taking it away would take it from them.
    private bool Concerns(ReviewFacts facts) => Subject == facts.Subject || (Subject is ReviewSubject.OfIdentity { Ref: var kept } && facts.Subject switch
    {
        ReviewSubject.OfIdentity { Ref: { Kind: IdentityKind.Group } group } => IsMember(kept, group, facts),
        ReviewSubject.OfPolicy => facts.State.Identities.Keys.Any(attached => attached == kept || IsMember(kept, attached, facts)),
        _ => false,
    });

    private bool TakesFrom(Trim trim, ReviewFacts facts) => Subject switch
    {
        ReviewSubject.OfIdentity { Ref: var kept } => Watched.Whom(trim).Append(trim.Deletes).OfType<IdentityRef>().Any(from => from == kept || IsMember(kept, from, facts)),
        ReviewSubject.OfPolicy { Arn: var arn } => ArnsOf(trim).Contains(arn, StringComparer.Ordinal),
        _ => Subject == facts.Subject,
    };

    private static bool IsMember(IdentityRef user, IdentityRef group, ReviewFacts facts) =>
        user.Kind == IdentityKind.User && group.Kind == IdentityKind.Group && facts.State.Identities.GetValueOrDefault(group) is { } known && known.Members.Contains(user.Name);

    private static IEnumerable<string> ArnsOf(Trim trim) => trim.Edits.Select(edit => edit switch
    {
        AccountEdit.DetachPolicy detach => detach.PolicyArn,
        AccountEdit.CreatePolicyVersion version => version.PolicyArn,
        AccountEdit.DeletePolicy delete => delete.PolicyArn,
        _ => null,
    }).OfType<string>();

    private static ImmutableArray<string> NamesOf(Trim trim) =>
    [
        .. ArnsOf(trim).Select(arn => arn[(arn.LastIndexOf('/') + 1)..]),
        .. trim.Edits.OfType<AccountEdit.PutInlinePolicy>().Select(edit => edit.Name),
        .. trim.Edits.OfType<AccountEdit.DeleteInlinePolicy>().Select(edit => edit.Name),
    ];

    /// <summary>How much of the target may be kept with a suggestion, for its form: the suggestion alone first.</summary>
    public static ImmutableArray<Option> Scopes(Proposal proposal) =>
    [
        new(Keeping.ThisAlone, "This suggestion"),
        .. NamesOf(proposal.Trim).Distinct(StringComparer.OrdinalIgnoreCase).ToArray() is [var policy] ? [new Option("policy", Short($"Policy {policy} of {proposal.Subject.Prose}"))] : Array.Empty<Option>(),
        new("all", Short($"All of {proposal.Subject.Prose}")),
    ];

    /// <summary>What is kept besides the suggestion itself; null for nothing.</summary>
    /// <param name="scope">As in <see cref="Scopes"/>.</param>
    public static StandingKeep? Of(Proposal proposal, string scope, string by, Keeping keeping) => scope switch
    {
        "all" => new StandingKeep(proposal.Id, proposal.Subject, new KeepScope.Everything(), by, keeping, 1),
        "policy" when NamesOf(proposal.Trim) is [var policy, ..] => new StandingKeep(proposal.Id, proposal.Subject, new KeepScope.OfPolicy(policy), by, keeping, 1),
        _ => null,
    };

    private static string Short(string label) => label.Length <= 75 ? label : label[..74] + "…";
}
