namespace LastAccessedBot.Core;

/// <summary>Cells of comma-separated values as RFC 4180 has them, which no spreadsheet takes for a formula.</summary>
public static class Csv
{
    private const string Dangerous = "=+-@\t\r";

    /// <summary>With an apostrophe before what would be a formula, and before an apostrophe, so that <see cref="Text"/> finds what was there.</summary>
    public static string Cell(string text)
    {
        var safe = text.StartsWith('\'') || IsFormula(text) || IsFormula(text.TrimStart()) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>What was written, of a cell without its quotes.</summary>
    public static string Text(string cell) => cell.StartsWith('\'') ? cell[1..] : cell;

    private static bool IsFormula(string text) => text.Length > 0 && Dangerous.Contains(text[0], StringComparison.Ordinal);
}
