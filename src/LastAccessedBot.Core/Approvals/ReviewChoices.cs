using System.Collections.Immutable;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Approvals;

/// <summary>The buttons at the foot of a review's card: several suggestions at once, and the questions that come next.</summary>
internal sealed record ReviewChoices(AccessReview Review, ImmutableArray<Proposal> Proposals)
{
    /// <summary>Platforms cut longer questions.</summary>
    private const int LongestQuestion = 250;

    public ImmutableArray<Choice> All() => [.. Several() is { } several ? [several] : ImmutableArray<Choice>.Empty, .. Further()];

    private Choice? Several()
    {
        Proposal[] open = [.. Proposals.Where(proposal => proposal.State == ProposalState.Proposed && proposal.Subject == Review.Subject)];
        var together = Together.Of(open.Select(proposal => proposal.Trim));
        if (together.IsEmpty) return null;
        var ids = together.Select(trim => open.First(proposal => proposal.Trim == trim).Id);
        return new Choice(new ChoiceId.Together([.. ids]).ToString(), $"Approve {together.Length} together", ChoiceStyle.Plain, Question(together));
    }

    private static string Question(ImmutableArray<Trim> trims)
    {
        var named = trims.Length;
        string Text() => string.Join("; ", trims.Take(named).Select(trim => trim.Title.ToString())) + (named < trims.Length ? $"; and {trims.Length - named} more" : "") + "?";
        while (named > 1 && Text().Length > LongestQuestion) named--;
        return Text();
    }

    private IEnumerable<Choice> Further()
    {
        if (Review is not { Title: null, BeforeDeleting: null, Subject: ReviewSubject.OfIdentity { Ref: var identity } }) yield break;
        if (identity.Kind == IdentityKind.Group && Review.Services.Any(line => line.Verdict is not Verdict.Unknown)) yield return Run("Idle members", Trims.Question.Members, identity);
        if (identity.Kind != IdentityKind.Group && Review.Services.Any(line => line.Verdict is Verdict.Unused) && Review.Services.Any(line => line.Verdict is Verdict.Used)) yield return Run("Cap at what it uses", Trims.Question.Cap, identity);
    }

    private Choice Run(string label, Question question, IdentityRef identity) =>
        new(new ChoiceId.Run($"/unused {question.Verb()}{identity} {Review.Window.Days}d{Review.Subject.Suffix}").ToString(), label);
}
