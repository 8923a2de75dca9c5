using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Tests.Surfaces.Console;
using Microsoft.Playwright;
using static LastAccessedBot.Tests.Surfaces.Reports.ReportsHost;

namespace LastAccessedBot.Tests.Surfaces.Reports;

/// <summary>The pages in a browser that runs no script: what they look like is left in <c>artifacts/reports</c>.</summary>
public sealed class ReportsBrowserTests
{
    private static readonly string s_folder = Directory.CreateDirectory(Repository.File("artifacts/reports")).FullName;

    [Theory]
    [InlineData(1200, ColorScheme.Light)]
    [InlineData(1200, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task A_report_reads_well_at_every_width_in_light_and_dark_without_a_script(int width, ColorScheme colors)
    {
        await using var host = await ReportsHost.StartAsync();
        await using var browser = await Browser.StartAsync();
        await Team.ReviewAsync(host);
        await host.AnswerAsync(Answer(Group("a-team-with-a-rather-long-name-as-some-organisations-have-them"), Now.AddDays(-3), [Line("s3", new Verdict.Unused(null), "Amazon S3")]));
        await ManyAsync(host);
        await LookAsync(browser, host.Links.About(Team.Words, null).Address, "team", width, colors, sections: 4);
        await LookAsync(browser, host.Links.About("group power-users", null).Address, "many", width, colors, sections: 3);
        await LookAsync(browser, host.Links.Overview().Address, "overview", width, colors, sections: 2);
        await LookAsync(browser, new Uri(host.Client.BaseAddress!, "/reports/nothing"), "refused", width, colors, sections: 0, status: 403);
    }

    [Fact]
    public async Task A_printed_report_is_black_on_white_and_leaves_out_what_paper_has_no_use_for()
    {
        await using var host = await ReportsHost.StartAsync();
        await using var browser = await Browser.StartAsync();
        await Team.ReviewAsync(host);
        List<string> complaints = [];
        var page = await browser.OpenAsync(host.Links.About(Team.Words, null).Address, complaints, new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 720, Height = 1000 } });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.False(await page.GetByRole(AriaRole.Navigation).IsVisibleAsync());
        Assert.False(await page.GetByText("Download this table").First.IsVisibleAsync());
        Assert.True(await page.GetByText("Narrow the policy App-Dev-Data").First.IsVisibleAsync());
        await page.ScreenshotAsync(new() { Path = Path.Combine(s_folder, "print.png"), FullPage = true });
        await page.PdfAsync(new() { Path = Path.Combine(s_folder, "print.pdf"), Format = "A4", PrintBackground = true });
        Assert.Empty(complaints);
    }

    private static async Task LookAsync(Browser browser, Uri address, string name, int width, ColorScheme colors, int sections, int status = 200)
    {
        List<string> complaints = [];
        var page = await browser.OpenAsync(address, complaints, new() { JavaScriptEnabled = false, ColorScheme = colors, ViewportSize = new() { Width = width, Height = 900 } });
        await page.ScreenshotAsync(new() { Path = Path.Combine(s_folder, $"{name}-{width}-{colors}.png".ToLowerInvariant()), FullPage = true });
        Assert.Equal(sections, await page.Locator("section").CountAsync());
        var (scroll, client) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("document.documentElement.clientWidth"));
        Assert.True(scroll <= client, $"{name} is {scroll} wide at {width}");
        Assert.Equal(0, await page.Locator("script").CountAsync());
        // The browser itself complains about a refusal's status, and about nothing else.
        Assert.Equal(status == 200 ? 0 : 1, complaints.Count);
        await page.Context.CloseAsync();
    }

    // As many services as an administrator has.
    private static async Task ManyAsync(ReportsHost host)
    {
        for (var day = 40; day >= 0; day--)
        {
            var at = Now.AddDays(-day);
            await host.AnswerAsync(Answer(Group("power-users"), at, Enumerable.Range(0, 366 - (day < 20 ? 150 : 0)).Select(number => Line($"service{number:D3}",
                number < 40 ? new Verdict.Used(at.AddDays(-number * 2), null) : number % 50 == 0 ? new Verdict.Unknown("granted 12 days ago: too young to judge") : new Verdict.Unused(number < 60 ? at.AddDays(-number * 3) : null), $"Amazon Service with the number {number}", "AdministratorAccess"))));
        }
    }
}
