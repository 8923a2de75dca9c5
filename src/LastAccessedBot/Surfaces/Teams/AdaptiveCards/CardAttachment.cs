using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>
/// A card as a message of Teams'. What does not fit stands behind Details: the size is kept by telling less, never by losing a decision that
/// there is room for.
/// </summary>
/// <param name="Summary">Says everything that matters, as plain text: for notifications, and for clients that show no cards.</param>
internal sealed record CardAttachment(string Summary, AdaptiveCard Card)
{
    /// <summary>From telling all to telling least, in characters of JSON for the card's own part and for each suggestion.</summary>
    private static readonly (int Own, int Section)[] s_measures = [(16_000, 6_000), (12_000, 2_500), (6_000, 1_000), (2_000, 600)];

    private static readonly TextRun
        s_title = new("") { Size = TextSize.Large, Weight = TextWeight.Bolder },
        s_sectionTitle = new("") { Size = TextSize.Medium, Weight = TextWeight.Bolder };

    /// <param name="stamp">Opaque, at most 100 characters, different at every rendering: it tells a press that was delivered twice from a second press.</param>
    public static CardAttachment Render(Card card, string stamp)
    {
        var summary = SummaryOf(card);
        var room = AdaptiveCardLimits.Message - AdaptiveCardLimits.Envelope - JsonSerializer.Serialize(summary, AdaptiveCardJson.Options).Length;
        var buttons = new CardButtons(stamp);
        var sections = card.Blocks.OfType<CardBlock.Section>().ToArray();
        foreach (var (own, forSection) in s_measures)
        {
            var all = sections.Select((section, index) => SectionOf(section, index, buttons, forSection)).ToArray();
            if (Build(card, all, all.Length, buttons, own) is var whole && whole.Length <= room) return new(summary, whole);
            if ((own, forSection) != s_measures[^1]) continue;
            var left = room - Build(card, all, 0, buttons, own).Length;
            if (left < 0) throw new InvalidOperationException("A card's own part is larger than a message, though its measure is not.");
            var shown = all.TakeWhile(section => (left -= CardElements.Length(section)) >= 0).Count();
            return new(summary, Build(card, all, shown, buttons, own));
        }
        throw new System.Diagnostics.UnreachableException();
    }

    private static AdaptiveCard Build(Card card, Container[] sections, int shown, CardButtons buttons, int own)
    {
        CardBlock[] blocks = [.. card.Blocks.Where(block => block is not CardBlock.Section)];
        var (elements, isWhole) = CardElements.Fitting(blocks, own);
        var hides = !isWhole || blocks.Any(CardParts.Hides);
        var refresh = new CardData.Refresh();
        var isDecided = card.Choices.IsEmpty && card.Blocks.OfType<CardBlock.Section>().All(section => section.Choices.IsEmpty);
        return new AdaptiveCard(
            [
                new Container([CardElements.Line(new(CardLines.SignOf(card.Tone), Title(card.Title)), s_title)], GroundOf(card.Tone), Bleed: true),
                .. elements,
                .. CardButtons.Rows([.. card.Choices.Select(choice => buttons.Of(choice, null)), .. hides ? [buttons.Details(CardParts.Own)] : ImmutableArray<CardAction>.Empty]),
                .. sections.Take(shown),
                .. shown == sections.Length ? ImmutableArray<Element>.Empty : [CardElements.Note(CardParts.Rest(sections.Length - shown)), .. CardButtons.Rows([buttons.Details(CardParts.All)])],
            ],
            Refresh: isDecided ? null : new CardRefresh(new ExecuteAction("Refresh", refresh.Verb, refresh.ForExecute())),
            Msteams: new TeamsProperties("Full"));
    }

    private static Container SectionOf(CardBlock.Section section, int index, CardButtons buttons, int room)
    {
        CardBlock[] blocks = [.. CardParts.Said(section)];
        var (elements, isWhole) = CardElements.Fitting(blocks, room);
        var hides = !isWhole || blocks.Any(CardParts.Hides);
        return new Container(
        [
            CardElements.Line(new(CardLines.SignOf(section.Tone), Title(section.Title)), s_sectionTitle),
            .. elements,
            .. CardButtons.Rows([.. section.Choices.Select(choice => buttons.Of(choice, section)), .. hides ? [buttons.Details(CardParts.Of(section, index))] : ImmutableArray<CardAction>.Empty]),
        ], ContainerStyle.Emphasis)
        { Spacing = Spacing.Medium };
    }

    private static Prose Title(Prose title) => ProseParts.Cut(title, AdaptiveCardLimits.Title);

    // The sign before the title says the same without a colour.
    private static ContainerStyle GroundOf(Tone tone) => tone switch
    {
        Tone.Good => ContainerStyle.Good,
        Tone.Caution => ContainerStyle.Warning,
        Tone.Bad => ContainerStyle.Attention,
        _ => ContainerStyle.Emphasis,
    };

    private static string SummaryOf(Card card)
    {
        var text = new StringBuilder();
        foreach (var line in CardWords.Of(card).Select(words => words.Lead + string.Concat(CardElements.Line(words.Line).Inlines.Select(run => run.Text))))
        {
            if (text.Length + line.Length + "\n…".Length + 1 > AdaptiveCardLimits.Summary)
            {
                // Always something: a title of any length is cut, and lines of suggestions are left out whole.
                text.Append(text.Length == 0 ? PlainWords.Cut(line, AdaptiveCardLimits.Title) : "\n…");
                break;
            }
            if (text.Length > 0) text.Append('\n');
            text.Append(line);
        }
        return text.ToString();
    }
}
