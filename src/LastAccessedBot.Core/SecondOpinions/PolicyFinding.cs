namespace LastAccessedBot.Core.SecondOpinions;

/// <summary>How much a finding weighs, the heaviest first.</summary>
public enum FindingGrade { Error, SecurityWarning, Warning, Suggestion }

/// <summary>What somebody else found in a policy document.</summary>
/// <param name="Code">The kind of finding, like <c>INVALID_ACTION</c>.</param>
/// <param name="Details">A sentence or two, in the finder's words.</param>
public sealed record PolicyFinding(FindingGrade Grade, string Code, string Details)
{
    /// <summary>Speaks against writing the document.</summary>
    public bool Stops => Grade is FindingGrade.Error or FindingGrade.SecurityWarning;

    /// <summary>As a clause; names in backticks.</summary>
    public string Words
    {
        get
        {
            var grade = Grade switch
            {
                FindingGrade.Error => "error",
                FindingGrade.SecurityWarning => "security warning",
                FindingGrade.Warning => "warning",
                _ => "suggestion",
            };
            // Backticks mark names in sentences; in the finder's own words they mark nothing.
            return $"{grade} `{Code}`: {Details.Replace('`', '\'').TrimEnd('.')}";
        }
    }

    /// <summary>What was found in a document and not in the one before it. What stood there twice and stands there once is not new.</summary>
    public static IReadOnlyList<PolicyFinding> New(IEnumerable<PolicyFinding> before, IEnumerable<PolicyFinding> after)
    {
        var known = before.ToList();
        return [.. after.Where(finding => !known.Remove(finding))];
    }
}

/// <summary>Whether a document allows anything that the one before it did not.</summary>
/// <param name="Message">What of it, in the comparer's words; may be empty.</param>
public sealed record AccessComparison(bool AllowsMore, string Message);
