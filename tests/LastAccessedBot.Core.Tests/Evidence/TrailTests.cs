using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Tests.Policies;

namespace LastAccessedBot.Core.Tests.Evidence;

/// <summary>A second evidence can only make unknown what the first calls unused.</summary>
public sealed class TrailTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private static AccessReport Report(int? s3) => new AccessReport.Complete("arn", s_now, System.Collections.Immutable.ImmutableSortedDictionary<Core.Policies.ServiceNamespace, ServiceUse>.Empty
        .Add(Policy.Service("s3"), new ServiceUse(Policy.Service("s3"), "S3", s3 is { } days ? s_now.AddDays(-days) : null, null, 0)));

    private static Trail Recorded(params (string Action, int Days, string? Error)[] events) => Trail.Of(
        s_now.AddDays(-90), s_now, events.Select(one => new TrailEvent(Policy.Service("s3"), one.Action, s_now.AddDays(-one.Days), one.Error)), false);

    private static Verdict On(int? s3, Trail? trail) => new Judgement(Report(s3), DateTimeOffset.MinValue, ReviewWindow.Default, s_now, trail).On(Policy.Service("s3"));

    [Fact]
    public void Where_the_two_disagree_neither_is_believed()
    {
        var unknown = Assert.IsType<Verdict.Unknown>(On(null, Recorded(("ListBucket", 4, null), ("GetObject", 9, null))));
        Assert.Equal("CloudTrail recorded `s3:ListBucket` on 2026-11-20, and AWS's report shows no use", unknown.Why);
        // An attempt that was denied is an attempt, as it is in the report.
        Assert.IsType<Verdict.Unknown>(On(200, Recorded(("ListBucket", 4, "AccessDenied"))));
    }

    [Fact]
    public void What_CloudTrail_does_not_show_changes_nothing()
    {
        Assert.IsType<Verdict.Unused>(On(null, Recorded()));
        Assert.IsType<Verdict.Unused>(On(null, Trail.NotRead(s_now.AddDays(-90), s_now, "no")));
        Assert.IsType<Verdict.Used>(On(3, Recorded()));
        var short30 = ((Parsed<ReviewWindow>.Ok)ReviewWindow.Of(30)).Value;
        Assert.IsType<Verdict.Unused>(new Judgement(Report(null), DateTimeOffset.MinValue, short30, s_now, Recorded(("ListBucket", 40, null))).On(Policy.Service("s3")));
    }

    [Fact]
    public void An_action_that_was_recorded_is_not_called_unused()
    {
        var actions = System.Collections.Immutable.ImmutableSortedDictionary.Create<string, ActionUse>(StringComparer.OrdinalIgnoreCase)
            .Add("ListBucket", new ActionUse("ListBucket", null, null)).Add("CreateBucket", new ActionUse("CreateBucket", null, null));
        var report = new ActionReport.Complete("arn", s_now, System.Collections.Immutable.ImmutableSortedDictionary<Core.Policies.ServiceNamespace, System.Collections.Immutable.ImmutableSortedDictionary<string, ActionUse>>.Empty.Add(Policy.Service("s3"), actions));
        var judgement = new ActionJudgement(report, DateTimeOffset.MinValue, ReviewWindow.Default, s_now, Recorded(("listbucket", 4, null)));
        Assert.Equal(["CreateBucket"], judgement.Unused(Policy.Service("s3")).Select(use => use.Action));
    }

    [Fact]
    public void Attempts_at_one_action_are_counted_together_with_those_that_were_denied()
    {
        var trail = Recorded(("ListBucket", 9, null), ("ListBucket", 4, "Client.UnauthorizedOperation"), ("ListBucket", 5, "ThrottlingException"), ("GetObject", 2, "AccessDeniedException"));
        Assert.Equal([("GetObject", 1, 1), ("ListBucket", 3, 1)], trail.Actions.Select(action => (action.Action, action.Times, action.Denied)));
        Assert.Equal(s_now.AddDays(-4), trail.Actions[1].Last);
    }
}
