using LastAccessedBot.Core;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

/// <summary>Reads a line. Verbs are words of their own; a thing that bears a verb's name is reached with its kind: <c>/unused group policies</c>.</summary>
public static class CommandGrammar
{
    /// <summary>IAM's longest names are 128 characters, ARNs a few more.</summary>
    private const int LongestLine = 1_000;

    private static readonly string[] s_kinds = ["group", "user", "role", "policy"];

    // The kind is asked for: what one name means for a user is not what it means for a policy. Only groups have members.
    private static readonly Asking[] s_questions =
    [
        new("delete", Question.Delete, ["user", "group", "role", "policy"]),
        new("convert", Question.Convert, ["user", "group", "role"]),
        new("cap", Question.Cap, ["user", "role"]),
        new("members", Question.Members, ["group"]),
    ];

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
            [var verb] when Is(verb, "sweep") => Ok(new Command.Sweep(new SweepOrder.Account(Again: false))),
            [var verb, var again] when Is(verb, "sweep") && Is(again, "again") => Ok(new Command.Sweep(new SweepOrder.Account(Again: true))),
            [var verb, ..] when Is(verb, "sweep") => Bad("`sweep` looks at the whole account and takes nothing else", "write `/unused sweep`, or `/unused sweep again` for a new one"),
            [var verb] when Is(verb, "history") => Ok(new Command.History(null)),
            [var verb, var check] when Is(verb, "history") && Is(check, "verify") => Ok(new Command.History(null, Verify: true)),
            [var verb, var name] when Is(verb, "history") => Ok(new Command.History(name)),
            [var verb, _, var name] when Is(verb, "history") => Ok(new Command.History(name)),
            [var verb, .. var rest] when Is(verb, "report") => Report(rest),
            [var verb, var id] when Is(verb, "undo") => Ok(new Command.Undo(id.ToUpperInvariant())),
            [var verb, ..] when Is(verb, "undo") => Bad("`undo` takes the id of one trim", "write `/unused undo ID`; `/unused history` shows the ids"),
            [var verb, .. var rest] when s_questions.FirstOrDefault(question => Is(verb, question.Verb)) is { } question => Ask(question, rest),
            [var verb, .. var rest] when Is(verb, "why") => AboutService(ServiceQuestion.Why, rest),
            [var verb, .. var rest] when Is(verb, "who") => AboutService(ServiceQuestion.Who, rest),
            [var verb, .. var rest] when OwnerGrammar.Reads(verb) => OwnerGrammar.Parse(verb, rest),
            [var verb, .. var rest] when KeepGrammar.Reads(verb) => KeepGrammar.Parse(verb, rest),
            [var verb, .. var rest] when SubscriptionGrammar.Reads(verb) => SubscriptionGrammar.Parse(verb, rest),
            [var kind, .. var rest] when s_kinds.Contains(kind.ToLowerInvariant()) => Review(kind.ToLowerInvariant(), rest),
            [var kind, .. var rest] when Is(kind, "ou") || Is(kind, "account") => Entity(kind.ToLowerInvariant(), rest),
            [var kind, .. var rest] when Is(kind, "root") => Root(rest),
            _ => Review(null, words),
        };
    }

    private static Parsed<Command> Policies(string[] rest) => rest switch
    {
        [] => Ok(new Command.Sweep(new SweepOrder.Policies(ReviewWindow.Default))),
        [var window] => With(window, days => new Command.Sweep(new SweepOrder.Policies(days))),
        _ => Bad("`policies` takes a window and nothing else", "write `/unused policies 90d`"),
    };

    private static Parsed<Command> Review(string? kind, string[] words) => words switch
    {
        [] => Bad($"`{kind}` of what name?", $"write `/unused {kind} NAME`"),
        [var name] => Ok(new Command.Review(kind, name, ReviewWindow.Default)),
        [var name, var window] => With(window, days => new Command.Review(kind, name, days)),
        _ => Bad($"`{string.Join(' ', words)}` is more than a name and a window", "write `/unused NAME 90d`, or `/unused help`"),
    };

    // An organization has one root: its id may be given, and need not.
    private static Parsed<Command> Root(string[] words) => words switch
    {
        [] => Ok(new Command.Review("root", Inquiry.TheRoot, ReviewWindow.OfOrganization)),
        [var window] when !window.StartsWith("r-", StringComparison.OrdinalIgnoreCase) => With(window, days => new Command.Review("root", Inquiry.TheRoot, days)),
        _ => Entity("root", words),
    };

    // Accounts are called what people like, spaces and all; a window, where there is one, is the last word.
    private static Parsed<Command> Entity(string kind, string[] words) => words is [_, .., var window] && ReviewWindow.IsMeant(window)
        ? With(window, days => new Command.Review(kind, string.Join(' ', words[..^1]), days))
        : words is [] ? Bad($"`{kind}` of what name?", $"write `/unused {kind} NAME`, or its id")
        : Ok(new Command.Review(kind, string.Join(' ', words), ReviewWindow.OfOrganization));

    // Without a window it is about whatever was reviewed last.
    private static Parsed<Command> Report(string[] words) => words is [_, .., var window] && ReviewWindow.IsMeant(window)
        ? ReportOn(words[..^1]) is Parsed<Command>.Ok { Value: Command.Report report } ? With(window, days => report with { Window = days }) : ReportOn(words[..^1])
        : ReportOn(words);

    private static Parsed<Command> ReportOn(string[] words) => words switch
    {
        [] => Ok(new Command.Report(null, null, null)),
        [var kind] when Is(kind, "root") => Ok(new Command.Report("root", Inquiry.TheRoot, null)),
        [var kind, var name] when Is(kind, "root") || s_kinds.Contains(kind.ToLowerInvariant()) => Ok(new Command.Report(kind.ToLowerInvariant(), name, null)),
        [var kind, _, ..] when Is(kind, "ou") || Is(kind, "account") => Ok(new Command.Report(kind.ToLowerInvariant(), string.Join(' ', words[1..]), null)),
        [var name] when !IsKind(name) => Ok(new Command.Report(null, name, null)),
        _ => Bad("`report` takes the name of something that was reviewed, and a window such as `90d` if you like", "write `/unused report NAME`, with the kind before it if there are several: `/unused report group NAME`; `/unused report` alone is about all of them"),
    };

    private static bool IsKind(string word) => s_kinds.Contains(word.ToLowerInvariant()) || Is(word, "ou") || Is(word, "account");

    private static Parsed<Command> Ask(Asking asking, string[] words) => words switch
    {
        [var kind, var name] when asking.Takes(kind) => Ok(new Command.Ask(asking.Question, kind.ToLowerInvariant(), name, ReviewWindow.Default)),
        [var kind, var name, var window] when asking.Takes(kind) => With(window, days => new Command.Ask(asking.Question, kind.ToLowerInvariant(), name, days)),
        _ => Bad($"`{asking.Verb}` takes a kind and a name", $"write `/unused {asking.Verb} {asking.Kinds[0]} NAME`{Others(asking.Kinds)}, and a window such as `90d` if you like"),
    };

    private static string Others(string[] kinds) => kinds.Length == 1 ? "" : $", or {string.Join(" or ", kinds.Skip(1).Select(kind => $"`{kind}`"))} in its place";

    private static Parsed<Command> AboutService(ServiceQuestion question, string[] words)
    {
        var verb = ServiceAsked.Verb(question);
        return words switch
        {
            [var kind, var name, _] when question == ServiceQuestion.Why && Is(kind, "policy") => Bad("A policy gives, and has nothing itself", $"write `/unused who policy {name} {words[2]}` for those whom it serves"),
            [var kind, var name, var service] when s_kinds.Contains(kind.ToLowerInvariant()) => Of(kind.ToLowerInvariant(), name, service),
            [var name, var service] when !s_kinds.Contains(name.ToLowerInvariant()) => Of(null, name, service),
            _ => Bad($"`{verb}` takes a name and a service", $"write `/unused {verb} NAME s3`, with the service as actions begin, and the kind before the name if you like: `/unused {verb} user NAME s3`"),
        };

        Parsed<Command> Of(string? kind, string name, string service) => ServiceNamespace.Parse(service) switch
        {
            Parsed<ServiceNamespace>.Ok { Value: var one } => Ok(new Command.AboutService(new ServiceAsked(question, one), kind, name)),
            Parsed<ServiceNamespace>.Bad { Why: var why } => new Parsed<Command>.Bad(why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Parsed<Command> With(string window, Func<ReviewWindow, Command> command) => ReviewWindow.Parse(window) switch
    {
        Parsed<ReviewWindow>.Ok { Value: var days } => Ok(command(days)),
        Parsed<ReviewWindow>.Bad { Why: var why } => new Parsed<Command>.Bad(why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private sealed record Asking(string Verb, Question Question, string[] Kinds)
    {
        public bool Takes(string kind) => Kinds.Contains(kind.ToLowerInvariant());
    }

    private static bool Is(string word, string verb) => word.Equals(verb, StringComparison.OrdinalIgnoreCase);

    private static Parsed<Command>.Ok Ok(Command command) => new(command);

    private static Parsed<Command>.Bad Bad(string message, string help) => new(new Refusal(message, help));
}
