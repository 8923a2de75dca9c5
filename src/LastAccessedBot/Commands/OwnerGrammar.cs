using System.Collections.Immutable;
using System.Globalization;
using LastAccessedBot.Core;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

/// <summary>Reads <c>owner</c>, <c>away</c> and <c>back</c>.</summary>
internal static class OwnerGrammar
{
    private const string Usage = "write `/unused owner NAME add @person`, with `remove`, `list` or `not-mine` in the place of `add`";
    private const string AwayUsage = "write `/unused away @person 14d`, or `/unused away @person 2026-12-31` with the last day";
    private const int MostMentions = 20, MostDays = 365;

    private static readonly string[] s_verbs = ["owner", "owners", "away", "back"];
    private static readonly string[] s_doings = ["add", "remove", "list", "not-mine"];
    private static readonly string[] s_kinds = ["group", "user", "role", "policy", "ou", "account"];

    public static bool Reads(string verb) => s_verbs.Contains(verb.ToLowerInvariant());

    public static Parsed<Command> Parse(string verb, string[] words) => (verb.ToLowerInvariant(), words) switch
    {
        ("back", []) => Ok(new OwnerOrder.Back()),
        ("back", _) => Bad($"`{string.Join(' ', words)}` is more than `back` takes", "write `/unused back` to decide by yourself again"),
        ("away", _) => Away(words),
        (_, []) => Bad("`owner` of what name?", Usage),
        _ => Owner(words),
    };

    // Units and accounts are called what people like, spaces and all, up to the word that says what to do.
    private static Parsed<Command> Owner(string[] words)
    {
        var isRoot = words[0].Equals(Inquiry.TheRoot, StringComparison.OrdinalIgnoreCase);
        var isKind = !isRoot && words.Length > 1 && s_kinds.Contains(words[0].ToLowerInvariant());
        var begin = isKind ? 1 : 0;
        var at = Array.FindIndex(words, begin + 1, word => s_doings.Contains(word.ToLowerInvariant()));
        var end = at < 0 ? words.Length : at;
        var kind = isRoot ? Inquiry.TheRoot : isKind ? words[0].ToLowerInvariant() : null;
        if (kind is not ("ou" or "account") && end - begin > 1) return Bad($"`{string.Join(' ', words[begin..end])}` is not one name", Usage);
        var name = isRoot ? Inquiry.TheRoot : string.Join(' ', words[begin..end]);
        var who = at < 0 ? [] : words[(at + 1)..];
        if (who.FirstOrDefault(word => word.Length < 2 || word[0] != '@') is { } stray) return Bad($"`{stray}` mentions nobody", "pick a person or a group from the list that opens after `@`");
        if (who.Length > MostMentions) return Bad($"{who.Length} people are too many for one line", $"name {MostMentions} at most");
        ImmutableArray<string> mentions = [.. who.Select(word => word[1..])];
        return (at < 0 ? "list" : words[at].ToLowerInvariant(), mentions) switch
        {
            ("list", []) => Ok(new OwnerOrder.List(kind, name)),
            ("list", _) => Bad("`list` takes nobody", Usage),
            ("not-mine", []) => Ok(new OwnerOrder.NotMine(kind, name, null)),
            ("not-mine", [var to]) => Ok(new OwnerOrder.NotMine(kind, name, to)),
            ("not-mine", _) => Bad("`not-mine` takes one person at most", "name whose it is, or nobody"),
            (var doing, []) => Bad($"`{doing}` takes a person or a group", Usage),
            ("add", _) => Ok(new OwnerOrder.Add(kind, name, mentions)),
            _ => Ok(new OwnerOrder.Remove(kind, name, mentions)),
        };
    }

    private static Parsed<Command> Away(string[] words) => words switch
    {
        [['@', _, ..] mention, var until] => DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Ok(new OwnerOrder.Away(mention[1..], day, null))
            : until.EndsWith('d') && int.TryParse(until[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays ? Ok(new OwnerOrder.Away(mention[1..], null, days))
            : Bad($"`{until}` says no day until which", AwayUsage),
        _ => Bad("`away` takes who decides for you, and until when", AwayUsage),
    };

    private static Parsed<Command>.Ok Ok(OwnerOrder order) => new(new Command.Owners(order));

    private static Parsed<Command>.Bad Bad(string message, string help) => new(new Refusal(message, help));
}
