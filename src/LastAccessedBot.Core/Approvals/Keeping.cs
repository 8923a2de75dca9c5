using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Approvals;

/// <summary>Why something that looks idle is not suggested for a while: the quarterly job, the disaster that did not happen.</summary>
/// <param name="By">The display name of whoever keeps it, as it was then: months later, a platform may not tell it any more.</param>
/// <param name="Reason">People's text, on one line, 1 to 500 characters, without the backticks that mark names on the record; empty for a snooze, which has none.</param>
/// <param name="Until">From this moment on it may be suggested again.</param>
public sealed record Keeping(string By, string Reason, DateTimeOffset Until)
{
    private const int LongestReason = 500, UsualDays = 90;
    private const string ReasonField = "reason", UntilField = "until", ScopeField = "scope";

    /// <summary>The scope of a suggestion that is kept by itself.</summary>
    public const string ThisAlone = "this";

    private static readonly (int Days, string Label)[] s_terms = [(30, "30 days"), (90, "90 days"), (180, "180 days"), (365, "a year")];

    /// <summary>What a press of Keep asks for.</summary>
    /// <param name="title">The title of the suggestion.</param>
    /// <param name="scopes">How much may be kept with it, the suggestion alone first.</param>
    public static Form Form(Prose title, ImmutableArray<Option> scopes) => new(((Prose)"Not to be suggested for a while: ").Then(title),
    [
        new Field.Text(ReasonField, "Why is it needed?", LongestReason),
        new Field.OneOf(UntilField, "Keep it for", [.. s_terms.Select(term => new Option(Value(term.Days), term.Label))], Value(UsualDays)),
        .. scopes.Length > 1 ? [new Field.OneOf(ScopeField, "How much of it?", scopes, ThisAlone, MayBeLeftOut: true)] : Array.Empty<Field>(),
    ]);

    /// <summary>By command.</summary>
    public static Keeping Said(string by, string reason, DateTimeOffset until) => new(by, OnOneLine(reason), until);

    /// <summary>Reads what came back.</summary>
    public static Parsed<Keeping> Read(IReadOnlyDictionary<string, string> inputs, string by, DateTimeOffset now) => Form(Prose.Empty, []).Refuse(inputs) is { } why
        ? new Parsed<Keeping>.Bad(why)
        : new Parsed<Keeping>.Ok(new Keeping(by, OnOneLine(inputs[ReasonField]), now.AddDays(s_terms.Single(term => Value(term.Days) == inputs[UntilField]).Days)));

    /// <summary>The scope that came back with it: one that was offered, else the suggestion alone, as for whoever does not ask about it.</summary>
    public static string ScopeIn(IReadOnlyDictionary<string, string> inputs, ImmutableArray<Option> scopes) =>
        inputs.GetValueOrDefault(ScopeField) is { } scope && scopes.Any(option => option.Value == scope) ? scope : ThisAlone;

    [JsonIgnore]
    public bool IsSnooze => Reason.Length == 0;

    /// <summary>For cards; ends with the reason.</summary>
    [JsonIgnore]
    public Prose Sentence => IsSnooze ? Prose.Of($"Snoozed by {By} until {Until}") : Prose.Of($"Kept by {By} until {Until}: {Reason}");

    /// <summary>For the record.</summary>
    public string Detail(Prose title) => IsSnooze ? $"{title.InBackticks()}, snoozed until {Until:yyyy-MM-dd}" : $"{title.InBackticks()}, kept until {Until:yyyy-MM-dd}: `{Reason}`";

    private static string Value(int days) => $"{days}d";

    private static string OnOneLine(string text) => string.Join(' ',
        string.Concat(text.Select(sign => char.IsControl(sign) ? ' ' : sign == '`' ? '\'' : sign)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
