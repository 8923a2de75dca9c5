using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Explanations;

namespace LastAccessedBot.Flows;

/// <summary>Answers that have nothing to decide, a page at a time.</summary>
public static class AnswerPages
{
    /// <param name="number">From 1; beyond the ends, the nearest page.</param>
    /// <returns>null for a review without such an answer.</returns>
    public static Card? Of(ReviewRecord review, int number) => review switch
    {
        { Ranking: not null } => RankingCard.Page(review, number),
        { Why: { } why } => new WhyCard(why).Build(),
        { Who: { } who } => new WhoCard(who, review.Id).Page(number),
        _ => null,
    };
}
