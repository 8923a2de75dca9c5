using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>The actions that AWS publishes of each service: what a wildcard stands for, as of a day.</summary>
/// <param name="Services">Service → its actions without prefix, in order. A service that is not here is one about which nothing is known.</param>
public sealed record PublishedActions(DateOnly Date, string Source, ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<string>> Services)
{
    private const string DateMark = "# Date: ", SourceMark = "# Source: ";

    // An action that is its first word.
    private const string Nothing = ".";

    /// <summary>How many days old the list may be before whoever rests on it is told to take care.</summary>
    public int OldAfterDays { get; init; } = 180;

    /// <summary>Nothing is known of any service.</summary>
    public static PublishedActions None { get; } = new(DateOnly.MinValue, "", ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<string>>.Empty);

    public ImmutableArray<string> Of(ServiceNamespace service) => Services.GetValueOrDefault(service, []);

    public int AgeInDays(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).DayNumber - Date.DayNumber;

    public bool IsOld(DateTimeOffset now) => AgeInDays(now) > OldAfterDays;

    /// <summary>Reads what <see cref="Write"/> writes; a refusal names the line.</summary>
    public static Parsed<PublishedActions> Read(string text)
    {
        DateOnly? date = null;
        var source = "";
        var services = new Dictionary<ServiceNamespace, ImmutableArray<string>.Builder>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.StartsWith(DateMark, StringComparison.Ordinal))
            {
                if (!DateOnly.TryParseExact(line.AsSpan(DateMark.Length).Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Bad($"`{line.Trim()}` holds no day, such as `2026-09-26`");
                date = day;
            }
            else if (line.StartsWith(SourceMark, StringComparison.Ordinal)) source = line[SourceMark.Length..].Trim();
            if (line.StartsWith('#') || string.IsNullOrWhiteSpace(line)) continue;
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var prefix, var word, _, ..] parts
                || ServiceNamespace.Parse(prefix) is not Parsed<ServiceNamespace>.Ok { Value: var service }
                || parts.Skip(1).Any(part => part != Nothing && !part.All(IsOfAction))) return Bad($"`{line.Trim()}` is not a service, a first word, and what follows it");
            if (!services.TryGetValue(service, out var actions)) services[service] = actions = ImmutableArray.CreateBuilder<string>();
            actions.AddRange(parts.Skip(2).Select(rest => rest == Nothing ? word : word + rest));
        }
        return date is not { } known ? new Parsed<PublishedActions>.Bad(new Refusal("the list of actions has no date", $"write a line `{DateMark}2026-09-26` above the services"))
            : new Parsed<PublishedActions>.Ok(new PublishedActions(known, source, services.ToImmutableSortedDictionary(pair => pair.Key, pair => InOrder(pair.Value))));

        Parsed<PublishedActions> Bad(string why) => new Parsed<PublishedActions>.Bad(new Refusal($"line {number} of the list of actions cannot be read: {why}"));
    }

    /// <summary>As text that shows in a comparison of two lists which actions came and went: a line for each first word of a service's actions.</summary>
    public string Write()
    {
        var text = new StringBuilder()
            .Append("# The actions of AWS's services: the service, the first word of some of its actions, and what follows that word in each.\n")
            .Append("# A dot follows it where the action is that word. Written by `actions refresh`.\n")
            .Append(DateMark).Append(CultureInfo.InvariantCulture, $"{Date:yyyy-MM-dd}\n")
            .Append(SourceMark).Append(Source).Append('\n');
        foreach (var (service, actions) in Services)
            foreach (var same in InOrder(actions).GroupBy(action => action[..FirstWord(action)], StringComparer.Ordinal))
                text.Append(service).Append(' ').Append(same.Key).Append(' ').AppendJoin(' ', same.Select(action => action.Length == same.Key.Length ? Nothing : action[same.Key.Length..])).Append('\n');
        return text.ToString();
    }

    /// <summary>Whether a text can be an action of a service, without its prefix.</summary>
    public static bool IsAction(string text) => text.Length is >= 1 and <= 128 && text.All(IsOfAction);

    private static bool IsOfAction(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    private static ImmutableArray<string> InOrder(IEnumerable<string> actions) => [.. actions.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    private static int FirstWord(string action)
    {
        var at = 1;
        while (at < action.Length && !char.IsAsciiLetterUpper(action[at])) at++;
        return at;
    }
}
