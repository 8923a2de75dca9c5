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
    /// <summary>At two a second and region, a minute and a half.</summary>
    private const int MostLookups = 200;

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
            var regions = await Task.WhenAll(clients.All.Select(client => client.LookupEventsAsync(LookupAttribute.Username, identity.Ref.Name, start, until, options.Value.CloudTrail.MostEvents, Read, ct)));
            var events = regions.SelectMany(region => region.Events).Where(one => one.UserArn is null || one.UserArn == identity.Arn).Select(Event).OfType<TrailEvent>();
            return Trail.Of(start, until, events, regions.Any(region => region.IsCutOff));
        }
        catch (AwsRefusedException refused)
        {
            return Trail.NotRead(start, until, AwsWords.Of(refused).Message);
        }

        void Read(int more) => progress?.Report(new ReportProgress(time.GetElapsedTime(began), Interlocked.Add(ref read, more)));
    }

    public async Task<DeniedAttempts> DeniedAsync(string accountId, IReadOnlyCollection<IdentityRef> who, IReadOnlyCollection<ServiceNamespace> services, DateTimeOffset since, CancellationToken ct)
    {
        var until = time.GetUtcNow();
        var start = since > until.AddDays(-Trail.LongestDays) ? since : until.AddDays(-Trail.LongestDays);
        (LookupAttribute By, string Value)[] lookups = who.Count <= services.Count && who.All(identity => identity.Kind == IdentityKind.User)
            ? [.. who.Select(identity => (LookupAttribute.Username, identity.Name))]
            : [.. services.Select(service => (LookupAttribute.EventSource, SourceOf(service) + Suffix))];
        try
        {
            var regions = await Task.WhenAll(clients.All.SelectMany(client => lookups.Take(MostLookups).Select(one => client.LookupEventsAsync(one.By, one.Value, start, until, options.Value.CloudTrail.MostEvents, _ => { }, ct))));
            var attempts = regions.SelectMany(region => region.Events).Select(one => (Who: ActorOf(one.ActorArn, accountId), Event: Event(one)))
                .Where(one => one is { Who: not null, Event.IsDenied: true } && who.Contains(one.Who!));
            return new DeniedAttempts(
                [.. attempts.Select(one => (one.Who!, one.Event!))],
                regions.Any(region => region.IsCutOff) ? "there are more events than the settings let the bot read (`Aws:CloudTrail:MostEvents`)"
                : lookups.Length > MostLookups ? $"it took more services than CloudTrail can be asked about: {MostLookups} of {lookups.Length} were" : null);
        }
        catch (AwsRefusedException refused)
        {
            return new DeniedAttempts([], AwsWords.Of(refused).Message);
        }
    }

    // Names are unique within a kind, whatever their path.
    private static IdentityRef? ActorOf(string? arn, string accountId) => arn?.Split(':', 6) is not [_, _, "iam", _, var account, var resource] || account != accountId ? null
        : resource.StartsWith("user/", StringComparison.Ordinal) ? new IdentityRef(IdentityKind.User, resource[(resource.LastIndexOf('/') + 1)..])
        : resource.StartsWith("role/", StringComparison.Ordinal) ? new IdentityRef(IdentityKind.Role, resource[(resource.LastIndexOf('/') + 1)..])
        : null;

    private static string SourceOf(ServiceNamespace service) => s_prefixes.FirstOrDefault(pair => pair.Value == service.Value).Key ?? service.Value;

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
