using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>The buttons of one rendering.</summary>
/// <param name="stamp">Of the rendering: it comes back with every press.</param>
/// <param name="on">In a dialog, the message that it was opened from. Universal actions are for messages: in a dialog, buttons submit.</param>
internal sealed class CardButtons(string stamp, string? on = null)
{
    /// <param name="of">The section that the choice stands in; null for one of the card's own.</param>
    public CardAction Of(Choice choice, CardBlock.Section? of)
    {
        var (title, style) = (Titled(choice.Label), StyleOf(choice.Style));
        if (choice.Form is not null) return new SubmitAction(title, new CardData.OpenForm(choice.Id, on).ForSubmit()) { Style = style };
        if (Question.Of(choice, of) is not { } question) return Press(choice, title, style);
        // The title says twice what happens, for a second button that says “Yes” alone is pressed by habit.
        var yes = Titled($"Yes, {char.ToLowerInvariant(choice.Label[0])}{choice.Label[1..]}");
        return new ShowCardAction(title, new AdaptiveCard(
            [RunText.Block(ProseParts.Cut(question.Text, AdaptiveCardLimits.Question))],
            [Press(choice, yes, question.IsGrave ? ActionStyle.Destructive : ActionStyle.Positive)]))
        { Style = style };
    }

    public CardAction Details(string part) => Page("Details", part, 1);

    public CardAction Page(string title, string part, int page) => new SubmitAction(title, new CardData.OpenDetails(part, page, on).ForSubmit());

    /// <summary>In rows, of which none is longer than clients show.</summary>
    public static IEnumerable<Element> Rows(IEnumerable<CardAction> actions) =>
        actions.Chunk(AdaptiveCardLimits.ActionsInSet).Select(row => new ActionSet([.. row]));

    public static string Titled(string label) => PlainWords.Cut(RunText.Safe(label), AdaptiveCardLimits.ButtonTitle);

    private CardAction Press(Choice choice, string title, ActionStyle? style)
    {
        var press = new CardData.Press(choice.Id, stamp, on);
        var submit = new SubmitAction(title, press.ForSubmit()) { Style = style };
        return on is null ? new ExecuteAction(title, press.Verb, press.ForExecute(), submit) { Style = style } : submit;
    }

    private static ActionStyle? StyleOf(ChoiceStyle style) => style switch
    {
        ChoiceStyle.Primary => ActionStyle.Positive,
        ChoiceStyle.Danger => ActionStyle.Destructive,
        _ => null,
    };
}
