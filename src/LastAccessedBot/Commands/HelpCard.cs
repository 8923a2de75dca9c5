using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Commands;

internal static class HelpCard
{
    /// <summary>The same object for everyone, so that a surface can keep what it made of it.</summary>
    public static Card Card { get; } = Card.Of(
        "What I can do",
        new CardBlock.Table(["Type", "To"],
        [
            Row("/unused NAME", "see what a group, user, role or policy may do and nobody does, and trim it"),
            Row("/unused group NAME 30d", "say which kind is meant, and the window (90 days unless told, 400 at most)"),
            Row("/unused policies", "rank every attached customer managed policy, worst first"),
            Row("/unused history [NAME]", "read the record: who asked, approved, applied, undid"),
            Row("/unused undo ID", "take an applied trim back"),
            Row("/unused help", "see this"),
        ]),
        new CardBlock.Paragraph("Nothing is changed without an approval. What AWS cannot tell is never trimmed, and every trim can be undone."));

    private static TableRow Row(string command, string what) => new([Prose.Of($"{command}"), what]);
}
