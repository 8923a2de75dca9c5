using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Core.Reports;
using LastAccessedBot.Core.Sweeps;
using LastAccessedBot.Core.Trims;

namespace LastAccessedBot.Flows;

/// <summary>Looks at one target of a sweep: one report, and of all else what was listed. The verdicts are those of its review.</summary>
public sealed class JudgeTarget(ISweepTargets targets, IAccessReports reports, TimeProvider time)
{
    /// <summary>Throws <see cref="AwsUnreachableException"/>, and nothing is said of the target; whatever else AWS says becomes its result.</summary>
    public async Task<SweepResult> RunAsync(SweepRecord sweep, SweepTarget target, CancellationToken cancellation)
    {
        try
        {
            return target.Kind == SweptKind.Policy ? await PolicyAsync(sweep, target, cancellation) : await IdentityAsync(sweep, target, cancellation);
        }
        catch (AwsRefusedException refused)
        {
            return new SweepResult.Failed(target, refused.IsNoSuchEntity ? "deleted since it was listed" : $"AWS refused: {refused.Code}", AwsWords.Of(refused).Message);
        }
    }

    private async Task<SweepResult> IdentityAsync(SweepRecord sweep, SweepTarget target, CancellationToken cancellation)
    {
        var found = await targets.PartsAsync(sweep.Id, [target.Key, SweepParts.Members(target.Key)], cancellation);
        var identity = Read<Identity>(found[target.Key]);
        var state = AccountState.Empty.With(identity);
        foreach (var group in (await targets.PartsAsync(sweep.Id, [.. identity.Groups.Select(SweepParts.Group)], cancellation)).Values) state = state.With(Read<Identity>(group));
        var attached = state.Identities.Values.SelectMany(one => one.Attached).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var policy in (await targets.PartsAsync(sweep.Id, attached, cancellation)).Values) state = state.With(Policy(Read<PolicySummary>(policy)));
        // AWS reports no use of an empty group.
        var report = target.Kind != SweptKind.Group || found.ContainsKey(SweepParts.Members(target.Key)) ? await reports.UnhurriedReportAsync(target.Arn, cancellation) : null;
        if (report is AccessReport.Failed failed) return NoReport(target, failed);
        var subject = new ReviewSubject.OfIdentity(identity.Ref);
        var known = ImmutableSortedDictionary.Create<string, AccessReport>(StringComparer.Ordinal);
        return new SweepResult.Judged(target, subject, SweptUse.OfIdentity(new ReviewFacts(subject, state, report is null ? known : known.Add(identity.Arn, report), sweep.Window, time.GetUtcNow())));
    }

    private async Task<SweepResult> PolicyAsync(SweepRecord sweep, SweepTarget target, CancellationToken cancellation)
    {
        var found = await targets.PartsAsync(sweep.Id, [target.Arn, SweepParts.Youngest(target.Arn)], cancellation);
        var policy = Read<PolicySummary>(found[target.Arn]);
        if (PolicyDocument.Read(policy.Document) is not Parsed<PolicyDocument>.Ok { Value: var document }) return new SweepResult.Failed(target, "its text could not be understood", "its text could not be understood");
        var youngest = found.TryGetValue(SweepParts.Youngest(target.Arn), out var since) ? Read<DateTimeOffset>(since) : policy.DefaultSince;
        var report = policy.AttachmentCount > 0 ? await reports.UnhurriedReportAsync(target.Arn, cancellation) : null;
        if (report is AccessReport.Failed failed) return NoReport(target, failed);
        var judgement = new Judgement(report, youngest > policy.DefaultSince ? youngest : policy.DefaultSince, sweep.Window, time.GetUtcNow());
        return new SweepResult.Judged(target, new ReviewSubject.OfPolicy(target.Arn), SweptUse.OfPolicy(document, judgement));
    }

    private static SweepResult.Failed NoReport(SweepTarget target, AccessReport.Failed failed) => new(target, $"AWS wrote no report: {failed.Code}", $"`{failed.Code}`: {failed.Message}");

    // As much of it as verdicts need.
    private static ManagedPolicy Policy(PolicySummary policy) => new()
    {
        Name = policy.Name,
        Arn = policy.Arn,
        Path = "/",
        Id = policy.Arn,
        Created = policy.DefaultSince,
        Versions = [new PolicyVersion("v1", true, policy.DefaultSince, policy.Document)],
    };

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, CardJson.Options)!;
}

/// <summary>The keys of what is listed besides targets.</summary>
internal static class SweepParts
{
    public static string Group(string name) => $"group {name}".ToLowerInvariant();

    /// <summary>There when the group has any.</summary>
    public static string Members(string groupKey) => $"members of {groupKey}";

    /// <summary>When the youngest identity that a policy is attached to came to be; there when it is attached to any.</summary>
    public static string Youngest(string arn) => $"youngest with {arn}";
}
