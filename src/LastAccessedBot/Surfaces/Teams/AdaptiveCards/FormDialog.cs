using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>What a choice asks for before its press counts, as a dialog.</summary>
internal static class FormDialog
{
    private const int AboutWeight = 2_000;

    private static readonly TextRun s_fault = new("") { Color = TextColor.Attention };

    /// <param name="choice">One with a form.</param>
    /// <param name="on">The id of the message that the dialog was opened from.</param>
    /// <param name="stamp">As for the message: it tells a form that was delivered twice from a second one.</param>
    /// <param name="inputs">Field id → what stands there already; null where it is shown for the first time.</param>
    /// <param name="faults">Field id → what is wrong with it, as <see cref="Form.Faults"/> says; null where nothing is.</param>
    public static CardDialog Render(Choice choice, string on, string stamp, IReadOnlyDictionary<string, string>? inputs = null, IReadOnlyDictionary<string, string>? faults = null)
    {
        var form = choice.Form ?? throw new ArgumentException($"The button `{choice.Label}` asks for nothing.", nameof(choice));
        var submit = new CardData.SubmitForm(choice.Id, stamp, on, ImmutableDictionary<string, string>.Empty);
        return new CardDialog(
            PlainWords.Cut(RunText.Safe(choice.Label), AdaptiveCardLimits.DialogTitle),
            new AdaptiveCard(
                [RunText.Block(ProseParts.Cut(form.About, AboutWeight)), .. form.Fields.SelectMany(field => Of(field, inputs?.GetValueOrDefault(field.Id), faults?.GetValueOrDefault(field.Id)))],
                [new SubmitAction(CardButtons.Titled(choice.Label), submit.ForSubmit()) { Style = ActionStyle.Positive }]));
    }

    /// <summary>Where the choice is not on the card any more.</summary>
    public static CardDialog Gone() => new("Too late", new AdaptiveCard([RunText.Block("This is decided already: close this and look at the card.")]));

    private static IEnumerable<Element> Of(Field field, string? input, string? fault) =>
    [
        Input(field, input),
        .. fault is null ? ImmutableArray<Element>.Empty : [CardElements.Line(new(Sign.Bad, Prose.Backticked(fault)), s_fault) with { Spacing = Spacing.Small }],
    ];

    private static Element Input(Field field, string? input)
    {
        var (id, label) = (CardData.InputId(field.Id), RunText.Safe(PlainWords.Cut(field.Label, AdaptiveCardLimits.InputLabel)));
        return field switch
        {
            // The only words that clients read as markdown are what they say themselves of an empty input: they are the bot's own.
            Field.Text text => new TextInput(id, label, "Write something here.", Math.Min(text.Most, AdaptiveCardLimits.InputText), IsMultiline: text.Exactly is null, input),
            Field.OneOf one => new ChoiceSetInput(id, label, "Choose one of these.", [.. one.Options.Select(Of)], one.Options.Any(option => option.Value == input) ? input! : one.Initial),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static ChoiceOption Of(Option option) => new(RunText.Safe(PlainWords.Cut(option.Label, AdaptiveCardLimits.OptionText)), option.Value);
}
