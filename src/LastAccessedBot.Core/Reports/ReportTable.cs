using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Reports;

/// <summary>A table of a report: what the page shows below a plot, and what is downloaded as CSV.</summary>
/// <param name="Key">Its name in addresses and files.</param>
/// <param name="Numbers">The columns that hold numbers, from zero.</param>
public sealed record ReportTable(string Key, string Caption, CardBlock.Table Content, ImmutableArray<int> Numbers)
{
    private const string Starts = "=+-@\t\r";

    /// <summary>As RFC 4180 has it. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public string ToCsv() => string.Concat(Content.Rows.Select(row => row.Cells.Select(cell => cell.ToString())).Prepend(Content.Headings).Select(cells => string.Join(',', cells.Select(Cell)) + "\r\n"));

    private static string Cell(string text)
    {
        var safe = text.TrimStart() is [var first, ..] && Starts.Contains(first, StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
