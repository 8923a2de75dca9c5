using System.Security.Cryptography;
using System.Text;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Surfaces.Reports.Page;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LastAccessedBot.Surfaces.Reports;

/// <summary>Writes the pages: documents by themselves, with their style inside, no script, and nothing from elsewhere.</summary>
internal sealed class ReportPages(IServiceProvider services, ILoggerFactory logs, SignedLinks links)
{
    private static readonly string s_style = ReadStyle();

    private static readonly string s_policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s_style)))}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>What goes with every answer below the folder, whatever it is.</summary>
    public static void Guard(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = s_policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        response.Headers.CacheControl = "private, no-store";
    }

    public Task<string> AboutAsync(SubjectReport report, string ticket, DateTimeOffset until) =>
        RenderAsync<SubjectPage>(new() { [nameof(SubjectPage.Report)] = report, [nameof(SubjectPage.Ticket)] = ticket, [nameof(SubjectPage.Until)] = until });

    /// <summary>The links of its lines end when its own does: who has one today does not have it for ever.</summary>
    public Task<string> OverviewAsync(OverviewReport report, string ticket, DateTimeOffset until) => RenderAsync<OverviewPage>(new()
    {
        [nameof(OverviewPage.Report)] = report,
        [nameof(OverviewPage.Ticket)] = ticket,
        [nameof(OverviewPage.Until)] = until,
        [nameof(OverviewPage.TicketOf)] = (string subject) => links.Seal(new Ticket(subject, null, until)),
    });

    public Task<string> RefusedAsync(Refused why) => RenderAsync<RefusedPage>(new() { [nameof(RefusedPage.Why)] = why });

    private async Task<string> RenderAsync<T>(Dictionary<string, object?> parameters) where T : IComponent
    {
        parameters["Style"] = s_style;
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private static string ReadStyle()
    {
        using var file = new StreamReader(typeof(ReportPages).Assembly.GetManifestResourceStream("report.css")!);
        return file.ReadToEnd();
    }
}
