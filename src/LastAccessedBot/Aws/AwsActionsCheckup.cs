using System.Collections.Immutable;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <summary>
/// Which actions the bot's role lacks: the reads that everything begins with are tried, a page of one each, and what was refused in the course of work
/// counts until the same is allowed. Changes are not tried. By the answers' dates, also how AWS's clock stands to the bot's.
/// </summary>
internal sealed class AwsActionsCheckup(
    IamClient iam, OrganizationsClient organizations, AccessAnalyzerClient analyzer, IOptions<SecondOpinionOptions> opinions, Troubles troubles, TimeProvider time) : ICheckup
{
    private const string Clock = "Clock", Nothing = """{"Version":"2012-10-17","Statement":[]}""";

    // Signatures hold for five minutes, and Slack's for as long.
    private static readonly TimeSpan s_tooMuch = TimeSpan.FromMinutes(5), s_much = TimeSpan.FromMinutes(1);

    public CheckupArea Area => CheckupArea.Aws;

    public string What => "Permissions";

    public async Task<ImmutableArray<Diagnosis>> ExamineAsync(CancellationToken cancellation)
    {
        List<Task> probes = [.. IamClient.Probes.Select(operation => iam.ProbeAsync(operation, cancellation)), organizations.DescribeOrganizationAsync(cancellation), organizations.ListRootsAsync(cancellation)];
        if (opinions.Value.ValidatePolicy) probes.Add(analyzer.ValidatePolicyAsync(Nothing, PolicyAnalyzer.OfIdentities, cancellation));
        var failures = (await Task.WhenAll(probes.Select(FailureOfAsync))).OfType<AwsFailureException>().ToArray();
        var denials = troubles.Denials;
        return
        [
            .. denials.Select(Diagnose),
            .. failures.Where(failure => failure is not AwsRefusedException { IsDenied: true }).DistinctBy(failure => failure.Message).Select(Diagnose),
            .. denials.IsEmpty && failures.Length == 0 ? [Diagnosis.Good(Area, What, "The bot may read users, groups, roles, policies and the organization, and was refused nothing since it was last allowed it.")] : ImmutableArray<Diagnosis>.Empty,
            OfClock(),
        ];
    }

    private static async Task<AwsFailureException?> FailureOfAsync(Task probe)
    {
        try
        {
            await probe;
            return null;
        }
        catch (AwsFailureException failure)
        {
            return failure;
        }
    }

    // Without IAM's actions there is no review; without the others' a part of one.
    private Diagnosis Diagnose(Denial denial)
    {
        var why = AwsWords.Of(denial.Refused);
        var when = time.GetUtcNow() - denial.At < s_much ? "" : $" This was at {denial.At:yyyy-MM-dd HH:mm} UTC, and was not tried again since.";
        return new Diagnosis(Area, What, denial.Refused.Operation.StartsWith("IAM.", StringComparison.Ordinal) ? Tone.Bad : Tone.Caution, $"{why.Message.TrimEnd('.')}.{when}", why.Help);
    }

    private Diagnosis Diagnose(AwsFailureException failure) => failure switch
    {
        AwsRefusedException { IsNotInOrganization: true } => Diagnosis.Good(Area, "Organization", "The account belongs to no organization."),
        AwsRefusedException refused => Diagnosis.Of(Area, What, Tone.Bad, AwsWords.Of(refused)),
        _ => Diagnosis.Of(Area, What, Tone.Bad, new Refusal(failure.Message, "try again in a minute")),
    };

    private Diagnosis OfClock()
    {
        if (troubles.Clock is not { } clock) return new Diagnosis(Area, Clock, Tone.Caution, "AWS has not told its time yet.");
        var off = clock.Ahead.Duration();
        var how = $"The bot's clock is {(off < s_much ? $"{off.TotalSeconds:F0} s" : $"{off.TotalMinutes:F0} minutes")} {(clock.Ahead > TimeSpan.Zero ? "behind" : "ahead of")} AWS's";
        return off < s_much ? Diagnosis.Good(Area, Clock, off < TimeSpan.FromSeconds(5) ? "The bot's clock goes with AWS's." : $"{how}.")
            : new Diagnosis(Area, Clock, off > s_tooMuch ? Tone.Bad : Tone.Caution, how, "let the host's clock be set by NTP: AWS and chat platforms refuse what is signed at another time");
    }
}
