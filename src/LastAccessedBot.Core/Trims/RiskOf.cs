using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Trims;

/// <summary>Grades a trim by what could make its evidence mislead; the highest reason decides.</summary>
internal sealed class RiskOf(ReviewFacts facts)
{
    private readonly List<Prose> _reasons = [];
    private RiskGrade _grade = RiskGrade.Low;

    public RiskOf Because(RiskGrade grade, Prose reason)
    {
        _reasons.Add(reason);
        if (grade > _grade) _grade = grade;
        return this;
    }

    /// <summary>What any taking away of these services risks.</summary>
    public RiskOf Removing(IEnumerable<Verdict> verdicts, bool everyOther)
    {
        if (facts.Window.Days < ReviewWindow.Default.Days)
            Because(RiskGrade.Medium, Prose.Of($"The window of {facts.Window.Days} days is shorter than the usual {ReviewWindow.Default.Days}."));
        var recently = facts.Window.Start(facts.Now).AddDays(-ReviewWindow.Default.Days);
        var lately = verdicts.Count(verdict => verdict is Verdict.Unused { LastSeen: { } seen } && seen >= recently);
        if (lately > 0) Because(RiskGrade.Medium, lately == 1 ? "One of the services was used not long before the window." : Prose.Of($"{lately} of the services were used not long before the window."));
        if (everyOther) Because(RiskGrade.Medium, "It also takes away services that AWS does not report on, and those that AWS adds later.");
        return this;
    }

    public RiskOf From(IEnumerable<IdentityRef> identities)
    {
        ImmutableArray<IdentityRef> from = [.. identities];
        if (from.Length > 1) Because(RiskGrade.Medium, Prose.Of($"It changes what {from.Length} identities may do."));
        if (from.Any(identity => identity.Kind == IdentityKind.Role))
            Because(RiskGrade.Medium, "Roles that run once a quarter, or only in a disaster, look unused in between.");
        return this;
    }

    public Risk Grade() => new(_grade, _reasons.Count > 0
        ? [.. _reasons]
        : [Prose.Of($"Nothing that goes was used in the last {facts.Window.Days} days, and Undo puts it back.")]);
}
