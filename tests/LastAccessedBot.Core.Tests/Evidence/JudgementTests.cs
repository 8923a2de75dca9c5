using System.Collections.Immutable;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Tests.Evidence;

public sealed class JudgementTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServiceNamespace S3 = Namespace("s3");

    [Fact]
    public void A_service_attempted_within_the_window_is_used() =>
        Assert.Equal(new Verdict.Used(Now.AddDays(-90), "arn:by"), Judge(Now.AddDays(-90), since: Now.AddYears(-1)));

    [Fact]
    public void A_service_last_attempted_before_the_window_is_unused() =>
        Assert.Equal(new Verdict.Unused(Now.AddDays(-91)), Judge(Now.AddDays(-91), since: Now.AddYears(-1)));

    [Fact]
    public void A_service_of_a_subject_younger_than_the_window_is_unknown() =>
        Assert.IsType<Verdict.Unknown>(Judge(null, since: Now.AddDays(-3)));

    [Fact]
    public void A_service_absent_from_the_report_is_unknown() =>
        Assert.IsType<Verdict.Unknown>(new Judgement(Report(null), Now.AddYears(-1), ReviewWindow.Default, Now).On(Namespace("mwaa")));

    [Fact]
    public void Nothing_is_concluded_from_a_failed_report()
    {
        var failed = new AccessReport.Failed("arn:subject", Now, "ServiceFailure", "try later");
        var verdict = Assert.IsType<Verdict.Unknown>(new Judgement(failed, Now.AddYears(-1), ReviewWindow.Default, Now).On(S3));
        Assert.Equal("AWS's report failed (ServiceFailure: try later)", verdict.Why);
    }

    [Theory]
    [InlineData("0d")]
    [InlineData("401d")]
    [InlineData("d")]
    [InlineData("-5d")]
    [InlineData("90")]
    public void A_window_that_AWS_cannot_answer_for_is_refused(string text) =>
        Assert.IsType<Parsed<ReviewWindow>.Bad>(ReviewWindow.Parse(text));

    [Fact]
    public void A_window_is_read_as_typed() =>
        Assert.Equal(180, Assert.IsType<Parsed<ReviewWindow>.Ok>(ReviewWindow.Parse("180d")).Value.Days);

    private static Verdict Judge(DateTimeOffset? last, DateTimeOffset since) =>
        new Judgement(Report(last), since, ReviewWindow.Default, Now).On(S3);

    private static AccessReport.Complete Report(DateTimeOffset? last) => new("arn:subject", Now,
        ImmutableSortedDictionary<ServiceNamespace, ServiceUse>.Empty.Add(S3, new ServiceUse(S3, "Amazon S3", last, "arn:by", 1)));

    private static ServiceNamespace Namespace(string text) => Assert.IsType<Parsed<ServiceNamespace>.Ok>(ServiceNamespace.Parse(text)).Value;
}
