using LastAccessedBot.Aws;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Aws;

public sealed class OrganizationReportsTests
{
    private const string Path = "o-1/r-1/ou-1", Job = "<JobId>job-1</JobId>";
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_report_gathers_all_pages_and_tells_accounts_by_their_paths()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call switch
        {
            { Number: 0 } => Job,
            { Number: 1 } => "<JobStatus>IN_PROGRESS</JobStatus>",
            _ when call["Marker"] is null => Page("lex", "2026-05-01T00:00:00Z", isLast: false),
            _ => Page("s3", null, isLast: true),
        }));
        var report = Assert.IsType<AccessReport.Complete>(await Reports(aws).ReportAsync(Path, DateTimeOffset.MinValue, null, Ct));
        Assert.Equal(["lex", "s3"], report.Services.Keys.Select(service => service.Value));
        Assert.Equal(($"{Path}/2", 3), report.Services.Values.First() is var lex ? (lex.By, lex.Entities) : default);
        Assert.Null(report.Services.Values.Last().LastAttempt);
        Assert.Equal(Path, aws.Calls[0]["EntityPath"]);
    }

    [Fact]
    public async Task A_failed_job_is_a_failed_report()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call.Number == 0
            ? Job
            : "<JobStatus>FAILED</JobStatus><ErrorDetails><Code>ServiceFailure</Code><Message>try later</Message></ErrorDetails>"));
        var failed = Assert.IsType<AccessReport.Failed>(await Reports(aws).ReportAsync(Path, DateTimeOffset.MinValue, null, Ct));
        Assert.Equal(("ServiceFailure", "try later"), (failed.Code, failed.Message));
    }

    [Fact]
    public async Task Where_too_many_jobs_are_under_way_it_waits_for_its_turn()
    {
        await using var aws = await ScriptedAws.StartAsync(call => call.Number < 2 ? Answer.Error(409, "ReportGenerationLimitExceeded") : Answer.Of(call, call.Number == 2 ? Job : Page("s3", null, isLast: true)));
        Assert.IsType<AccessReport.Complete>(await Reports(aws).ReportAsync(Path, DateTimeOffset.MinValue, null, Ct));
        Assert.Equal(3, aws.Calls.Count(call => call.Operation == "GenerateOrganizationsAccessReport"));
    }

    [Fact]
    public async Task A_turn_that_never_comes_is_given_up()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Error(409, "ReportGenerationLimitExceeded"));
        aws.Options.ReportTimeout = TimeSpan.FromSeconds(20);
        await Assert.ThrowsAsync<AwsUnreachableException>(() => Reports(aws).ReportAsync(Path, DateTimeOffset.MinValue, null, Ct));
    }

    [Fact]
    public async Task A_job_that_is_not_the_callers_any_more_is_made_again_once()
    {
        await using var aws = await ScriptedAws.StartAsync(call => call.Number switch
        {
            0 or 2 => Answer.Of(call, Job),
            1 => Answer.Error(404, "NoSuchEntity"),
            _ => Answer.Of(call, Page("s3", null, isLast: true)),
        });
        Assert.IsType<AccessReport.Complete>(await Reports(aws).ReportAsync(Path, DateTimeOffset.MinValue, null, Ct));
        await using var never = await ScriptedAws.StartAsync(call => call.Operation.StartsWith("Get", StringComparison.Ordinal) ? Answer.Error(404, "NoSuchEntity") : Answer.Of(call, Job));
        Assert.True((await Assert.ThrowsAsync<AwsRefusedException>(() => Reports(never).ReportAsync(Path, DateTimeOffset.MinValue, null, Ct))).IsNoSuchEntity);
        Assert.Equal(4, never.Calls.Count);
    }

    private static OrganizationReports Reports(ScriptedAws aws) => new(aws.Iam, Microsoft.Extensions.Options.Options.Create(aws.Options), new ImpatientTime());

    private static string Page(string service, string? last, bool isLast) => $"""
        <JobStatus>COMPLETED</JobStatus><JobCompletionDate>2026-11-23T12:00:00Z</JobCompletionDate>
        <AccessDetails><member><ServiceName>{service.ToUpperInvariant()}</ServiceName><ServiceNamespace>{service}</ServiceNamespace>
          {(last is null ? "" : $"<Region>us-east-1</Region><EntityPath>{Path}/2</EntityPath><LastAuthenticatedTime>{last}</LastAuthenticatedTime>")}
          <TotalAuthenticatedEntities>{(last is null ? 0 : 3)}</TotalAuthenticatedEntities></member></AccessDetails>
        <IsTruncated>{(isLast ? "false" : "true")}</IsTruncated>{(isLast ? "" : "<Marker>2</Marker>")}
        """;
}
