using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Core.Reports;

/// <summary>A table of a report: what the page shows below a plot, and what is downloaded as CSV.</summary>
/// <param name="Key">Its name in addresses and files.</param>
/// <param name="Numbers">The columns that hold numbers, from zero.</param>
public sealed record ReportTable(string Key, string Caption, CardBlock.Table Content, ImmutableArray<int> Numbers)
{
    /// <summary>With a line of headings first, each cell as <see cref="Csv"/> writes it.</summary>
    public string ToCsv() => string.Concat(Content.Rows.Select(row => row.Cells.Select(cell => cell.ToString())).Prepend(Content.Headings).Select(cells => string.Join(',', cells.Select(Csv.Cell)) + "\r\n"));
}
