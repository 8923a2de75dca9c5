using System.Text;
using System.Text.Json;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Reports.Page;

namespace LastAccessedBot.Surfaces.Reports;

/// <summary>The addresses of reports: the page, and the same numbers as CSV and JSON. The link is the permission; without a valid one there is nothing to learn here.</summary>
internal sealed class ReportEndpoints(SignedLinks links, ReadReports reports, ReportPages pages)
{
    private const string Numbers = "report.json";
    private const int LongestFileName = 80;

    private static readonly JsonSerializerOptions s_json = new(CardJson.Options) { WriteIndented = true };

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"/{SignedLinks.Folder}/{{ticket}}", (HttpContext http, string ticket) => AnswerAsync(http, ticket,
            async (report, until) => await WriteAsync(http, await pages.AboutAsync(report, ticket, until)),
            async (overview, until) => await WriteAsync(http, await pages.OverviewAsync(overview, ticket, until))));
        routes.MapGet($"/{SignedLinks.Folder}/{{ticket}}/{{file}}", (HttpContext http, string ticket, string file) => AnswerAsync(http, ticket,
            (report, _) => FileAsync(http, file, report.Subject, report, SubjectTables.Of(report)),
            (overview, _) => FileAsync(http, file, "all", overview, [overview.Table])));
    }

    private async Task AnswerAsync(HttpContext http, string text, Func<SubjectReport, DateTimeOffset, Task> about, Func<OverviewReport, DateTimeOffset, Task> overview)
    {
        ReportPages.Guard(http.Response);
        switch (links.Open(text))
        {
            case Opened.Valid { Ticket: { Subject: null, Until: var until } }:
                await overview(await reports.OverviewAsync(http.RequestAborted), until);
                break;
            case Opened.Valid { Ticket: { Subject: { } subject } ticket }:
                if (await reports.AboutAsync(subject, ticket.Window, http.RequestAborted) is { } report) await about(report, ticket.Until);
                else await RefuseAsync(http, Refused.Gone);
                break;
            case Opened.Expired:
                await RefuseAsync(http, Refused.Expired);
                break;
            default:
                await RefuseAsync(http, Refused.Foreign);
                break;
        }
    }

    private async Task FileAsync<T>(HttpContext http, string file, string about, T report, IEnumerable<ReportTable> tables)
    {
        if (file == Numbers)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            Attach(http.Response, about, "report", "json");
            await http.Response.WriteAsync(JsonSerializer.Serialize(report, s_json), http.RequestAborted);
        }
        else if (tables.FirstOrDefault(table => file == $"{table.Key}.csv") is { } table)
        {
            http.Response.ContentType = "text/csv; charset=utf-8";
            Attach(http.Response, about, table.Key, "csv");
            // Spreadsheets read the letters of their own country, unless a file begins with the mark of Unicode.
            await http.Response.WriteAsync("\uFEFF" + table.ToCsv(), Encoding.UTF8, http.RequestAborted);
        }
        else await RefuseAsync(http, Refused.NoSuchFile);
    }

    private async Task RefuseAsync(HttpContext http, Refused why)
    {
        http.Response.StatusCode = why.Status;
        await WriteAsync(http, await pages.RefusedAsync(why));
    }

    private static Task WriteAsync(HttpContext http, string page)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(page, http.RequestAborted);
    }

    private static void Attach(HttpResponse response, string about, string what, string extension)
    {
        var name = string.Concat($"unused-{about}".Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        response.Headers.ContentDisposition = $"attachment; filename=\"{PlainWords.Cut(name, LongestFileName).TrimEnd('…')}-{what}.{extension}\"";
    }
}
