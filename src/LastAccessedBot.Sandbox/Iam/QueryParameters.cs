using System.Globalization;
using LastAccessedBot.Sandbox.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>The form of the Query protocol; lists are spelled <c>Name.member.1</c>.</summary>
public sealed class QueryParameters(IReadOnlyDictionary<string, string> values)
{
    public IReadOnlyDictionary<string, string> All => values;

    public static QueryParameters Parse(string form) =>
        new(QueryHelpers.ParseQuery(form).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal));

    public string? this[string name] => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public string Required(string name) => this[name] ?? throw AwsException.MissingParameter(name);

    public bool Flag(string name) => string.Equals(this[name], "true", StringComparison.OrdinalIgnoreCase);

    public int Number(string name, int fallback, int least, int most) => this[name] is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw AwsException.Validation($"1 validation error detected: Value '{text}' at '{name}' failed to satisfy constraint: Member must be between {least} and {most}");

    public string OneOf(string name, string fallback, params ReadOnlySpan<string> allowed) => this[name] is not { } value ? fallback
        : allowed.Contains(value) ? value
        : throw AwsException.Validation($"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", allowed!)}]");

    public IReadOnlyList<string> List(string name) =>
        [.. Indices(name).Select(index => values.GetValueOrDefault($"{name}.member.{index}")).OfType<string>()];

    public IReadOnlyDictionary<string, string> Tags() => Indices("Tags").ToDictionary(
        index => Required($"Tags.member.{index}.Key"),
        index => values.GetValueOrDefault($"Tags.member.{index}.Value", ""),
        StringComparer.Ordinal);

    private IEnumerable<int> Indices(string name) => Enumerable.Range(1, values.Count)
        .TakeWhile(index => values.Keys.Any(key => key == $"{name}.member.{index}" || key.StartsWith($"{name}.member.{index}.", StringComparison.Ordinal)));
}
