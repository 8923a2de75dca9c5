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
        var where = review.Asked.In is { Name: var account } ? Prose.Of($" in {account}") : Prose.Empty;
        if (policies.IsEmpty) return Card.Of(((Prose)"No customer managed policy is attached to anyone").Then(where));
        return new Card(
            Prose.Of($"{policies.Length} attached customer managed policies{where}, worst first"),
            Tone.Neutral,
            [
                new CardBlock.Paragraph(Prose.Of($"{policies.Count(policy => policy.Unused > 0)} grant services that nobody used in {review.Asked.Window.Days} days. Page {page} of {pages}.")),
                new CardBlock.Table(["Policy", "Use", "Attached"], [.. shown.Select(Row)]),
            ],
            [
                .. shown.Select(policy => new Choice(new ChoiceId.Run($"/unused policy {policy.Name} {review.Asked.Window.Days}d{review.Asked.In?.Suffix}").ToString(), policy.Name)),
                .. page > 1 ? [new Choice(new ChoiceId.Page(review.Id, page - 1).ToString(), "Previous page")] : ImmutableArray<Choice>.Empty,
                .. page < pages ? [new Choice(new ChoiceId.Page(review.Id, page + 1).ToString(), "Next page")] : ImmutableArray<Choice>.Empty,
            ]);
    }

    private static TableRow Row(RankedPolicy policy) => new(
        [Prose.Of($"{policy.Name}"), Summary(policy), policy.Attachments == 1 ? "once" : $"{policy.Attachments:N0} times"],
        policy.Problem is not null ? Tone.Bad : policy.Unused > 0 ? Tone.Caution : Tone.Good);

    private static Prose Summary(RankedPolicy policy)
    {
        if (policy.Problem is { } problem) return Prose.Of($"unknown: {problem:w}");
        var unknown = policy.Unknown > 0 ? $", {policy.Unknown:N0} unknown" : "";
        var every = policy.GrantsEveryOther ? "; it grants every service that it does not name" : "";
        return Prose.Of($"{policy.Unused} of {policy.Granted} services unused{unknown:w}{every:w}");
    }
}
