using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Aws;

public sealed class AccessReportsTests
{
    private const string Arn = "arn:aws:iam::123456789012:group/app-dev";
    private const string Done = "<JobStatus>COMPLETED</JobStatus><JobCompletionDate>2026-11-23T12:00:00Z</JobCompletionDate>";
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_report_gathers_all_pages_once_its_job_is_completed()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call switch
        {
            { Operation: "GenerateServiceLastAccessedDetails" } => "<JobId>job-1</JobId>",
            { Number: < 3 } => "<JobStatus>IN_PROGRESS</JobStatus><JobCreationDate>2026-11-23T11:59:00Z</JobCreationDate>",
            _ when call["Marker"] is null => $"""
                {Done}<ServicesLastAccessed>
                  <member><ServiceName>Amazon S3</ServiceName><ServiceNamespace>s3</ServiceNamespace><LastAuthenticated>2026-11-20T00:00:00Z</LastAuthenticated>
                    <LastAuthenticatedEntity>arn:aws:iam::123456789012:user/ada</LastAuthenticatedEntity><TotalAuthenticatedEntities>2</TotalAuthenticatedEntities></member>
                </ServicesLastAccessed><IsTruncated>true</IsTruncated><Marker>2</Marker>
                """,
            _ => $"""
                {Done}<ServicesLastAccessed>
                  <member><ServiceName>AWS KMS</ServiceName><ServiceNamespace>KMS</ServiceNamespace><TotalAuthenticatedEntities>0</TotalAuthenticatedEntities></member>
                </ServicesLastAccessed><IsTruncated>false</IsTruncated>
                """,
        }));
        var progress = new Seen();
        var report = Assert.IsType<AccessReport.Complete>(await aws.Reports(new ImpatientTime()).ServiceReportAsync(Arn, progress, Ct));
        Assert.Equal((Arn, new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)), (report.SubjectArn, report.At));
        Assert.Equal(
            [
                new ServiceUse(Namespace("kms"), "AWS KMS", null, null, 0),
                new ServiceUse(Namespace("s3"), "Amazon S3", new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero), "arn:aws:iam::123456789012:user/ada", 2),
            ],
            report.Services.Values);
        Assert.Equal([TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.75)], progress.Elapsed);
        Assert.Equal("SERVICE_LEVEL", aws.Calls[0]["Granularity"]);
    }

    [Fact]
    public async Task Services_that_share_a_namespace_count_by_the_latest_use_and_odd_namespaces_stay_unknown()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call.Number == 0 ? "<JobId>job-1</JobId>" : $"""
            {Done}<ServicesLastAccessed>
              <member><ServiceName>Old</ServiceName><ServiceNamespace>ses</ServiceNamespace><LastAuthenticated>2026-01-01T00:00:00Z</LastAuthenticated></member>
              <member><ServiceName>New</ServiceName><ServiceNamespace>ses</ServiceNamespace><LastAuthenticated>2026-02-01T00:00:00Z</LastAuthenticated></member>
              <member><ServiceName>None</ServiceName><ServiceNamespace>ses</ServiceNamespace></member>
              <member><ServiceName>Odd</ServiceName><ServiceNamespace>not a namespace</ServiceNamespace></member>
            </ServicesLastAccessed>
            """));
        var report = Assert.IsType<AccessReport.Complete>(await aws.Reports().ServiceReportAsync(Arn, null, Ct));
        Assert.Equal("New", Assert.Single(report.Services).Value.Name);
    }

    [Fact]
    public async Task A_failed_job_is_a_failed_report_and_is_not_polled_on()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call.Number == 0
            ? "<JobId>job-1</JobId>"
            : "<JobStatus>FAILED</JobStatus><Error><Code>ServiceFailure</Code><Message>try later</Message></Error>"));
        var failed = Assert.IsType<AccessReport.Failed>(await aws.Reports().ServiceReportAsync(Arn, null, Ct));
        Assert.Equal(("ServiceFailure", "try later"), (failed.Code, failed.Message));
        Assert.Equal(2, aws.Calls.Count);
    }

    [Fact]
    public async Task A_report_that_nobody_waits_for_is_asked_for_once_when_such_jobs_usually_are_done()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call.Operation == "GenerateServiceLastAccessedDetails"
            ? "<JobId>job-1</JobId>"
            : "<JobStatus>COMPLETED</JobStatus><JobCreationDate>2026-11-23T11:59:50Z</JobCreationDate><JobCompletionDate>2026-11-23T12:00:00Z</JobCompletionDate><ServicesLastAccessed />"));
        var time = new ImpatientTime();
        var reports = aws.Reports(time);
        Assert.IsType<AccessReport.Complete>(await reports.UnhurriedReportAsync(Arn, Ct));
        Assert.IsType<AccessReport.Complete>(await reports.UnhurriedReportAsync(Arn, Ct));
        // Two seconds while nothing is known; then as long as the jobs before took, and a little more.
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(11.05)], time.Waits);
        Assert.Equal(4, aws.Calls.Count);
    }

    [Fact]
    public async Task Of_a_report_that_nobody_waits_for_a_job_that_was_begun_is_asked_for_again_and_not_begun_anew()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call switch
        {
            { Operation: "GenerateServiceLastAccessedDetails" } => "<JobId>job-1</JobId>",
            { Number: < 3 } => "<JobStatus>GARBLED</JobStatus>",
            _ => $"{Done}<ServicesLastAccessed />",
        }));
        var time = new ImpatientTime();
        Assert.IsType<AccessReport.Complete>(await aws.Reports(time).UnhurriedReportAsync(Arn, Ct));
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], time.Waits);
        Assert.Single(aws.Calls, call => call.Operation == "GenerateServiceLastAccessedDetails");
    }

    [Fact]
    public async Task A_job_that_never_ends_is_given_up_and_polled_ever_more_slowly()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call.Number == 0 ? "<JobId>job-1</JobId>" : "<JobStatus>IN_PROGRESS</JobStatus>"));
        aws.Options.ReportTimeout = TimeSpan.FromSeconds(20);
        var clock = new ImpatientTime();
        var failure = await Assert.ThrowsAsync<AwsUnreachableException>(() => aws.Reports(clock).ServiceReportAsync(Arn, null, Ct));
        Assert.StartsWith("AWS did not finish the report within 0.3 minutes", failure.Message, StringComparison.Ordinal);
        Assert.Equal([0.25, 0.5, 1, 2, 4, 5, 5, 5], clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Concurrent_askers_share_a_job_and_later_ones_get_a_new_one()
    {
        var asked = new TaskCompletionSource();
        await using var aws = await ScriptedAws.StartAsync(call =>
        {
            if (call.Number == 0) asked.Task.Wait(TimeSpan.FromSeconds(10));
            return Answer.Of(call, call.Operation.StartsWith("Generate", StringComparison.Ordinal) ? "<JobId>job-1</JobId>" : Done);
        });
        var reports = aws.Reports();
        var askers = Enumerable.Range(0, 10).Select(_ => reports.ServiceReportAsync(Arn, null, Ct)).ToArray();
        asked.SetResult();
        await Task.WhenAll(askers);
        Assert.Equal(2, aws.Calls.Count);
        await reports.ServiceReportAsync(Arn, null, Ct);
        Assert.Equal(4, aws.Calls.Count);
    }

    [Fact]
    public async Task An_asker_who_leaves_does_not_end_the_job_of_the_others()
    {
        var left = new TaskCompletionSource();
        await using var aws = await ScriptedAws.StartAsync(call =>
        {
            if (call.Number == 0) left.Task.Wait(TimeSpan.FromSeconds(10));
            return Answer.Of(call, call.Number == 0 ? "<JobId>job-1</JobId>" : Done);
        });
        var reports = aws.Reports();
        using var leave = new CancellationTokenSource();
        var first = reports.ServiceReportAsync(Arn, null, leave.Token);
        var second = reports.ServiceReportAsync(Arn, null, Ct);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        left.SetResult();
        Assert.IsType<AccessReport.Complete>(await second);
    }

    [Fact]
    public async Task A_job_that_everybody_left_is_polled_no_more()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call.Number == 0 ? "<JobId>job-1</JobId>" : "<JobStatus>IN_PROGRESS</JobStatus>"));
        using var leave = new CancellationTokenSource();
        var polled = new Seen { OnReport = leave.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => aws.Reports().ServiceReportAsync(Arn, polled, leave.Token));
        await Task.Delay(TimeSpan.FromSeconds(0.6), TimeProvider.System, Ct);
        Assert.Equal(2, aws.Calls.Count);
    }

    [Fact]
    public async Task An_action_report_has_the_tracked_actions_of_the_services_that_have_any()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.Of(call, call.Number == 0 ? "<JobId>job-1</JobId>" : $"""
            {Done}<ServicesLastAccessed>
              <member><ServiceName>Amazon S3</ServiceName><ServiceNamespace>s3</ServiceNamespace><TrackedActionsLastAccessed>
                <member><ActionName>CreateBucket</ActionName><LastAccessedTime>2026-11-01T00:00:00Z</LastAccessedTime><LastAccessedEntity>arn:ada</LastAccessedEntity></member>
                <member><ActionName>DeleteBucket</ActionName></member>
              </TrackedActionsLastAccessed></member>
              <member><ServiceName>AWS KMS</ServiceName><ServiceNamespace>kms</ServiceNamespace></member>
            </ServicesLastAccessed>
            """));
        var report = Assert.IsType<ActionReport.Complete>(await aws.Reports().ActionReportAsync(Arn, DateTimeOffset.MinValue, null, Ct));
        var (service, actions) = Assert.Single(report.Services);
        Assert.Equal("s3", service.Value);
        Assert.Equal(new ActionUse("CreateBucket", new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), "arn:ada"), actions["createbucket"]);
        Assert.Null(actions["DeleteBucket"].LastAttempt);
        Assert.Equal("ACTION_LEVEL", aws.Calls[0]["Granularity"]);
    }

    [Fact]
    public async Task Entities_come_from_the_latest_job_and_from_a_new_one_when_that_is_gone_or_another_sessions()
    {
        await using var aws = await ScriptedAws.StartAsync(call => call switch
        {
            { Operation: "GenerateServiceLastAccessedDetails" } => Answer.Of(call, $"<JobId>job-{call.Number}</JobId>"),
            { Operation: "GetServiceLastAccessedDetails" } => Answer.Of(call, Done),
            _ when call["JobId"] == "job-0" => Answer.Error(404, "NoSuchEntity"),
            _ => Answer.Of(call, """
                <JobStatus>COMPLETED</JobStatus><EntityDetailsList><member><EntityInfo><Arn>arn:ada</Arn><Name>ada</Name><Type>USER</Type><Id>AIDA1</Id></EntityInfo>
                <LastAuthenticated>2026-11-01T00:00:00Z</LastAuthenticated></member></EntityDetailsList>
                """),
        });
        var reports = aws.Reports();
        await reports.ServiceReportAsync(Arn, null, Ct);
        var use = Assert.Single(await reports.EntitiesAsync(Arn, Namespace("s3"), Ct));
        Assert.Equal(new EntityUse(new IdentityRef(IdentityKind.User, "ada"), "arn:ada", "AIDA1", new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)), use);
        Assert.Equal(("job-3", "s3"), (aws.Calls[^1]["JobId"], aws.Calls[^1]["ServiceNamespace"]));
    }

    private static ServiceNamespace Namespace(string text) => Assert.IsType<Parsed<ServiceNamespace>.Ok>(ServiceNamespace.Parse(text)).Value;

    private sealed class Seen : IProgress<ReportProgress>
    {
        public List<TimeSpan> Elapsed { get; } = [];

        public Action? OnReport { get; init; }

        public void Report(ReportProgress value)
        {
            Elapsed.Add(value.Elapsed);
            OnReport?.Invoke();
        }
    }
}
