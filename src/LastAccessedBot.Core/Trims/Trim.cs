using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>What sort of change a trim is.</summary>
public enum TrimKind { DetachPolicy, StaleMembership, NarrowPolicy, NarrowInlinePolicy, NarrowActions, DeleteInlinePolicy, DeletePolicy, DeactivateUser, DeleteUser, DeleteGroup, DeleteRole, ConvertInline, CapIdentity, IdleMember, Together, DenyIdleServices, ShortenAllowList }

/// <summary>How much could go wrong. High asks for four eyes.</summary>
public enum RiskGrade { Low, Medium, High }

/// <summary>A grade with its reasons, each a sentence.</summary>
public sealed record Risk(RiskGrade Grade, ImmutableArray<Prose> Reasons)
{
    /// <summary>Whoever asked for the trim, or approved the one that it follows from, may not approve it.</summary>
    [JsonIgnore]
    public bool NeedsFourEyes => Grade == RiskGrade.High;
}

/// <summary>A document before and after, as AWS stores them; <paramref name="Before"/> is null where it is new, <paramref name="After"/> where it goes whole.</summary>
public sealed record DocumentChange(string Name, string? Before, string? After);

/// <summary>What a trim was computed from: it stands or falls with this.</summary>
/// <param name="Fingerprint"><see cref="AccountState.Fingerprint"/> of these identities and policies; of several bases, all of theirs.</param>
/// <param name="All">The bases that it stands or falls with, each by itself; null for a basis of its own.</param>
/// <param name="Organization">It was computed from the organization around the subject, too.</param>
public sealed record TrimBasis(ImmutableArray<IdentityRef> Identities, ImmutableArray<string> Policies, string Fingerprint, ImmutableArray<TrimBasis>? All = null, bool Organization = false)
{
    public static TrimBasis OfOrganization(AccountState state) => new([], [], Slice(state, [], [], organization: true).Fingerprint(), Organization: true);

    /// <summary>What several trims were computed from.</summary>
    public static TrimBasis Of(ImmutableArray<TrimBasis> all) => new(
        [.. all.SelectMany(basis => basis.Identities).Distinct().Order()],
        [.. all.SelectMany(basis => basis.Policies).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        string.Join(' ', all.Select(basis => basis.Fingerprint)), all);

    public static TrimBasis Of(AccountState state, IEnumerable<IdentityRef> identities, IEnumerable<string> policies)
    {
        ImmutableArray<IdentityRef> names = [.. identities.Distinct().Order()];
        ImmutableArray<string> arns = [.. policies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new TrimBasis(names, arns, Slice(state, names, arns, organization: false).Fingerprint());
    }

    /// <summary>Whether the same part of the account, read again, is as it was.</summary>
    public bool HoldsIn(AccountState state) => All?.All(basis => basis.HoldsIn(state)) ?? Slice(state, Identities, Policies, Organization).Fingerprint() == Fingerprint;

    private static AccountState Slice(AccountState state, ImmutableArray<IdentityRef> identities, ImmutableArray<string> policies, bool organization)
    {
        var slice = AccountState.Empty with { Organization = organization ? state.Organization : null };
        foreach (var name in identities)
            if (state.Identities.TryGetValue(name, out var identity)) slice = slice.With(identity);
        foreach (var arn in policies)
            if (state.Policies.TryGetValue(arn, out var policy)) slice = slice.With(policy);
        return slice;
    }
}

/// <summary>A suggestion that one approval carries out: evidence, risk, and the edits in order.</summary>
/// <param name="Key">The same for the same suggestion in a later review of the same subject.</param>
/// <param name="Evidence">Why it is safe, each a sentence.</param>
/// <param name="TakesAway">From whom it is taken, as a clause.</param>
/// <param name="Notes">What else an approver should know.</param>
/// <param name="Removed">The display names of the services that go, in order.</param>
/// <param name="Parts">The keys of the trims that it joins; null for one of its own.</param>
public sealed record Trim(
    string Key,
    TrimKind Kind,
    Prose Title,
    ImmutableArray<AccountEdit> Edits,
    ImmutableArray<Prose> Evidence,
    Prose TakesAway,
    ImmutableArray<Prose> Notes,
    ImmutableArray<string> Removed,
    Risk Risk,
    DocumentChange? Change,
    TrimBasis Basis,
    ImmutableArray<string>? Parts = null)
{
    /// <summary>The services that go, as actions name them; nothing where the subject itself goes, for nobody is left to miss them.</summary>
    public ImmutableArray<ServiceNamespace> Gone { get; init; } = [];

    /// <summary>Of services that stay, the actions that go.</summary>
    public ImmutableArray<RemovedActions> RemovedActions { get; init; } = [];

    /// <summary>The key of a trim all of whose taking away is within this one; null where there is none.</summary>
    public string? Contains { get; init; }

    /// <summary>Whether a policy, user, group or role itself goes.</summary>
    [JsonIgnore]
    public bool IsDeletion => Kind is TrimKind.DeletePolicy or TrimKind.DeleteUser or TrimKind.DeleteGroup or TrimKind.DeleteRole;

    /// <summary>The question that suggests it.</summary>
    [JsonIgnore]
    public Question Answers => Kind switch
    {
        TrimKind.DeactivateUser or TrimKind.DeleteUser or TrimKind.DeleteGroup or TrimKind.DeleteRole => Question.Delete,
        TrimKind.ConvertInline => Question.Convert,
        TrimKind.CapIdentity => Question.Cap,
        TrimKind.IdleMember => Question.Members,
        _ => Question.Unused,
    };

    /// <summary>The user, group or role that it deletes; null for every other trim.</summary>
    [JsonIgnore]
    public IdentityRef? Deletes => Edits.OfType<AccountEdit.DeleteIdentity>().FirstOrDefault()?.Identity;

    /// <summary>What nothing brings back, as a list within a sentence; null where Undo brings everything back that counts.</summary>
    [JsonIgnore]
    public Prose? Loss => Losses.Of(Edits);
}

/// <summary>Actions of one service that go while the service stays.</summary>
/// <param name="Name">The display name of the service.</param>
/// <param name="Actions">Without the service's prefix, in order.</param>
public sealed record RemovedActions(ServiceNamespace Service, string Name, ImmutableArray<string> Actions);

/// <summary>A suggestion that is shown and not offered.</summary>
/// <param name="Template">The document for whoever keeps the policy elsewhere; null where none applies.</param>
public sealed record WithheldTrim(Prose Title, Prose Why, DocumentChange? Template);

/// <summary>Something to know, with the command that looks into it.</summary>
public sealed record Remark(Prose Text, string? Command = null);
