namespace LastAccessedBot.Sandbox.Evaluation;

/// <summary>
/// Finds what a document allows and another does not, by asking both about actions and resources that are made from the patterns of both:
/// one for each way in which a pattern can match. A Condition is a name to it: the same one means the same, and any two others are different.
/// Where it errs, it sees more new access than there is.
/// </summary>
public static class NewAccess
{
    /// <param name="always">Actions that are new wherever the document allows them, whatever stood there before.</param>
    /// <returns>The indices of the document's statements that allow something new.</returns>
    public static IReadOnlyList<int> In(Document now, Document before, IReadOnlyCollection<string> always)
    {
        Statement[] all = [.. now.Statements, .. before.Statements];
        string[] actions = [.. all.SelectMany(statement => statement.Actions).SelectMany(Actions).Concat(always).Append("other:AnyOtherAction").Distinct(StringComparer.OrdinalIgnoreCase)];
        string[] resources = [.. all.SelectMany(statement => statement.Resources).SelectMany(Samples).Append("arn:aws:other:::any").Distinct(StringComparer.Ordinal)];
        return [.. now.Statements
            .Select((statement, index) => (Statement: statement, Index: index))
            .Where(one => one.Statement.IsAllow && actions.Where(one.Statement.NamesAction).Any(action => resources.Where(one.Statement.NamesResource)
                .Any(resource => !IsDenied(now, action, resource) && (always.Contains(action) || !Allowed(before, now, one.Statement, action, resource)))))
            .Select(one => one.Index)];
    }

    private static bool Allowed(Document before, Document now, Statement by, string action, string resource) =>
        !IsDenied(before, action, resource)
        && before.Statements.Any(statement => statement.IsAllow && Covers(statement, action, resource) && (!statement.IsConditional || statement.ConditionText == by.ConditionText))
        // What was denied under a condition must be denied under the same one still.
        && before.Statements.Where(statement => !statement.IsAllow && statement.IsConditional && Covers(statement, action, resource))
            .All(denial => now.Statements.Any(statement => !statement.IsAllow && Covers(statement, action, resource) && statement.ConditionText == denial.ConditionText));

    private static bool IsDenied(Document document, string action, string resource) =>
        document.Statements.Any(statement => !statement.IsAllow && !statement.IsConditional && Covers(statement, action, resource));

    private static bool Covers(Statement statement, string action, string resource) => statement.NamesAction(action) && statement.NamesResource(resource);

    // Besides what the pattern itself matches, any other action of its service: an allow-list leaves those out.
    private static IEnumerable<string> Actions(string pattern) => pattern.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        ? Samples(pattern).Append(pattern[..colon] + ":AnyOtherAction")
        : Samples(pattern);

    private static IEnumerable<string> Samples(string pattern)
    {
        var single = pattern.Replace('?', 'x');
        return pattern.Contains('*', StringComparison.Ordinal)
            ? [single.Replace("*", "", StringComparison.Ordinal), single.Replace("*", "AnyOther", StringComparison.Ordinal)]
            : [single];
    }
}
