using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims.BeforeDeleting;

/// <summary>An identity that somebody asks to delete, with what speaks for it and against it.</summary>
/// <param name="Own">The policies on the identity itself.</param>
/// <param name="Groups">A user's groups, each with its policies.</param>
internal sealed record Candidate(
    Plan Plan, Identity Identity, ImmutableArray<Holding> Own, ImmutableSortedDictionary<IdentityRef, ImmutableArray<Holding>> Groups,
    ImmutableArray<ServiceLine> Services, ImmutableArray<SubjectUse> Uses)
{
    public IdentityRef Ref => Identity.Ref;

    public Prose Title => Prose.Of($"Delete {Ref.KindWord:w} {Ref.Name}");

    /// <summary>Why it stays, whatever the evidence says; null where nothing is in the way.</summary>
    public Prose? Guarded()
    {
        // Tags that begin so are AWS's own: what is made again could not bear them.
        const string OfAws = "aws:";
        var guards = Plan.Guards;
        if (Identity.Path.StartsWith("/aws-reserved/", StringComparison.Ordinal)) return Prose.Of($"{Ref.Name} belongs to AWS IAM Identity Center; only that changes it.");
        var others = Groups.Keys.Concat(Identity.Members.Select(member => new IdentityRef(IdentityKind.User, member)));
        return guards.AgainstTouching(Identity)
            ?? Guards.KeptElsewhere(Identity.Tags, Ref.Name)
            ?? (Identity.Tags.Keys.FirstOrDefault(key => key.StartsWith(OfAws, StringComparison.OrdinalIgnoreCase)) is { } tag ? Prose.Of($"{Ref.Name} bears the tag {tag}, which AWS alone may write: Undo could not put it back.") : null)
            ?? others.Select(other => Plan.Facts.State.Identities.GetValueOrDefault(other)).OfType<Identity>().Select(guards.AgainstTouching).FirstOrDefault(why => why is not null)
            ?? Own.Select(holding => holding.Managed).OfType<ManagedPolicy>().Select(guards.AgainstDetaching).FirstOrDefault(why => why is not null);
    }

    /// <summary>What was used within the window; null where nothing was.</summary>
    public Prose? InUse() => Reasons.Used(Plan, Uses, Services);

    /// <summary>What nobody can know, and so forbids a deletion; null where all is known.</summary>
    public Prose? NotKnown()
    {
        var start = Plan.Facts.Window.Start(Plan.Facts.Now);
        if (Identity.Created > start) return Prose.Of($"{Ref.Name} exists only since {Identity.Created}, less than the {Plan.Facts.Window.Days} days asked about; somebody may be about to use it.");
        if (All.FirstOrDefault(holding => holding.Document is null) is { } unread) return Prose.Of($"{unread.Name} could not be understood, and what it gives may be in use.");
        if (Identity.Attached.FirstOrDefault(arn => !Plan.Facts.State.Policies.ContainsKey(arn)) is { } unseen) return Prose.Of($"{unseen} is attached and could not be read.");
        return Reasons.Unknown(Uses, Services);
    }

    /// <summary>Why what the identity has cannot be taken off piece by piece; null where it can.</summary>
    /// <remarks>What is left while one goes may be allowed by another that the one denied. With at most one that does both, all that allows is gone before anything that denies is.</remarks>
    public Prose? Entangled()
    {
        var both = Pieces.Where(piece => piece.Allows && piece.Denies).Take(2).ToArray();
        return both.Length < 2 ? null : Prose.Of($"{both[0].Name} and {both[1].Name} both allow and deny: with one of them gone, the other may allow more than now, if only for a moment. Take one of them off by hand first.");
    }

    /// <summary>The edits that take from the identity what others gave it, each with an inverse: what denies goes last, so that nothing becomes allowed on the way.</summary>
    public ImmutableArray<AccountEdit> Stripped() => [.. Pieces.OrderBy(piece => piece.Denies).ThenBy(piece => !piece.Allows).Select(piece => piece.Edit)];

    /// <summary>The deletion as a trim.</summary>
    public Trim Deletion(TrimKind kind, ImmutableArray<AccountEdit> edits, ImmutableArray<Prose> evidence, Prose whom, ImmutableArray<Prose> notes)
    {
        var verdicts = Services.ToDictionary(line => line.Service, line => line.Verdict);
        ServiceNamespace[] unused = [.. Services.Where(line => line.Verdict is Verdict.Unused).Select(line => line.Service)];
        return new Trim(
            $"delete {Ref}",
            kind,
            Title,
            edits,
            [.. evidence, .. Plan.Evidence(unused, verdicts)],
            whom,
            notes,
            Plan.NamesOf(unused),
            new RiskOf(Plan.Facts)
                .Because(RiskGrade.High, "AWS does not take a deletion back: Undo makes another one of the same name.")
                .Removing(verdicts.Values, All.Any(holding => holding.Document!.GrantsEveryOther)).From([Ref]).Grade(),
            null,
            Basis());
    }

    public TrimBasis Basis() => TrimBasis.Of(Plan.Facts.State, [Ref, .. Groups.Keys], Identity.Attached);

    /// <summary>The first of its own policies that denies something; null where none does.</summary>
    public Holding? Denying => Own.FirstOrDefault(Denies);

    /// <summary>What goes by one edit each: a membership with all that the group gives, or a policy of the identity's own.</summary>
    private IEnumerable<(string Name, bool Allows, bool Denies, AccountEdit Edit)> Pieces =>
    [
        .. Groups.Select(group => (group.Key.Name, group.Value.Any(Allows), group.Value.Any(Denies), (AccountEdit)new AccountEdit.RemoveUserFromGroup(group.Key.Name, Ref.Name))),
        .. Own.Select(holding => (holding.Name, Allows(holding), Denies(holding), holding.Managed is { } managed ? (AccountEdit)new AccountEdit.DetachPolicy(Ref, managed.Arn) : new AccountEdit.DeleteInlinePolicy(Ref, holding.Name))),
    ];

    private IEnumerable<Holding> All => Own.Concat(Groups.Values.SelectMany(holdings => holdings));

    private static bool Allows(Holding holding) => holding.Document?.Allows ?? false;

    private static bool Denies(Holding holding) => holding.Document?.Denies ?? false;
}
