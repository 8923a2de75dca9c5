using System.Text;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Slack.BlockKit;

/// <summary>A card in words alone, as long as Slack takes them.</summary>
internal static class CardText
{
    public static string Of(Card card)
    {
        var text = new StringBuilder();
        var room = BlockKitLimits.MessageTextBytes - Encoding.UTF8.GetByteCount("\n…");
        foreach (var line in CardWords.Of(card).Select(words => words.Lead + MrkdwnText.Of(words.Line)))
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
}
