using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>All of a part of a card, page by page: what the message only mentions.</summary>
internal static class DetailsDialog
{
    private const string Title = "Details";
    private const int ReserveForTurning = 1_000, DiffLength = 6_000, DiffLine = 1_000;

    private static readonly TextRun
        s_section = new("") { Size = TextSize.Medium, Weight = TextWeight.Bolder },
        s_heading = new("") { Weight = TextWeight.Bolder },
        s_code = new("") { FontType = FontType.Monospace };

    /// <param name="part">One of <see cref="CardParts"/>.</param>
    /// <param name="page">From 1; a page beyond the last is the last.</param>
    /// <param name="on">The id of the message that the dialog was opened from.</param>
    /// <param name="stamp">As for the message; only the dialog of all sections has buttons to press.</param>
    public static CardDialog Render(Card card, string part, int page, string on, string stamp)
    {
        var buttons = new CardButtons(stamp, on);
        var pages = Pages(CardParts.Content(card, part).SelectMany(block => Elements(block, part == CardParts.All ? buttons : null)));
        page = Math.Clamp(page, 1, pages.Count);
        if (pages.Count == 1) return new CardDialog(Title, new AdaptiveCard(pages[0]));
        return new CardDialog(Title, new AdaptiveCard(
            [.. pages[page - 1], CardElements.Note($"Page {page} of {pages.Count}")],
            [
                .. page > 1 ? [buttons.Page("Previous", part, page - 1)] : ImmutableArray<CardAction>.Empty,
                .. page < pages.Count ? [buttons.Page("Next", part, page + 1)] : ImmutableArray<CardAction>.Empty,
            ]));
    }

    /// <summary>Where a card is not known any more.</summary>
    public static CardDialog Gone() => new(Title, new AdaptiveCard([RunText.Block(Prose.Of($"This card is too old for its details. Type {"/unused"} and the name for today's facts."))]));

    private static List<ImmutableArray<Element>> Pages(IEnumerable<Element> content)
    {
        var pages = new List<ImmutableArray<Element>>();
        var page = ImmutableArray.CreateBuilder<Element>();
        var left = AdaptiveCardLimits.Dialog - ReserveForTurning;
        foreach (var element in content)
        {
            var length = CardElements.Length(element);
            if (length > left && page.Count > 0) Turn();
            page.Add(element);
            left -= length;
        }
        if (page.Count == 0 && pages.Count == 0) page.Add(RunText.Block("There is nothing more to say about this."));
        if (page.Count > 0) Turn();
        return pages;

        void Turn()
        {
            pages.Add(page.ToImmutable());
            page.Clear();
            left = AdaptiveCardLimits.Dialog - ReserveForTurning;
        }
    }

    private static IEnumerable<Element> Elements(CardBlock block, CardButtons? buttons) => block switch
    {
        CardBlock.Section section =>
        [
            Heading(new(CardLines.SignOf(section.Tone), section.Title), s_section),
            .. section.Blocks.SelectMany(one => Elements(one, null)),
            .. buttons is null ? [] : CardButtons.Rows(section.Choices.Select(choice => buttons.Of(choice, section))),
        ],
        CardBlock.Details details => [Heading(new(Sign.None, details.Summary), s_heading), .. details.Blocks.SelectMany(one => Elements(one, null))],
        CardBlock.Diff diff => [Heading(new(Sign.None, diff.Title), s_heading), .. Lines(diff)],
        _ => CardElements.InFull(block),
    };

    private static RichTextBlock Heading(CardLine line, TextRun like) =>
        CardElements.Line(line with { Text = ProseParts.Cut(line.Text, AdaptiveCardLimits.Title) }, like) with { Spacing = Spacing.Medium };

    private static IEnumerable<Element> Lines(CardBlock.Diff diff)
    {
        var lines = ImmutableArray.CreateBuilder<Element>();
        var length = 0;
        foreach (var line in diff.Lines.SelectMany(Lines))
        {
            if (length > DiffLength)
            {
                yield return Block();
                (length, lines) = (0, ImmutableArray.CreateBuilder<Element>());
            }
            lines.Add(line);
            length += CardElements.Length(line);
        }
        if (lines.Count > 0) yield return Block();

        Container Block() => new(lines.ToImmutable(), ContainerStyle.Emphasis);
    }

    private static IEnumerable<RichTextBlock> Lines(DiffLine line)
    {
        var color = line.Mark switch
        {
            DiffMark.Goes => TextColor.Attention,
            DiffMark.Comes => TextColor.Good,
            _ => (TextColor?)null,
        };
        return ProseParts.Of(Indented(CardParts.Marked(line)), DiffLine).Select(part => RunText.Block(part, s_code with { Color = color }) with { Spacing = Spacing.None });
    }

    // Clients draw spaces in a row only where they cannot be broken at.
    private static string Indented(string marked)
    {
        var (mark, words) = (marked[..1], marked[1..].TrimStart(' '));
        return mark.Replace(' ', '\u00a0') + new string('\u00a0', marked.Length - 1 - words.Length) + words;
    }
}
