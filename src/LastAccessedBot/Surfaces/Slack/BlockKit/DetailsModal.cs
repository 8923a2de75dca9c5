using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>All of a part of a card, page by page: what the message only mentions.</summary>
public static class DetailsModal
{
    public const string CallbackId = "details";

    private const string Prefix = "details:";
    private const int MostBlocks = 60;

    public static string Value(string part, int page) => $"{Prefix}{part}:{page}";

    /// <summary>null for what is no such value.</summary>
    public static (string Part, int Page)? Read(string value) =>
        value.StartsWith(Prefix, StringComparison.Ordinal) && value[Prefix.Length..].Split(':') is [{ Length: > 0 and <= 40 } part, var number]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page < 10_000 ? (part, page) : null;

    /// <param name="page">From 0; a page beyond the last is the last.</param>
    /// <param name="metadata">What comes back with presses in the modal, at most 3,000 characters.</param>
    public static ModalView Render(Card card, string part, int page, string metadata)
    {
        var pages = Pages(CardParts.Content(card, part));
        page = Math.Clamp(page, 0, pages.Count - 1);
        var blocks = pages[page].ToBuilder();
        if (pages.Count > 1)
        {
            blocks.Add(new ContextBlock([new Mrkdwn($"Page {page + 1} of {pages.Count}")]));
            CardMessage.AddActions(blocks,
            [
                .. page > 0 ? [Turn("Previous", part, page - 1)] : ImmutableArray<Button>.Empty,
                .. page < pages.Count - 1 ? [Turn("Next", part, page + 1)] : ImmutableArray<Button>.Empty,
            ]);
        }
        return new ModalView(new PlainText("Details"), blocks.ToImmutable(), new PlainText("Close"), CallbackId, metadata);
    }

    /// <summary>Where a card is not known any more.</summary>
    public static ModalView Gone() => new(
        new PlainText("Details"), [new SectionBlock(new Mrkdwn("This card is too old for its details. Type `/unused` and the name for today's facts."))], new PlainText("Close"), CallbackId);

    private static Button Turn(string label, string part, int page) => new($"{SlackActions.Details}.{label.ToLowerInvariant()}", new PlainText(label), Value(part, page));

    private static List<ImmutableArray<Block>> Pages(IEnumerable<CardBlock> content)
    {
        var pages = new List<ImmutableArray<Block>>();
        var page = ImmutableArray.CreateBuilder<Block>();
        var text = 0;
        foreach (var block in content.SelectMany(Blocks))
        {
            var length = CardMessage.TextIn([block]);
            if (page.Count == MostBlocks || (page.Count > 0 && text + length > BlockKitLimits.TextInView)) Turn();
            page.Add(block);
            text += length;
        }
        if (page.Count > 0 || pages.Count == 0) Turn();
        return pages;

        void Turn()
        {
            if (page.Count == 0) page.Add(new SectionBlock(new Mrkdwn("There is nothing more to say about this.")));
            pages.Add(page.ToImmutable());
            page.Clear();
            text = 0;
        }
    }

    private static IEnumerable<Block> Blocks(CardBlock block)
    {
        switch (block)
        {
            case CardBlock.Section section:
                return [Heading(MrkdwnText.Title(section)), .. section.Blocks.SelectMany(Blocks)];
            case CardBlock.Details details:
                return [Heading(MrkdwnText.Of(CardLines.Bold(details.Summary))), .. details.Blocks.SelectMany(Blocks)];
            case CardBlock.Diff diff:
                return [Heading(MrkdwnText.Of(CardLines.Bold(diff.Title))), .. Lines(diff)];
            default:
                var text = ImmutableArray.CreateBuilder<Block>();
                CardMessage.AddText(text, CardLines.Of(block, inFull: true).Select(MrkdwnText.Of).SelectMany(Parts));
                return text;
        }
    }

    private static SectionBlock Heading(string markup) => new(new Mrkdwn(MrkdwnText.Cut(markup, BlockKitLimits.SectionText)));

    // A line longer than a block: a list of hundreds of services, say. It goes on in the next, broken where a space is.
    private static IEnumerable<string> Parts(string line)
    {
        while (line.Length > BlockKitLimits.SectionText)
        {
            var end = line.LastIndexOf(' ', BlockKitLimits.SectionText - 1);
            if (end <= 0) break;
            yield return line[..end];
            line = line[(end + 1)..];
        }
        yield return line;
    }

    private static IEnumerable<Block> Lines(CardBlock.Diff diff)
    {
        var text = new StringBuilder();
        foreach (var line in diff.Lines.SelectMany(line => Wrapped(CardParts.Marked(line))))
        {
            if (text.Length + line.Length + 1 > BlockKitLimits.SectionText)
            {
                yield return new RichTextBlock([Preformatted.Of(text.ToString())]);
                text.Clear();
            }
            if (text.Length > 0) text.Append('\n');
            text.Append(line);
        }
        if (text.Length > 0) yield return new RichTextBlock([Preformatted.Of(text.ToString())]);
    }

    private static IEnumerable<string> Wrapped(string line)
    {
        for (; line.Length >= BlockKitLimits.SectionText; line = line[(BlockKitLimits.SectionText - 1)..]) yield return line[..(BlockKitLimits.SectionText - 1)];
        yield return line;
    }
}
