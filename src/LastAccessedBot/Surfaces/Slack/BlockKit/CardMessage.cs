using System.Collections.Immutable;
using System.Text;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>
/// A card as a message of Slack's. What does not fit stands behind Details: budgets are kept by telling less, never by losing a decision
/// that there is room for.
/// </summary>
public static class CardMessage
{
    /// <summary>From telling all to telling least, in characters for the card's own part and for each suggestion.</summary>
    private static readonly (int Own, int Section)[] s_measures = [(3_500, 1_500), (2_500, 700), (1_500, 300)];

    public static SlackMessage Render(Card card) => Render(card, _ => null);

    /// <param name="fileOf">The picture of a chart, as the id of a file in the message's workspace; a chart without one is told in words.</param>
    public static SlackMessage Render(Card card, Func<CardBlock.Chart, string?> fileOf) =>
        new(CardText.Of(card), Blocks(card, fileOf, BlockKitLimits.BlocksInMessage, BlockKitLimits.TextInMessage));

    /// <summary>As many blocks and characters at most, wherever they stand.</summary>
    internal static ImmutableArray<Block> Blocks(Card card, Func<CardBlock.Chart, string?> fileOf, int mostBlocks, int mostText)
    {
        var pictures = card.Blocks.OfType<CardBlock.Chart>().Select(chart => (Chart: chart, File: fileOf(chart))).Where(one => one.File is not null)
            .ToDictionary(one => (CardBlock)one.Chart, one => Picture(one.Chart, one.File!));
        foreach (var (own, section) in s_measures)
        {
            var whole = Build(card, pictures, own, section, int.MaxValue);
            if (Fits(whole, mostBlocks, mostText)) return whole;
        }
        var (least, shortest) = s_measures[^1];
        var sections = card.Blocks.OfType<CardBlock.Section>().Count();
        for (var shown = sections - 1; shown >= 0; shown--)
        {
            var part = Build(card, pictures, least, shortest, shown);
            if (Fits(part, mostBlocks, mostText)) return part;
        }
        throw new InvalidOperationException("A card's own part is larger than a message, though its measure is not.");
    }

    private static bool Fits(ImmutableArray<Block> blocks, int mostBlocks, int mostText) => blocks.Length <= mostBlocks && TextIn(blocks) <= mostText;

    /// <summary>All characters that Slack counts: every text, label and value.</summary>
    public static int TextIn(IEnumerable<Block> blocks) => blocks.Sum(block => block switch
    {
        HeaderBlock header => header.Text.Text.Length,
        SectionBlock section => section.Text.Text.Length,
        ContextBlock context => context.Elements.Sum(element => element.Text.Length),
        ImageBlock image => image.AltText.Length + image.Title.Text.Length,
        RichTextBlock rich => rich.Elements.Sum(element => element.Elements.Sum(text => text.Text.Length)),
        ActionsBlock actions => actions.Elements.Sum(button => button.Text.Text.Length + button.Value.Length + button.ActionId.Length + (button.Confirm is { } confirm ? confirm.Text.Text.Length + confirm.Title.Text.Length + 40 : 0)),
        _ => 0,
    });

    private static ImmutableArray<Block> Build(Card card, Dictionary<CardBlock, ImageBlock> pictures, int own, int forSection, int sections)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(new HeaderBlock(new PlainText(PlainWords.Cut(card.Title.ToString(), BlockKitLimits.HeaderText))));
        blocks.AddRange(pictures.Values);
        var (lines, isWhole) = Lines(card.Blocks.Where(block => block is not CardBlock.Section && !pictures.ContainsKey(block)), own);
        AddText(blocks, lines);
        var hidesOwn = !isWhole || card.Blocks.Any(CardParts.Hides);
        AddActions(blocks, [.. card.Choices.Select((choice, index) => ButtonOf(choice, index, null)), .. hidesOwn ? [DetailsButton(CardParts.Own)] : ImmutableArray<Button>.Empty]);
        var all = card.Blocks.OfType<CardBlock.Section>().ToArray();
        foreach (var (section, index) in all.Select((section, index) => (section, index)).Take(sections)) AddSection(blocks, section, index, forSection);
        if (sections < all.Length)
        {
            blocks.Add(new DividerBlock());
            blocks.Add(new SectionBlock(new Mrkdwn(CardParts.Rest(all.Length - sections))));
            AddActions(blocks, [DetailsButton(CardParts.All)]);
        }
        return blocks.ToImmutable();
    }

    private static void AddSection(ImmutableArray<Block>.Builder blocks, CardBlock.Section section, int index, int most)
    {
        blocks.Add(new DividerBlock());
        var title = MrkdwnText.Title(section);
        var (lines, isWhole) = Lines(CardParts.Said(section), most);
        AddText(blocks, [MrkdwnText.Cut(title, 500), .. lines]);
        var hides = !isWhole || section.Blocks.Any(CardParts.Hides);
        AddActions(blocks,
        [
            .. section.Choices.Select((choice, number) => ButtonOf(choice, number, section)),
            .. hides ? [DetailsButton(CardParts.Of(section, index))] : ImmutableArray<Button>.Empty,
        ]);
    }

    /// <summary>The lines that fit, in order, and whether those are all.</summary>
    private static (List<string> Lines, bool IsWhole) Lines(IEnumerable<CardBlock> blocks, int most)
    {
        var lines = new List<string>();
        var left = most;
        // A line of room before a table, where something stands before it.
        var all = blocks.SelectMany((block, index) => block is CardBlock.Table { Rows.IsEmpty: false } && index > 0 ? LinesOf(block).Prepend("") : LinesOf(block)).ToArray();
        foreach (var line in all)
        {
            if (line.Length + 1 > left)
            {
                // The first line is what the part is about: cut, and never left out.
                if (lines.Count == 0 && left > 80) lines.Add(MrkdwnText.Cut(line, left));
                var more = all.Skip(lines.Count).Count(one => one.Length > 0);
                lines.Add($"_{CardParts.Behind(more)}_");
                return (lines, false);
            }
            lines.Add(line);
            left -= line.Length + 1;
        }
        return (lines, true);
    }

    private static IEnumerable<string> LinesOf(CardBlock block) => block is CardBlock.Link link ? [MrkdwnText.Link(link)] : CardLines.Of(block).Select(MrkdwnText.Of);

    internal static void AddText(ImmutableArray<Block>.Builder blocks, IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.Select(line => MrkdwnText.Cut(line, BlockKitLimits.SectionText)))
        {
            if (text.Length > 0 && text.Length + 1 + line.Length > BlockKitLimits.SectionText) Flush();
            if (text.Length > 0) text.Append('\n');
            text.Append(line);
        }
        Flush();

        void Flush()
        {
            if (text.Length > 0) blocks.Add(new SectionBlock(new Mrkdwn(text.ToString())));
            text.Clear();
        }
    }

    internal static void AddActions(ImmutableArray<Block>.Builder blocks, ImmutableArray<Button> buttons)
    {
        foreach (var row in buttons.Chunk(BlockKitLimits.ActionsElements)) blocks.Add(new ActionsBlock([.. row]));
    }

    private static Button ButtonOf(Choice choice, int index, CardBlock.Section? of)
    {
        var kind = ChoiceId.Read(choice.Id) switch
        {
            ChoiceId.OnProposal on => on.Press.ToString().ToLowerInvariant(),
            ChoiceId.Run => SlackActions.Run,
            ChoiceId.Page => SlackActions.Page,
            ChoiceId.Home => SlackActions.Home,
            ChoiceId.Together => SlackActions.Together,
            _ => throw new InvalidOperationException($"The button `{choice.Label}` has the id `{choice.Id}`, which nothing obeys."),
        };
        return new Button($"{kind}.{index}", new PlainText(PlainWords.Cut(choice.Label, BlockKitLimits.ButtonLabel)), choice.Form is null ? choice.Id : FormModal.Value(choice.Id), StyleOf(choice.Style), Confirmation(choice, of));
    }

    private static Confirmation? Confirmation(Choice choice, CardBlock.Section? of) => Question.Of(choice, of) is { } question
        ? new Confirmation(
            new PlainText("Are you sure?"), new Mrkdwn(MrkdwnText.Cut(MrkdwnText.Of(question.Text), BlockKitLimits.ConfirmText)),
            new PlainText(PlainWords.Cut(choice.Label, BlockKitLimits.ConfirmButton)), new PlainText("Cancel"), question.IsGrave ? "danger" : "primary")
        : null;

    private static ImageBlock Picture(CardBlock.Chart chart, string file) => new(
        new SlackFile(file), PlainWords.Cut(chart.InWords, BlockKitLimits.ImageAltText), new PlainText(PlainWords.Cut(chart.Title, BlockKitLimits.ImageTitle)));

    private static Button DetailsButton(string part) => new($"{SlackActions.Details}.{part}", new PlainText("Details"), DetailsModal.Value(part, 0));

    private static string? StyleOf(ChoiceStyle style) => style switch
    {
        ChoiceStyle.Primary => "primary",
        ChoiceStyle.Danger => "danger",
        _ => null,
    };
}
