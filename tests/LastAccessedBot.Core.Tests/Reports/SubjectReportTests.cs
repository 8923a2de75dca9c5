using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Core.Tests.Policies;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Core.Tests.Reports;

public sealed class SubjectReportTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    public static IEnumerable<TheoryDataRow<string>> Cases() => Read().EnumerateArray().Select(one => new TheoryDataRow<string>(one.GetProperty("name").GetString()!));

    [Theory, MemberData(nameof(Cases))]
    public void The_numbers_are_as_their_case_says(string name)
    {
        var one = Read().EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        var report = SubjectReport.Of(Answer(one.GetProperty("services").EnumerateObject().Select(Line)), None, [.. Many(one, "points").Select(Point)], [.. Many(one, "trims").Select(Trim)]);
        var latest = one.GetProperty("latest");
        Assert.Equal(new UsePoint(s_now, ReviewWindow.Default, Number(latest, "granted"), Number(latest, "used"), Number(latest, "unused"), Number(latest, "unknown")), report.Latest);
        Assert.Equal(Texts(one.GetProperty("order")), report.Services.Select(service => service.Service.Value));
        if (one.TryGetProperty("lastUsed", out var lastUsed))
            Assert.Equal(lastUsed.EnumerateObject().Select(pair => (pair.Name, pair.Value.GetString()!)), SubjectTables.Services(report).Content.Rows.Select(row => (row.Cells[1].ToString(), row.Cells[3].ToString())));
        if (one.TryGetProperty("changes", out var changes)) Assert.Equal(changes.EnumerateArray().Select(Texts), report.History.Select(point => point.Changes.AsEnumerable()));
        if (one.TryGetProperty("outcomes", out var outcomes)) Assert.Equal(outcomes.EnumerateObject().Select(pair => (pair.Name, pair.Value.GetInt32())), SubjectTables.Outcomes(report).Bars.Select(bar => (bar.Label, bar.Value)));
        Assert.All(SubjectTables.Of(report), table => Assert.All(table.Content.Rows, row => Assert.Equal(table.Content.Headings.Length, row.Cells.Length)));
    }

    [Fact]
    public void Who_used_what_is_everybody_that_the_review_lists_and_else_the_last_one()
    {
        var services = new[] { Used("s3", 1, "user/ann"), Used("ec2", 2, "user/bob"), Used("kms", 3, null) };
        var listed = None.Add(Policy.Service("s3"), [Use("ann", 1), Use("bob", 9), Use("carl", null)]);
        var report = SubjectReport.Of(Answer(services), listed, [], []);
        Assert.Equal(["user ann s3 2026-11-23", "user bob ec2 2026-11-22", "user bob s3 2026-11-15"], SubjectTables.Uses(report).Content.Rows.Select(row => string.Join(' ', row.Cells)));
        Assert.Equal([("user bob", 2), ("user ann", 1)], SubjectTables.People(report).Bars.Select(bar => (bar.Label, bar.Value)));
        Assert.Empty(SubjectReport.Of(Answer(services) with { Subject = new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.User, "ann")) }, listed, [], []).Uses);
    }

    [Fact]
    public void The_overview_begins_where_most_is_unused_and_sums_up()
    {
        OverviewLine Of(string name, int unused, int open, int removed) => new($"group {name}", name, true, [new UsePoint(s_now.AddDays(-9), ReviewWindow.Default, 50, 1, 49, 0), new UsePoint(s_now, ReviewWindow.Default, 5 + unused, 5, unused, 0)], open, removed);
        var report = OverviewReport.Of([Of("a", 0, 0, 0), Of("b", 2, 0, 4), Of("c", 2, 1, 3), Of("d", 7, 0, 0)], true);
        Assert.Equal(["d", "c", "b", "a"], report.Lines.Select(line => line.Name));
        Assert.Equal((11, 1, 7), (report.Unused, report.Open, report.Removed));
        Assert.Equal([("d", 7), ("c", 2), ("b", 2)], report.Chart.Bars.Select(bar => (bar.Label, bar.Value)));
        Assert.Equal("Nothing is unused.", OverviewReport.Of([Of("a", 0, 0, 0)], true).Chart.InWords);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"it\"", "\"say \"\"it\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=SUM(A1)", "'=SUM(A1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData(" =1", "' =1")]
    [InlineData("=1,\"x\"", "\"'=1,\"\"x\"\"\"")]
    [InlineData("", "")]
    public void A_cell_of_CSV_is_text_to_every_spreadsheet(string text, string cell) =>
        Assert.Equal($"A,B\r\n{cell},x\r\n", new ReportTable("t", "", new CardBlock.Table(["A", "B"], [new TableRow([text, "x"])]), []).ToCsv());

    private static ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<EntityUse>> None => ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<EntityUse>>.Empty;

    private static AccessReview Answer(IEnumerable<ServiceLine> services) => new(new ReviewSubject.OfIdentity(new IdentityRef(IdentityKind.Group, "app-dev")), ReviewWindow.Default, s_now, [.. services], [], [], []);

    private static ServiceLine Used(string service, int days, string? by) => new(Policy.Service(service), service, new Verdict.Used(s_now.AddDays(-days), by is null ? null : $"arn:aws:iam::123456789012:{by}"), 1, []);

    private static EntityUse Use(string user, int? days) => new(new IdentityRef(IdentityKind.User, user), "arn", user, days is { } ago ? s_now.AddDays(-ago) : null);

    private static ServiceLine Line(JsonProperty service) => new(Policy.Service(service.Name), service.Name, service.Value.ValueKind switch
    {
        JsonValueKind.Number when service.Value.GetInt32() <= ReviewWindow.Default.Days => new Verdict.Used(s_now.AddDays(-service.Value.GetInt32()), null),
        JsonValueKind.Number => new Verdict.Unused(s_now.AddDays(-service.Value.GetInt32())),
        JsonValueKind.Null => new Verdict.Unused(null),
        _ => new Verdict.Unknown("AWS does not report on it"),
    }, 1, []);

    private static UsePoint Point(JsonElement point) => new(s_now.AddDays(point[0].GetInt32()), ReviewWindow.Default, point[1].GetInt32(), point[1].GetInt32(), 0, 0);

    private static ReportedTrim Trim(JsonElement trim) => new(
        trim.GetProperty("id").GetString()!, $"Trim {trim.GetProperty("id").GetString()}", Enum.Parse<ProposalState>(trim.GetProperty("state").GetString()!, ignoreCase: true), [],
        [.. trim.GetProperty("events").EnumerateArray().Select(one => new TrimEvent(s_now.AddDays(one[0].GetInt32()), one[1].GetString()!, "Ann"))], null);

    private static IEnumerable<JsonElement> Many(JsonElement of, string name) => of.TryGetProperty(name, out var many) ? many.EnumerateArray() : [];

    private static IEnumerable<string> Texts(JsonElement of) => of.EnumerateArray().Select(text => text.GetString()!);

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private static JsonElement Read() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reports", "reports.json"))).RootElement;
}
