namespace LastAccessedBot.Core.Approvals;

/// <summary>
/// A name with a <c>*</c> that stands for every subject of one account that begins so: <c>group payments-*</c> at home, <c>group payments-* in staging</c>.
/// What stands for things at home never stands for their namesakes elsewhere.
/// </summary>
/// <param name="Begin">Before the <c>*</c>.</param>
/// <param name="End">After it; empty at home.</param>
public sealed record SubjectPattern(string Begin, string End)
{
    /// <summary>What stands between a subject and its account. No name of a subject has a space in it.</summary>
    public const string In = " in ";

    /// <summary>null: it names one subject.</summary>
    public static SubjectPattern? Of(string words) =>
        words.EndsWith('*') ? new SubjectPattern(words[..^1], "")
        : words.IndexOf("*" + In, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? new SubjectPattern(words[..at], words[(at + 1)..])
        : null;

    /// <param name="words">A subject's.</param>
    public bool StandsFor(string words) => words.StartsWith(Begin, StringComparison.OrdinalIgnoreCase)
        && (End.Length > 0 ? words.Length >= Begin.Length + End.Length && words.EndsWith(End, StringComparison.OrdinalIgnoreCase) : !words.Contains(In, StringComparison.OrdinalIgnoreCase));
}
