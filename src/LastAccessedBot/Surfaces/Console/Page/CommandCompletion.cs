namespace LastAccessedBot.Surfaces.Console.Page;

/// <summary>One way to go on with the line.</summary>
/// <param name="Line">The whole line when this is taken.</param>
/// <param name="Label">What the list shows.</param>
public sealed record Completion(string Line, string Label, string Hint);

/// <summary>Goes on with a half-typed <c>/unused</c> line.</summary>
public static class CommandCompletion
{
    private const int Most = 8;
    private const string Command = "/unused";

    private static readonly (string Word, string Hint)[] Verbs =
    [
        ("policies", "all managed policies, worst first"),
        ("history", "what was trimmed, by whom"),
        ("report", "a page about what was reviewed"),
        ("help", "what the bot understands"),
    ];

    private static readonly (string Word, string Hint)[] Kinds =
    [
        ("group ", "then its name"),
        ("user ", "then the name"),
        ("role ", "then its name"),
        ("policy ", "then its name"),
    ];

    private static readonly (string Word, string Hint)[] Often =
    [
        ("weekly mon 09:00", "every Monday at nine"),
        ("daily 09:00", "every day at nine"),
        ("monthly mon 09:00", "the first Monday of every month"),
    ];

    /// <summary>Offered once they are begun: without a further word they mean nothing.</summary>
    private static readonly (string Word, string Hint)[] Begun =
    [
        ("delete ", "then a kind and a name"),
        ("doctor", "whether everything is well"),
        ("why ", "then a name and a service"),
        ("who ", "then a name and a service"),
        ("sweep", "the whole account, and how far that is"),
        ("subscribe ", "then a name: a digest every Monday"),
        ("subscriptions", "what is subscribed here"),
        ("unsubscribe ", "then a name"),
        ("undo ", "then the id of a trim"),
        ("ou ", "then the name of an organizational unit"),
        ("account ", "then an account's name or number"),
        ("root", "the whole organization"),
        .. Kinds,
    ];

    public static IReadOnlyList<Completion> For(string line, IReadOnlyList<string> names)
    {
        if (line.Length > 0 && line.Length < Command.Length + 1 && (Command + " ").StartsWith(line, StringComparison.OrdinalIgnoreCase))
            return [new(Command + " ", Command, "see what nobody uses")];
        if (!line.StartsWith(Command + " ", StringComparison.OrdinalIgnoreCase)) return [];

        var words = line[(Command.Length + 1)..].TrimStart().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isAtNewWord = line.EndsWith(' ');
        string[] done = isAtNewWord ? words : words[..^1];
        var begun = isAtNewWord ? "" : words[^1];
        var before = string.Concat(done.Prepend(Command).Select(word => word + " "));
        IEnumerable<Completion> offers = done switch
        {
            [] => [.. Words(before, begun, begun.Length == 0 ? Verbs : [.. Verbs, .. Begun]), .. Names(before, begun, names)],
            ["delete"] => Words(before, begun, Kinds),
            ["subscribe", _] or ["subscribe", "group" or "user" or "role" or "policy", _] when done[^1] is not ("group" or "user" or "role" or "policy") => Words(before, begun, Often),
            ["why" or "who" or "report" or "subscribe" or "unsubscribe"] => [.. begun.Length == 0 ? [] : Words(before, begun, Kinds), .. Names(before, begun, names)],
            ["group" or "user" or "role" or "policy" or "history"] or ["delete" or "why" or "who" or "report" or "subscribe" or "unsubscribe", "group" or "user" or "role" or "policy"] => Names(before, begun, names),
            _ => [],
        };
        return [.. offers.Where(offer => offer.Line.TrimEnd() != line.TrimEnd()).Take(Most)];
    }

    private static IEnumerable<Completion> Words(string before, string begun, IEnumerable<(string Word, string Hint)> words) => words
        .Where(one => one.Word.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
        .Select(one => new Completion(before + one.Word, one.Word.TrimEnd(), one.Hint));

    private static IEnumerable<Completion> Names(string before, string begun, IReadOnlyList<string> names) => names
        .Where(name => name.Contains(begun, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(name => name.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
        .ThenBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Select(name => new Completion(before + name, name, "in the account"));
}
