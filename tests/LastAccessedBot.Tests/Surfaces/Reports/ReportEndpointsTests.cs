using System.Net;
using System.Text.Json;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Surfaces.Reports;
using static LastAccessedBot.Tests.Surfaces.Reports.ReportsHost;

namespace LastAccessedBot.Tests.Surfaces.Reports;

public sealed class ReportEndpointsTests
{
    private const string Hostile = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_opens_its_report_until_its_end_and_not_a_moment_longer()
    {
        await using var host = await StartAsync(("Reports:LinksExpireAfter", "2.00:00:00"));
        await Team.ReviewAsync(host);
        var link = host.Links.About(Team.Words, null);
        Assert.Equal(Now.AddDays(2), link.Until);
        Assert.Contains("Group app-dev", await OkAsync(host, link.Address));
        host.Time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromTicks(1));
        Assert.Contains("Group app-dev", await OkAsync(host, link.Address));
        host.Time.Advance(TimeSpan.FromTicks(1));
        foreach (var address in new[] { link.Address.ToString(), $"{link.Address}/report.json", $"{link.Address}/services.csv" })
        {
            var (status, page) = await GetAsync(host, address);
            Assert.Equal(HttpStatusCode.Gone, status);
            Assert.Contains("/unused report NAME", page);
            Assert.DoesNotContain("app-dev", page);
        }
    }

    [Fact]
    public async Task A_link_that_was_changed_anywhere_or_made_elsewhere_opens_nothing_and_says_nothing()
    {
        await using var host = await StartAsync();
        await using var other = await StartAsync();
        await Team.ReviewAsync(host);
        var path = host.Links.About(Team.Words, null).Address.AbsolutePath;
        var ticket = path["/reports/".Length..];
        for (var index = 0; index < ticket.Length; index += 5)
        {
            var changed = ticket[..index] + (ticket[index] == 'A' ? 'B' : 'A') + ticket[(index + 1)..];
            await RefusedAsync(host, $"/reports/{changed}");
        }
        foreach (var foreign in new[] { other.Links.About(Team.Words, null).Address.AbsolutePath, path[..^4], path + "AAAA", "/reports/group%20app-dev", "/reports/x", "/reports/" + new string('A', 4_000), path[..^4] + "/report.json" }) await RefusedAsync(host, foreign);
    }

    [Fact]
    public async Task Every_answer_forbids_scripts_strangers_caches_and_referrers()
    {
        await using var host = await StartAsync();
        await Team.ReviewAsync(host);
        var report = host.Links.About(Team.Words, null).Address.ToString();
        foreach (var address in new[] { report, host.Links.Overview().Address.ToString(), $"{report}/report.json", $"{report}/services.csv", $"{report}/nothing.csv", "/reports/x" })
        {
            using var answer = await host.Client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute), Cancellation);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy);
            Assert.DoesNotContain("script-src", policy);
            Assert.DoesNotContain("http", policy);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task Hostile_names_are_text_wherever_they_stand()
    {
        await using var host = await StartAsync();
        var group = Group(Hostile);
        await host.AnswerAsync(
            Answer(group, Now, [Line("s3", new Verdict.Used(Now, $"arn:aws:iam::123456789012:user/{Hostile}"), Hostile, Hostile), Line("sqs", new Verdict.Unknown(Hostile), Hostile)]),
            [new(Service("s3"), [new EntityUse(new IdentityRef(IdentityKind.User, Hostile), "arn", "id", Now)])], Question.Unused,
            Proposal("P1", group, Hostile, Now, Hostile) with { RequestedBy = Hostile, Outcome = Hostile, State = ProposalState.Failed });
        foreach (var address in new[] { host.Links.About(group.Words, null).Address, host.Links.Overview().Address })
        {
            var page = await OkAsync(host, address);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
            Assert.Contains("alert(1)", page);
        }
        using var csv = await host.Client.GetAsync(new Uri(host.Links.About(group.Words, null).Address + "/trims.csv"), Cancellation);
        Assert.Matches("^[A-Za-z0-9_-]{1,80}-trims\\.csv$", csv.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }

    [Fact]
    public async Task The_tables_come_as_CSV_and_all_numbers_as_JSON_by_the_same_link()
    {
        await using var host = await StartAsync();
        await Team.ReviewAsync(host);
        await host.AnswerAsync(Answer(Group("sums"), Now, [Line("s3", new Verdict.Used(Now, null), "=SUM(A1)", "+policy")]));
        var report = host.Links.About(Team.Words, null).Address;
        var services = (await OkAsync(host, new Uri($"{report}/services.csv"), "text/csv")).TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal("Service,Prefix,Verdict,Last used,By,Granted by", services[0]);
        Assert.Contains("Amazon Redshift,redshift,unused,2026-08-19,,App-Dev-Data", services);
        Assert.Contains("2026-11-24 08:59,9,5,3,1,90 days,", await OkAsync(host, new Uri($"{report}/history.csv"), "text/csv"));
        Assert.Contains("user nikhilj,Amazon Route 53,2026-11-24", await OkAsync(host, new Uri($"{report}/uses.csv"), "text/csv"));
        Assert.Contains("2026-10-28 09:01 undone by the bot", await OkAsync(host, new Uri($"{report}/trims.csv"), "text/csv"));
        Assert.Contains("'=SUM(A1),s3,used,2026-11-24,,'+policy", await OkAsync(host, new Uri($"{host.Links.About("group sums", null).Address}/services.csv"), "text/csv"));

        var json = JsonDocument.Parse(await OkAsync(host, new Uri($"{report}/report.json"), "application/json")).RootElement;
        Assert.Equal(("group app-dev", 9, 3), (json.GetProperty("subject").GetString(), json.GetProperty("latest").GetProperty("granted").GetInt32(), json.GetProperty("latest").GetProperty("unused").GetInt32()));
        Assert.Equal(["used", "unused", "unknown"], json.GetProperty("services").EnumerateArray().Select(service => service.GetProperty("use").GetString()).Distinct());
        Assert.Equal(["proposed", "approved", "applied", "undo asked", "undone"], json.GetProperty("trims").EnumerateArray().Single(trim => trim.GetProperty("id").GetString() == "UNDO4TRM").GetProperty("events").EnumerateArray().Select(one => one.GetProperty("what").GetString()));

        var overview = host.Links.Overview().Address;
        Assert.Contains("group app-dev,2026-11-24 08:59,9,5,3,1,1,3", await OkAsync(host, new Uri($"{overview}/overview.csv"), "text/csv"));
        Assert.Equal(2, JsonDocument.Parse(await OkAsync(host, new Uri($"{overview}/report.json"), "application/json")).RootElement.GetProperty("lines").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, $"{overview}/services.csv")).Status);
    }

    [Fact]
    public async Task The_overview_opens_every_report_for_as_long_as_it_is_open_itself()
    {
        await using var host = await StartAsync();
        await Team.ReviewAsync(host);
        await host.AnswerAsync(Answer(Group("idle"), Now.AddDays(-300), [Line("s3", new Verdict.Unused(null))]));
        var overview = host.Links.Overview();
        host.Time.Advance(TimeSpan.FromDays(6));
        var links = System.Text.RegularExpressions.Regex.Matches(await OkAsync(host, overview.Address), "<a href=\"(CfDJ8[^\"/]+)\"").Select(match => new Uri(overview.Address, match.Groups[1].Value)).ToArray();
        Assert.Equal(2, links.Length);
        foreach (var link in links) Assert.Contains("Trims and what became of them", await OkAsync(host, link));
        host.Time.Advance(TimeSpan.FromDays(1));
        foreach (var link in links) Assert.Equal(HttpStatusCode.Gone, (await GetAsync(host, link.ToString())).Status);
    }

    [Fact]
    public async Task A_link_with_a_window_opens_a_review_over_as_many_days()
    {
        await using var host = await StartAsync();
        await host.AnswerAsync(Answer(Group("app-dev"), Now.AddDays(-2), [Line("s3", new Verdict.Unused(Now.AddDays(-40)))], days: 30));
        await host.AnswerAsync(Answer(Group("app-dev"), Now.AddDays(-1), [Line("s3", new Verdict.Used(Now.AddDays(-40), null))]));
        await host.AnswerAsync(Answer(Group("app-dev"), Now, []), null, Question.Delete);
        Assert.Contains("90 days back", await OkAsync(host, host.Links.About(Team.Words, null).Address));
        var window = ((Core.Parsed<ReviewWindow>.Ok)ReviewWindow.Of(30)).Value;
        Assert.Contains("30 days back", await OkAsync(host, host.Links.About(Team.Words, window).Address));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, host.Links.About("group nobody", null).Address.ToString())).Status);
    }

    [Fact]
    public async Task A_link_begins_with_the_address_that_the_settings_name()
    {
        await using var host = await StartAsync(("Reports:BaseUrl", "https://bot.example.com/unused/"));
        Assert.StartsWith("https://bot.example.com/unused/reports/CfDJ8", host.Links.Overview().Address.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("app-dev", host.Links.About(Team.Words, null).Address.ToString());
    }

    [Theory]
    [InlineData("http://bot.example.com", "7.00:00:00", "Reports:BaseUrl")]
    [InlineData("https://bot.example.com/?a=1", "7.00:00:00", "Reports:BaseUrl")]
    [InlineData("https://bot.example.com", "00:00:00", "Reports:LinksExpireAfter")]
    [InlineData("https://bot.example.com", "91.00:00:00", "Reports:LinksExpireAfter")]
    public void Settings_that_make_no_safe_link_are_refused_at_start(string address, string life, string setting)
    {
        var options = new ReportsOptions { BaseUrl = new Uri(address), LinksExpireAfter = TimeSpan.Parse(life, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Contains(setting, new ReportsOptionsCheck().Validate(null, options).FailureMessage);
        Assert.True(new ReportsOptionsCheck().Validate(null, new ReportsOptions { BaseUrl = new Uri("http://127.0.0.1:3978") }).Succeeded);
    }

    private static async Task RefusedAsync(ReportsHost host, string path)
    {
        var (status, page) = await GetAsync(host, path);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("/unused report NAME", page);
        Assert.DoesNotContain("app-dev", page);
    }

    private static async Task<string> OkAsync(ReportsHost host, Uri address, string type = "text/html")
    {
        using var answer = await host.Client.GetAsync(address, Cancellation);
        Assert.Equal((HttpStatusCode.OK, type, "utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentType.CharSet));
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static async Task<(HttpStatusCode Status, string Page)> GetAsync(ReportsHost host, string address)
    {
        using var answer = await host.Client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute), Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
