using System.Collections.Frozen;
using System.Collections.Immutable;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Flows;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Aws;

/// <inheritdoc/>
internal sealed class TrailReader(TrailClients clients, IOptions<AwsOptions> options, TimeProvider time) : ITrailReader
{
    private const string Suffix = ".amazonaws.com";

    // Where the source of an event is not called as the actions of policies are (source: the service authorization reference).
    private static readonly FrozenDictionary<string, string> s_prefixes = new Dictionary<string, string>
    {
        ["monitoring"] = "cloudwatch",
        ["email"] = "ses",
        ["tagging"] = "tag",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public async Task<Trail?> OfAsync(Identity identity, DateTimeOffset from, IProgress<ReportProgress>? progress, CancellationToken ct)
    {
        if (!options.Value.CloudTrail.Enabled || identity.Ref.Kind != IdentityKind.User) return null;
        var (until, began, read) = (time.GetUtcNow(), time.GetTimestamp(), 0);
        var start = from > until.AddDays(-Trail.LongestDays) ? from : until.AddDays(-Trail.LongestDays);
        try
        {
            var regions = await Task.WhenAll(clients.All.Select(client => client.LookupEventsAsync(identity.Ref.Name, start, until, options.Value.CloudTrail.MostEvents, Read, ct)));
            var events = regions.SelectMany(region => region.Events).Where(one => one.UserArn is null || one.UserArn == identity.Arn).Select(Event).OfType<TrailEvent>();
            return Trail.Of(start, until, events, regions.Any(region => region.IsCutOff));
        }
        catch (AwsRefusedException refused)
        {
            return Trail.NotRead(start, until, AwsWords.Of(refused).Message);
        }

        void Read(int more) => progress?.Report(new ReportProgress(time.GetElapsedTime(began), Interlocked.Add(ref read, more)));
    }

    // A source that is no service of AWS's has no action in any policy.
    private static TrailEvent? Event(LookedUpEvent one)
    {
        if (!one.EventSource.EndsWith(Suffix, StringComparison.Ordinal)) return null;
        var source = one.EventSource[..^Suffix.Length];
        return ServiceNamespace.Parse(s_prefixes.GetValueOrDefault(source, source)) is Parsed<ServiceNamespace>.Ok { Value: var service } ? new TrailEvent(service, one.EventName, one.EventTime, one.ErrorCode) : null;
    }
}

/// <summary>One client for each region that is looked into; AWS limits each by itself.</summary>
internal sealed record TrailClients(ImmutableArray<CloudTrailClient> All);
