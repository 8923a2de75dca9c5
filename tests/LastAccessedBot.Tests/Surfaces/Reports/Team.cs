using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;
using static LastAccessedBot.Tests.Surfaces.Reports.ReportsHost;

namespace LastAccessedBot.Tests.Surfaces.Reports;

/// <summary>A team that was reviewed every week for a quarter of a year, with trims of every fate.</summary>
internal static class Team
{
    public const string Words = "group app-dev";

    public static async Task ReviewAsync(ReportsHost host)
    {
        var group = Group("app-dev");
        for (var week = 11; week > 0; week--) await host.AnswerAsync(Answer(group, Now.AddDays(-7 * week), Services(Now.AddDays(-7 * week), week)));
        var old = Proposal("OLD4TRIM", group, "Detach Legacy-Queues from group app-dev", Now.AddDays(-50), "Amazon SQS", "Amazon SNS", "Amazon MQ");
        var undone = Proposal("UNDO4TRM", group, "Narrow the policy App-Dev-Data", Now.AddDays(-30), "Amazon Redshift");
        var kept = Proposal("KEEP4TRM", group, "Detach Quarterly-Report from group app-dev", Now.AddDays(-20), "Amazon QuickSight");
        var open = Proposal("OPEN4TRM", group, "Detach App-Dev-ElasticTranscoder from group app-dev", Now.AddMinutes(-2), "Amazon Elastic Transcoder");
        ServiceUsers[] users =
        [
            new(Service("route53"), [Use("nikhilj", 0), Use("maria-garcia", 3), Use("terry-whitlock", 40)]),
            new(Service("s3"), [Use("maria-garcia", 1), Use("nikhilj", 6)]),
        ];
        await host.AnswerAsync(Answer(group, Now.AddMinutes(-1), Services(Now, 0)), [.. users], Question.Unused, old, undone, kept, open);
        await host.MoveAsync("OLD4TRIM", ProposalState.Approved, Now.AddDays(-46), "console:maria", "approved", one => one with { DecidedBy = "console:maria" });
        await host.MoveAsync("OLD4TRIM", ProposalState.Applying, Now.AddDays(-46).AddMinutes(1), "bot", "step-done");
        await host.MoveAsync("OLD4TRIM", ProposalState.Applied, Now.AddDays(-46).AddMinutes(2), "bot", "applied");
        await host.MoveAsync("UNDO4TRM", ProposalState.Approved, Now.AddDays(-29), "console:maria", "approved", one => one with { DecidedBy = "console:maria" });
        await host.MoveAsync("UNDO4TRM", ProposalState.Applying, Now.AddDays(-29), "bot", "step-done");
        await host.MoveAsync("UNDO4TRM", ProposalState.Applied, Now.AddDays(-29).AddMinutes(1), "bot", "applied");
        await host.MoveAsync("UNDO4TRM", ProposalState.Undoing, Now.AddDays(-27), "console:paulo", "undo-asked", one => one with { UndoneBy = "console:paulo" });
        await host.MoveAsync("UNDO4TRM", ProposalState.Undone, Now.AddDays(-27).AddMinutes(1), "bot", "undone");
        await host.MoveAsync("KEEP4TRM", ProposalState.Kept, Now.AddDays(-19), "console:maria", "kept", one => one with { Keeping = new Keeping("María García", "The quarterly report needs it.", Now.AddDays(70)) });
    }

    private static IEnumerable<ServiceLine> Services(DateTimeOffset at, int week)
    {
        string[] used = ["route53", "s3", "dynamodb", "logs", "lambda"];
        string[] names = ["Amazon Route 53", "Amazon S3", "Amazon DynamoDB", "Amazon CloudWatch Logs", "AWS Lambda"];
        int[] ago = [0, 1, 12, 33, 80];
        for (var index = 0; index < used.Length; index++) yield return Line(used[index], new Verdict.Used(at.AddDays(-ago[index]), "arn:aws:iam::123456789012:user/terry-whitlock"), names[index], "App-Dev-Core");
        yield return Line("quicksight", new Verdict.Unused(at.AddDays(-140)), "Amazon QuickSight", "Quarterly-Report");
        yield return Line("redshift", new Verdict.Unused(at.AddDays(-97)), "Amazon Redshift", "App-Dev-Data");
        yield return Line("elastictranscoder", new Verdict.Unused(null), "Amazon Elastic Transcoder", "App-Dev-ElasticTranscoder");
        yield return Line("monitoring", new Verdict.Unknown("AWS does not report on `monitoring`"), "Amazon CloudWatch", "App-Dev-Core");
        if (week > 6) foreach (var service in new[] { "sqs", "sns", "mq" }) yield return Line(service, new Verdict.Unused(at.AddDays(-200)), "Amazon " + service.ToUpperInvariant(), "Legacy-Queues");
    }

    private static EntityUse Use(string user, int days) => new(new IdentityRef(IdentityKind.User, user), $"arn:aws:iam::123456789012:user/{user}", user, Now.AddDays(-days));
}
