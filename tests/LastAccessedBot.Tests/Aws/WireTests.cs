using System.Diagnostics;
using System.Net;
using LastAccessedBot.Aws;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Aws;

public sealed class WireTests
{
    private const string Group = "<Group><GroupName>app-dev</GroupName><Arn>arn:aws:iam::123456789012:group/app-dev</Arn><Path>/</Path><GroupId>AGPA1</GroupId><CreateDate>2024-01-02T03:04:05Z</CreateDate></Group>";
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory]
    [InlineData(500, "ServiceFailure")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(400, "Throttling")]
    public async Task A_read_is_asked_again_after_a_passing_error(int status, string code)
    {
        await using var aws = await ScriptedAws.StartAsync(call => call.Number == 0 ? Answer.Error(status, code) : Answer.Of(call, Group));
        Assert.Equal("app-dev", (await aws.Iam.GetGroupAsync("app-dev", Ct)).Group.GroupName);
        Assert.Equal(2, aws.Calls.Count);
    }

    [Fact]
    public async Task A_read_is_asked_again_when_its_answer_was_lost_or_cut_off()
    {
        await using var aws = await ScriptedAws.StartAsync(call => call.Number switch
        {
            0 => Answer.Lost,
            1 => Answer.HalfOf(call, Group),
            2 => Answer.Of(call, "") with { Body = "<html>a proxy's page" },
            _ => Answer.Of(call, Group),
        });
        Assert.Equal("AGPA1", (await aws.Iam.GetGroupAsync("app-dev", Ct)).Group.GroupId);
        Assert.Equal(4, aws.Calls.Count);
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_sent_once_and_its_outcome_unknown()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Lost);
        var failure = await Assert.ThrowsAsync<OutcomeUnknownException>(() => aws.Iam.AttachGroupPolicyAsync("app-dev", "arn:p", Ct));
        Assert.Equal("IAM.AttachGroupPolicy", failure.Operation);
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task A_change_on_a_connection_that_the_server_closed_meanwhile_is_not_sent_twice()
    {
        // The first call leaves a pooled connection behind, on which the second one breaks.
        await using var aws = await ScriptedAws.StartAsync(call => call.Number == 0 ? Answer.Of(call, Group) : Answer.Lost);
        var iam = aws.Iam;
        await iam.GetGroupAsync("app-dev", Ct);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => iam.DeletePolicyAsync("arn:p", Ct));
        Assert.Equal(["GetGroup", "DeletePolicy"], aws.Calls.Select(call => call.Operation));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_change_that_AWS_answers_with_a_server_error_is_sent_once_and_its_outcome_unknown(int status)
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Error(status, "ServiceFailure"));
        var failure = await Assert.ThrowsAsync<OutcomeUnknownException>(() => aws.Iam.DetachRolePolicyAsync("deploy", "arn:p", Ct));
        Assert.Contains($"AWS answered {status} ServiceFailure", failure.Message, StringComparison.Ordinal);
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task A_change_that_is_not_answered_in_time_is_sent_once_and_its_outcome_unknown()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Silence);
        aws.Options.RequestTimeout = TimeSpan.FromMilliseconds(200);
        var failure = await Assert.ThrowsAsync<OutcomeUnknownException>(() => aws.Iam.AddUserToGroupAsync("app-dev", "ada", Ct));
        Assert.EndsWith("no answer came in time", failure.Message, StringComparison.Ordinal);
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task A_change_with_an_answer_that_cannot_be_read_has_an_unknown_outcome()
    {
        await using var aws = await ScriptedAws.StartAsync(call => Answer.HalfOf(call, "<PolicyVersion/>"));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => aws.Iam.CreatePolicyVersionAsync("arn:p", "{}", setAsDefault: true, Ct));
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task A_throttled_change_is_sent_again()
    {
        await using var aws = await ScriptedAws.StartAsync(call => call.Number == 0 ? Answer.Error(400, "Throttling", "Rate exceeded") : Answer.Of(call, ""));
        await aws.Iam.AttachUserPolicyAsync("ada", "arn:p", Ct);
        Assert.Equal(2, aws.Calls.Count);
    }

    [Fact]
    public async Task A_change_with_an_empty_answer_has_happened()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => new Answer(200, ""));
        await aws.Iam.AttachUserPolicyAsync("ada", "arn:p", Ct);
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task A_quota_is_no_throttling_and_is_not_tried_again()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Error(409, "LimitExceeded", "A managed policy can have up to 5 versions."));
        var refused = await Assert.ThrowsAsync<AwsRefusedException>(() => aws.Iam.CreatePolicyVersionAsync("arn:p", "{}", setAsDefault: true, Ct));
        Assert.Equal("LimitExceeded", refused.Code);
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task A_refusal_carries_code_request_id_status_and_AWSs_own_words()
    {
        const string Message = "User: arn:aws:iam::123456789012:user/bot is not authorized to perform: iam:GetPolicy on resource: policy x";
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Error(403, "AccessDenied", Message));
        var refused = await Assert.ThrowsAsync<AwsRefusedException>(() => aws.Iam.GetPolicyAsync("arn:p", Ct));
        Assert.Equal(("IAM.GetPolicy", "AccessDenied", Message, Answer.RequestId, HttpStatusCode.Forbidden),
            (refused.Operation, refused.Code, refused.AwsMessage, refused.RequestId, refused.StatusCode));
        Assert.Single(aws.Calls);
    }

    [Fact]
    public async Task A_refusal_of_Organizations_carries_code_and_request_id()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => new Answer(400,
            """{"__type":"com.amazonaws.organizations#PolicyNotFoundException","Message":"You specified a policy that doesn't exist."}"""));
        var refused = await Assert.ThrowsAsync<AwsRefusedException>(() => aws.Organizations.DescribePolicyAsync("p-12345678", Ct));
        Assert.Equal(("PolicyNotFoundException", Answer.RequestId), (refused.Code, refused.RequestId));
        Assert.True(refused.IsNoSuchEntity);
    }

    [Fact]
    public async Task A_page_of_a_proxy_instead_of_an_error_is_told_by_its_status()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => new Answer(403, "<html><body>Forbidden<br></body></html>"));
        var failure = await Assert.ThrowsAsync<AwsUnreachableException>(() => aws.Iam.GetPolicyAsync("arn:p", Ct));
        Assert.Equal("IAM.GetPolicy got no usable answer: the answer was HTTP 403", failure.Message);
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable_for_reads_and_changes_alike()
    {
        var aws = await ScriptedAws.StartAsync(_ => Answer.Lost);
        await aws.DisposeAsync();
        await Assert.ThrowsAsync<AwsUnreachableException>(() => aws.Iam.GetPolicyAsync("arn:p", Ct));
        var failure = await Assert.ThrowsAsync<AwsUnreachableException>(() => aws.Iam.DeletePolicyAsync("arn:p", Ct));
        Assert.Contains("refused", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_read_that_is_never_answered_in_time_is_unreachable()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Silence);
        aws.Options.RequestTimeout = TimeSpan.FromMilliseconds(100);
        var failure = await Assert.ThrowsAsync<AwsUnreachableException>(() => aws.Iam.GetPolicyAsync("arn:p", Ct));
        Assert.Equal("IAM.GetPolicy got no usable answer: no answer came in time", failure.Message);
        Assert.Equal(5, aws.Calls.Count);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_one()
    {
        await using var aws = await ScriptedAws.StartAsync(_ => Answer.Silence);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => aws.Iam.DeletePolicyAsync("arn:p", cancel.Token));
    }

    [Fact]
    public async Task A_call_is_a_span_with_its_request_id_or_its_error()
    {
        var spans = new List<Activity>();
        using var test = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == AwsServices.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => { if (span.TraceId == test.TraceId) spans.Add(span); },
        };
        ActivitySource.AddActivityListener(listener);
        await using var aws = await ScriptedAws.StartAsync(call => call.Number == 0 ? Answer.Of(call, Group) : Answer.Error(404, "NoSuchEntity"));
        await aws.Iam.GetGroupAsync("app-dev", Ct);
        await Assert.ThrowsAsync<AwsRefusedException>(() => aws.Iam.GetGroupAsync("app-dev", Ct));
        Assert.Equal(["IAM.GetGroup", "IAM.GetGroup"], spans.Select(span => span.OperationName));
        Assert.Equal(Answer.RequestId, spans[0].GetTagItem("aws.request_id"));
        Assert.Equal("NoSuchEntity", spans[1].GetTagItem("error.type"));
    }
}
