using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LastAccessedBot.Aws.Wire;

/// <summary>
/// CloudTrail's lookup of one region, under the name that the official SDK gives it, so that <c>AWSSDK.CloudTrail</c> can take this class's
/// place. Throws <see cref="Flows.AwsFailureException"/> (refused or unreachable) and <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class CloudTrailClient
{
    private const int MostOnPage = 50;

    private readonly WireClient wire;

    internal CloudTrailClient(WireClient wire) => this.wire = wire;

    /// <summary>The management events of a user, or of a service, the latest first: fifty a page, so many at most.</summary>
    /// <param name="read">Told after each page how many came with it.</param>
    public async Task<LookedUpEvents> LookupEventsAsync(LookupAttribute by, string value, DateTimeOffset from, DateTimeOffset until, int most, Action<int> read, CancellationToken ct)
    {
        var events = ImmutableArray.CreateBuilder<LookedUpEvent>();
        string? token = null;
        do
        {
            var before = token;
            (var page, token) = await wire.ReadAsync("LookupEvents", Asked(by, value, from, until, before),
                body => JsonAnswer.Of(body, answer => (answer.Items("Events", LookedUpEvent.From), answer.NextToken("NextToken", before))), ct);
            events.AddRange(page);
            read(page.Length);
        }
        while (token is not null && events.Count < most);
        return new LookedUpEvents([.. events.Take(most)], token is not null || events.Count > most);
    }

    // Another page is asked for with everything else exactly as before.
    private static JsonObject Asked(LookupAttribute by, string value, DateTimeOffset from, DateTimeOffset until, string? token)
    {
        var asked = new JsonObject
        {
            ["LookupAttributes"] = new JsonArray(new JsonObject { ["AttributeKey"] = by.ToString(), ["AttributeValue"] = value }),
            ["StartTime"] = from.ToUnixTimeSeconds(),
            ["EndTime"] = until.ToUnixTimeSeconds(),
            ["MaxResults"] = MostOnPage,
        };
        if (token is not null) asked["NextToken"] = token;
        return asked;
    }
}

/// <summary>What CloudTrail looks events up by; AWS takes one at a time.</summary>
public enum LookupAttribute { Username, EventSource }

/// <param name="IsCutOff">There are more.</param>
public sealed record LookedUpEvents(ImmutableArray<LookedUpEvent> Events, bool IsCutOff);

/// <param name="EventSource">Like <c>s3.amazonaws.com</c>.</param>
/// <param name="UserArn">Who did it; null where the record does not say.</param>
/// <param name="RoleArn">The role whose session did it; null where it was none.</param>
/// <param name="ErrorCode">null: it succeeded.</param>
public sealed record LookedUpEvent(string EventSource, string EventName, DateTimeOffset EventTime, string? UserArn, string? RoleArn, string? ErrorCode)
{
    /// <summary>The identity that IAM knows: of a session the role.</summary>
    public string? ActorArn => RoleArn ?? UserArn;

    internal static LookedUpEvent From(JsonElement json)
    {
        var (arn, role, error) = Record(json.TextOrNull("CloudTrailEvent"));
        return new LookedUpEvent(json.Text("EventSource"), json.Text("EventName"), json.SecondsOrNull("EventTime") ?? throw new UnreadableAnswerException("`EventTime` is missing"), arn, role, error);
    }

    // The record itself is a JSON text within the JSON.
    private static (string? Arn, string? RoleArn, string? ErrorCode) Record(string? text)
    {
        if (text is null) return (null, null, null);
        try
        {
            using var record = JsonDocument.Parse(text);
            var user = record.RootElement.Child("userIdentity");
            var issuer = user?.Child("sessionContext")?.Child("sessionIssuer");
            return (user?.TextOrNull("arn"), issuer?.TextOrNull("arn"), record.RootElement.TextOrNull("errorCode"));
        }
        catch (JsonException unreadable)
        {
            throw new UnreadableAnswerException("an event's record is not JSON", unreadable);
        }
    }
}
