using System.Globalization;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Schedules;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

/// <summary>
/// Reads <c>subscribe</c>, <c>unsubscribe</c> and <c>subscriptions</c>. What is said of a digest follows the name, in any order; what is not said is as
/// usual, also where something else was said before: the line says all of it.
/// </summary>
internal static class SubscriptionGrammar
{
    private const string Usage = "write `/unused subscribe NAME weekly mon 09:00 Europe/Berlin`";

    private static readonly TimeOnly s_usualHour = new(9, 0);
    private static readonly string[] s_verbs = ["subscribe", "unsubscribe", "subscriptions"];
    private static readonly string[] s_kinds = ["group", "user", "role", "policy", "ou", "account"];
    private static readonly string[] s_hours = ["HH:mm", "H:mm"];

    public static bool Reads(string verb) => s_verbs.Contains(verb.ToLowerInvariant());

    public static Parsed<Command> Parse(string verb, string[] words) => (verb.ToLowerInvariant(), words) switch
    {
        ("subscriptions", []) => Ok(new SubscriptionOrder.List()),
        ("subscriptions", _) => Bad($"`{string.Join(' ', words)}` is more than `subscriptions` takes", "write `/unused subscriptions` for all of this conversation"),
        (var one, []) => Bad($"`{one}` takes a name", one == "subscribe" ? Usage : "write `/unused unsubscribe NAME`; `/unused subscriptions` lists them"),
        ("unsubscribe", _) => Target(words) is var (kind, name, rest) && rest.Length == 0 && name.Length > 0
            ? Ok(new SubscriptionOrder.Unsubscribe(kind, name))
            : Bad($"`{string.Join(' ', words)}` is not one name", "write `/unused unsubscribe NAME`, with its kind before it if you like"),
        _ => Target(words) is var (kind, name, rest) && name.Length > 0 ? Schedule(kind, name, rest) : Bad($"`{words[0]}` of what name?", $"write `/unused subscribe {words[0]} NAME`"),
    };

    // Accounts and units are called what people like, spaces and all, up to the first word that says when.
    private static (string? Kind, string Name, string[] Options) Target(string[] words)
    {
        if (words[0].Equals(Inquiry.TheRoot, StringComparison.OrdinalIgnoreCase)) return (Inquiry.TheRoot, Inquiry.TheRoot, words[1..]);
        if (words.Length == 1 || !s_kinds.Contains(words[0].ToLowerInvariant())) return (null, s_kinds.Contains(words[0].ToLowerInvariant()) ? "" : words[0], words[1..]);
        var kind = words[0].ToLowerInvariant();
        var length = kind is "ou" or "account" ? Math.Max(1, words.Skip(1).TakeWhile(word => !SaysWhen(word)).Count()) : 1;
        return (kind, string.Join(' ', words[1..(length + 1)]), words[(length + 1)..]);
    }

    private static bool SaysWhen(string word) => EveryOf(word) is not null || DayOf(word) is not null || word.Contains(':', StringComparison.Ordinal) || word.Contains('/', StringComparison.Ordinal) || IsQuiet(word);

    private static Parsed<Command> Schedule(string? kind, string name, string[] words)
    {
        var (every, day, at, zone, isQuiet) = ((Every?)null, (DayOfWeek?)null, (TimeOnly?)null, (string?)null, false);
        foreach (var word in words)
        {
            if (EveryOf(word) is { } often)
            {
                if (every is not null) return Twice(word);
                every = often;
            }
            else if (DayOf(word) is { } named)
            {
                if (day is not null) return Twice(word);
                day = named;
            }
            else if (IsQuiet(word))
            {
                if (isQuiet) return Twice(word);
                isQuiet = true;
            }
            else if (word.Contains(':', StringComparison.Ordinal) || word.All(char.IsAsciiDigit))
            {
                if (at is not null) return Twice(word);
                if (!TimeOnly.TryParseExact(word, s_hours, CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)) return Bad($"`{word}` is no time of day", "write hours and minutes, from `00:00` to `23:59`");
                at = hour;
            }
            else
            {
                if (zone is not null) return Twice(word);
                switch (TimeZones.Find(word))
                {
                    case Parsed<TimeZoneInfo>.Bad { Why: var why }:
                        return word.Contains('/', StringComparison.Ordinal) ? new Parsed<Command>.Bad(why)
                            : Bad($"`{word}` says neither when nor in which time zone", $"a digest comes `daily`, `weekly` or `monthly`, on `mon` to `sun`, at `09:00`, by `Europe/Berlin`; `quiet` where nothing is new{(why.Help is { } near && near.StartsWith("try ", StringComparison.Ordinal) ? $"; {near}" : "")}");
                    case Parsed<TimeZoneInfo>.Ok { Value: var found }:
                        zone = found.Id;
                        break;
                }
            }
        }
        return every == Every.Day && day is { } one
            ? Bad($"`{one.ToString()[..3].ToLowerInvariant()}` is one day, and `daily` is all of them", "leave one of the two out")
            : Ok(new SubscriptionOrder.Subscribe(kind, name, every ?? Every.Week, day ?? DayOfWeek.Monday, at ?? s_usualHour, zone, isQuiet));
    }

    private static Every? EveryOf(string word) => word.ToLowerInvariant() switch
    {
        "daily" => Every.Day,
        "weekly" => Every.Week,
        "monthly" => Every.Month,
        _ => null,
    };

    // Monday, mon: no shorter, and no other beginning.
    private static DayOfWeek? DayOf(string word) => Enum.GetValues<DayOfWeek>().Where(day => word.Equals(day.ToString(), StringComparison.OrdinalIgnoreCase) || word.Equals(day.ToString()[..3], StringComparison.OrdinalIgnoreCase)).Select(day => (DayOfWeek?)day).FirstOrDefault();

    private static bool IsQuiet(string word) => word.Equals("quiet", StringComparison.OrdinalIgnoreCase);

    private static Parsed<Command>.Bad Twice(string word) => Bad($"`{word}` says the same thing a second time", Usage);

    private static Parsed<Command>.Ok Ok(SubscriptionOrder order) => new(new Command.Subscriptions(order));

    private static Parsed<Command>.Bad Bad(string message, string help) => new(new Refusal(message, help));
}
