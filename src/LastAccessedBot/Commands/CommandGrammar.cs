using LastAccessedBot.Core;
using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Commands;

/// <summary>Reads a line. Verbs are words of their own; a thing that bears a verb's name is reached with its kind: <c>/unused group policies</c>.</summary>
public static class CommandGrammar
{
    /// <summary>IAM's longest names are 128 characters, ARNs a few more.</summary>
    private const int LongestLine = 1_000;

    private static readonly string[] s_kinds = ["group", "user", "role", "policy"];

    public static Parsed<Command> Parse(string line)
    {
        if (line.Length > LongestLine) return Bad($"The line has {line.Length} characters", $"keep it under {LongestLine}");
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && words[0].Equals("/unused", StringComparison.OrdinalIgnoreCase)) words = words[1..];
        return words switch
        {
            [] => Ok(new Command.Help()),
            [var verb, .. var rest] when Is(verb, "help") && rest.Length == 0 => Ok(new Command.Help()),
            [var verb, .. var rest] when Is(verb, "policies") => Policies(rest),
            [var verb] when Is(verb, "history") => Ok(new Command.History(null)),
            [var verb, var name] when Is(verb, "history") => Ok(new Command.History(name)),
            [var verb, _, var name] when Is(verb, "history") => Ok(new Command.History(name)),
            [var verb, var id] when Is(verb, "undo") => Ok(new Command.Undo(id.ToUpperInvariant())),
            [var verb, ..] when Is(verb, "undo") => Bad("`undo` takes the id of one trim", "write `/unused undo ID`; `/unused history` shows the ids"),
            [var verb, .. var rest] when Is(verb, "delete") => Delete(rest),
            [var kind, .. var rest] when s_kinds.Contains(kind.ToLowerInvariant()) => Review(kind.ToLowerInvariant(), rest),
            _ => Review(null, words),
        };
    }

    private static Parsed<Command> Policies(string[] rest) => rest switch
    {
        [] => Ok(new Command.Policies(ReviewWindow.Default)),
        [var window] => With(window, days => new Command.Policies(days)),
        _ => Bad("`policies` takes a window and nothing else", "write `/unused policies 90d`"),
    };

    private static Parsed<Command> Review(string? kind, string[] words) => words switch
    {
        [] => Bad($"`{kind}` of what name?", $"write `/unused {kind} NAME`"),
        [var name] => Ok(new Command.Review(kind, name, ReviewWindow.Default)),
        [var name, var window] => With(window, days => new Command.Review(kind, name, days)),
        _ => Bad($"`{string.Join(' ', words)}` is more than a name and a window", "write `/unused NAME 90d`, or `/unused help`"),
    };

    // The kind is asked for: what goes for good is named in full.
    private static Parsed<Command> Delete(string[] words) => words switch
    {
        [var kind, var name] when s_kinds.Contains(kind.ToLowerInvariant()) => Ok(new Command.Delete(kind.ToLowerInvariant(), name, ReviewWindow.Default)),
        [var kind, var name, var window] when s_kinds.Contains(kind.ToLowerInvariant()) => With(window, days => new Command.Delete(kind.ToLowerInvariant(), name, days)),
        _ => Bad("`delete` takes a kind and a name", "write `/unused delete user NAME`, or `group`, `role` or `policy` in its place, and a window such as `90d` if you like"),
    };

    private static Parsed<Command> With(string window, Func<ReviewWindow, Command> command) => ReviewWindow.Parse(window) switch
    {
        Parsed<ReviewWindow>.Ok { Value: var days } => Ok(command(days)),
        Parsed<ReviewWindow>.Bad { Why: var why } => new Parsed<Command>.Bad(why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool Is(string word, string verb) => word.Equals(verb, StringComparison.OrdinalIgnoreCase);

    private static Parsed<Command>.Ok Ok(Command command) => new(command);

    private static Parsed<Command>.Bad Bad(string message, string help) => new(new Refusal(message, help));
}
