using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Evidence;

/// <summary>Turns a report into verdicts. Everything that the report cannot know ends as <see cref="Verdict.Unknown"/>.</summary>
/// <param name="Report">The report of the subject; null when there is nobody whose use a report could show.</param>
/// <param name="SubjectSince">When the subject came to be; a subject younger than the window has not had the time to use what it may.</param>
/// <param name="Trail">What CloudTrail recorded of the subject; null where nobody asked. It can only make unknown what the report calls unused.</param>
public sealed record Judgement(AccessReport? Report, DateTimeOffset SubjectSince, ReviewWindow Window, DateTimeOffset Now, Trail? Trail = null)
{
    /// <summary>Why a service that shows no use is needed all the same, as a clause; null where nobody says so.</summary>
    public Func<ServiceNamespace, string?> Kept { get; init; } = _ => null;

    /// <summary>The verdict on one service that a policy names or lets through.</summary>
    public Verdict On(ServiceNamespace service) => Report switch
    {
        null => new Verdict.Unknown("there is nobody whose use AWS could report"),
        AccessReport.Failed failed => new Verdict.Unknown($"AWS's report failed ({failed.Code}: {failed.Message})"),
        AccessReport.Complete complete => complete.Services.TryGetValue(service, out var use)
            ? OnLine(use)
            : new Verdict.Unknown("AWS's report does not list this service"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Verdict OnLine(ServiceUse use)
    {
        var start = Window.Start(Now);
        if (use.LastAttempt is { } last && last >= start) return new Verdict.Used(last, use.By);
        if (SubjectSince > start) return new Verdict.Unknown($"it exists only since {SubjectSince:yyyy-MM-dd}, less than the {Window} asked about");
        // Two evidences that disagree: neither is believed.
        if (Trail?.LastOf(use.Service) is { } recorded && recorded.Last >= start)
            return new Verdict.Unknown($"CloudTrail recorded `{recorded.Service}:{recorded.Action}` on {recorded.Last:yyyy-MM-dd}, and AWS's report shows no use");
        if (Kept(use.Service) is { } why) return new Verdict.Unknown(why);
        return new Verdict.Unused(use.LastAttempt);
    }
}
