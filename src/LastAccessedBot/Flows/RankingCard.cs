using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>The sweep's result, a page at a time.</summary>
public static class RankingCard
{
    private const int PageSize = 10;

    /// <param name="page">From 1; beyond the ends, the nearest page.</param>
    public static Card Page(ReviewRecord review, int page)
    {
        var policies = review.Ranking!.Policies;
        var pages = Math.Max(1, (policies.Length + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var shown = policies.Skip((page - 1) * PageSize).Take(PageSize).ToArray();
        if (policies.IsEmpty) return Card.Of("No customer managed policy is attached to anyone");
        var choices = ImmutableArray.CreateBuilder<Choice>();
        if (page > 1) choices.Add(new Choice(new ChoiceId.Page(review.Id, page - 1).ToString(), "Previous"));
        if (page < pages) choices.Add(new Choice(new ChoiceId.Page(review.Id, page + 1).ToString(), "Next"));
        return new Card(
            Prose.Of($"{policies.Length} attached customer managed policies, worst first"),
            Tone.Neutral,
            [
                new CardBlock.Paragraph(Prose.Of($"{policies.Count(policy => policy.Unused > 0)} grant services that nobody used in {review.Asked.Window.Days} days. Page {page} of {pages}.")),
                .. shown.Select(policy => Line(policy, review.Asked.Window.Days)),
            ],
            choices.ToImmutable());
    }

    private static CardBlock.Section Line(RankedPolicy policy, int days) => new(
        policy.Arn,
        Prose.Of($"{policy.Name}"),
        policy.Problem is not null ? Tone.Bad : policy.Unused > 0 ? Tone.Caution : Tone.Good,
        [new CardBlock.Paragraph(Summary(policy))],
        [new Choice(new ChoiceId.Run($"/unused policy {policy.Name} {days}d").ToString(), "Look into it")]);

    private static Prose Summary(RankedPolicy policy)
    {
        var attached = policy.Attachments == 1 ? "attached once" : $"attached {policy.Attachments:N0} times";
        if (policy.Problem is { } problem) return Prose.Of($"Unknown: {problem:w}; {attached:w}.");
        var unknown = policy.Unknown > 0 ? $", {policy.Unknown:N0} unknown" : "";
        var every = policy.GrantsEveryOther ? "; it grants every service that it does not name" : "";
        return policy.Granted > 0 && policy.Unused == policy.Granted
            ? Prose.Of($"Nothing of it is used: {policy.Unused} of {policy.Granted} services unused; {attached:w}{every:w}.")
            : Prose.Of($"{policy.Unused} of {policy.Granted} services unused{unknown:w}; {attached:w}{every:w}.");
    }
}
