using System.Text;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>A card in words alone: what it found, each suggestion and how it stands, and what to type instead of pressing.</summary>
internal static class CardText
{
    public static string Of(Card card)
    {
        var text = new StringBuilder();
        var room = BlockKitLimits.MessageTextBytes - Encoding.UTF8.GetByteCount("\n…");
        foreach (var line in Lines(card))
        {
            var bytes = Encoding.UTF8.GetByteCount(line) + 1;
            if (bytes > room)
            {
                // Always something: a title of any length is cut, and lines of suggestions are left out whole.
                text.Append(text.Length == 0 ? MrkdwnText.Cut(line, room / 4) : "\n…");
                break;
            }
            if (text.Length > 0) text.Append('\n');
            text.Append(line);
            room -= bytes;
        }
        return text.ToString();
    }

    private static IEnumerable<string> Lines(Card card)
    {
        yield return MrkdwnText.Of(card.Title);
        foreach (var line in card.Blocks.OfType<CardBlock.Paragraph>().SelectMany(block => CardLines.Of(block))) yield return line;
        foreach (var line in card.Blocks.OfType<CardBlock.Chart>().SelectMany(block => CardLines.Of(block))) yield return line;
        foreach (var line in card.Blocks.OfType<CardBlock.Progress>().SelectMany(block => CardLines.Of(block))) yield return line;
        // Decisions before services: what does not fit can be asked again, a decision waits.
        foreach (var section in card.Blocks.OfType<CardBlock.Section>())
        {
            yield return $"• {CardLines.Sign(section.Tone)}{MrkdwnText.Of(section.Title)}";
            foreach (var paragraph in CardLines.Said(section).Where(block => block is CardBlock.Paragraph or CardBlock.Progress or CardBlock.Facts).Take(1).SelectMany(block => CardLines.Of(block))) yield return "   " + paragraph;
            foreach (var command in section.Choices.Select(choice => ChoiceId.Read(choice.Id)).OfType<ChoiceId.OnProposal>().Where(on => on.Press == Press.Undo)) yield return $"   To take it back: `/unused undo {command.ProposalId}`";
        }
        foreach (var line in card.Blocks.OfType<CardBlock.Table>().SelectMany(block => CardLines.Of(block))) yield return line;
    }
}
