using System.Globalization;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Keeps;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

/// <summary>Reads <c>keep</c>, <c>snooze</c>, <c>keeps</c> and <c>unkeep</c>: the name, which part of it, for how many days, and why.</summary>
internal static class KeepGrammar
{
    private const int MostDays = 365, MostSnoozed = 30, LongestReason = 500;
    private const string Usage = "write `/unused keep NAME 90d WHY`, with `service s3` or `policy NAME` after the name for a part of it";
    private const string SnoozeUsage = "write `/unused snooze NAME 14d`, with `service s3` or `policy NAME` after the name for a part of it";

    private static readonly string[] s_verbs = ["keep", "snooze", "keeps", "unkeep"];
    private static readonly string[] s_kinds = ["group", "user", "role", "policy", "ou", "account"];

    public static bool Reads(string verb) => s_verbs.Contains(verb.ToLowerInvariant());

    public static Parsed<Command> Parse(string verb, string[] words) => (verb.ToLowerInvariant(), words) switch
    {
        ("keeps", []) => Ok(new KeepOrder.List()),
        ("keeps", _) => Bad($"`{string.Join(' ', words)}` is more than `keeps` takes", "write `/unused keeps` for all that is kept"),
        ("unkeep", [var id]) => Ok(new KeepOrder.Revoke(id.ToUpperInvariant())),
        ("unkeep", _) => Bad("`unkeep` takes the id of one thing that is kept", "write `/unused unkeep ID`; `/unused keeps` shows the ids"),
        (var one, []) => Bad($"`{one}` of what name?", one == "keep" ? Usage : SnoozeUsage),
        (var one, _) => Keep(words, isSnooze: one == "snooze"),
    };

    // Units and accounts are called what people like, spaces and all, up to the word that says which part, or how long.
    private static Parsed<Command> Keep(string[] words, bool isSnooze)
    {
        var usage = isSnooze ? SnoozeUsage : Usage;
        var isRoot = words[0].Equals(Inquiry.TheRoot, StringComparison.OrdinalIgnoreCase);
        var isKind = !isRoot && words.Length > 1 && s_kinds.Contains(words[0].ToLowerInvariant()) && DaysOf(words[1]) is null && !IsPart(words, 1);
        var begin = isKind ? 1 : 0;
        var end = begin + 1;
        while (end < words.Length && DaysOf(words[end]) is null && !IsPart(words, end)) end++;
        var kind = isRoot ? Inquiry.TheRoot : isKind ? words[0].ToLowerInvariant() : null;
        if (kind is not ("ou" or "account") && end - begin > 1) return Bad($"`{words[begin + 1]}` says neither which part nor how long", usage);
        var name = isRoot ? Inquiry.TheRoot : string.Join(' ', words[begin..end]);
        KeepScope scope = new KeepScope.Everything();
        if (IsPart(words, end))
        {
            if (words[end].Equals("policy", StringComparison.OrdinalIgnoreCase)) scope = new KeepScope.OfPolicy(words[end + 1]);
            else if (ServiceNamespace.Parse(words[end + 1]) is Parsed<ServiceNamespace>.Ok { Value: var service }) scope = new KeepScope.OfService(service);
            else return new Parsed<Command>.Bad(((Parsed<ServiceNamespace>.Bad)ServiceNamespace.Parse(words[end + 1])).Why);
            end += 2;
        }
        if (end >= words.Length || DaysOf(words[end]) is not { } days) return Bad("For how long is not said", usage);
        if (days < 1 || days > (isSnooze ? MostSnoozed : MostDays)) return Bad($"`{words[end]}` is not between a day and {(isSnooze ? MostSnoozed : MostDays)}", isSnooze ? "what is needed for longer is kept, with the reason: `/unused keep NAME 90d WHY`" : usage);
        var reason = string.Join(' ', words[(end + 1)..]);
        return isSnooze
            ? reason.Length == 0 ? Ok(new KeepOrder.Keep(kind, name, scope, days, "")) : Bad("A snooze has no reason", "with a reason, it is kept: `/unused keep NAME 90d WHY`")
            : reason.Length == 0 ? Bad("Why it is needed is not said", Usage)
            : reason.Length > LongestReason ? Bad($"The reason has {reason.Length} characters", $"keep it under {LongestReason}")
            : Ok(new KeepOrder.Keep(kind, name, scope, days, reason));
    }

    private static bool IsPart(string[] words, int at) => at + 1 < words.Length && (words[at].Equals("service", StringComparison.OrdinalIgnoreCase) || words[at].Equals("policy", StringComparison.OrdinalIgnoreCase)) && DaysOf(words[at + 1]) is null;

    private static int? DaysOf(string word) => word.EndsWith('d') && int.TryParse(word[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;

    private static Parsed<Command>.Ok Ok(KeepOrder order) => new(new Command.Keeps(order));

    private static Parsed<Command>.Bad Bad(string message, string help) => new(new Refusal(message, help));
}
