using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Sandbox.Model;
using LastAccessedBot.Sandbox.Services;
using LastAccessedBot.Sandbox.Wire;

namespace LastAccessedBot.Sandbox.CloudTrail;

/// <summary>
/// CloudTrail's <c>LookupEvents</c> over what the account's users and roles did: one attribute a lookup, ninety days, fifty events a page. Everything was
/// recorded in us-east-1; other regions have no events.
/// </summary>
internal static class EventLookup
{
    private const int MostOnPage = 50;
    private const string HomeRegion = "us-east-1";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public static JsonObject Run(ServiceCall call, JsonElement asked)
    {
        var most = Number(asked, "MaxResults") ?? MostOnPage;
        if (most is < 1 or > MostOnPage)
            throw new AwsException("InvalidMaxResultsException", 400, $"A maximum of {MostOnPage} results can be requested.");
        var (from, until) = (Number(asked, "StartTime"), Number(asked, "EndTime"));
        if (from > until)
            throw new AwsException("InvalidTimeRangeException", 400, "The end time must be later than the start time.");
        var (key, value) = Attribute(asked);
        var events = (call.Region == HomeRegion ? Events(call) : [])
            .Where(one => call.Now - one.At <= Kept)
            .Where(one => (from is null || one.At.ToUnixTimeSeconds() >= from) && (until is null || one.At.ToUnixTimeSeconds() <= until))
            .Where(one => one.Has(key, value))
            .OrderByDescending(one => one.At).ThenBy(one => one.Id, StringComparer.Ordinal);
        var list = $"{call.Caller.AccessKeyId} LookupEvents {key}={value} {from} {until}";
        var page = Cut(call, events, list, asked.TryGetProperty("NextToken", out var token) ? token.GetString() : null, (int)most);
        var answer = new JsonObject { ["Events"] = new JsonArray([.. page.Items.Select(one => one.Write(call.State.Id))]) };
        if (page.Next is not null)
            answer["NextToken"] = page.Next;
        return answer;
    }

    private static Page<TrailedEvent> Cut(ServiceCall call, IEnumerable<TrailedEvent> events, string list, string? token, int most)
    {
        try
        {
            return call.Paging.Cut(events, list, token, most);
        }
        catch (AwsException)
        {
            throw new AwsException("InvalidNextTokenException", 400, "The token that you specified is not valid, or its lookup had other parameters.");
        }
    }

    private static (string? Key, string? Value) Attribute(JsonElement asked)
    {
        if (!asked.TryGetProperty("LookupAttributes", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            return (null, null);
        if (list.GetArrayLength() > 1 || list[0].ValueKind != JsonValueKind.Object
            || !list[0].TryGetProperty("AttributeKey", out var key) || !list[0].TryGetProperty("AttributeValue", out var value))
            throw new AwsException("InvalidLookupAttributesException", 400, "One attribute can be specified, with its key and its value.");
        return key.GetString() is "Username" or "EventName" or "EventSource" or "EventId" ? (key.GetString(), value.GetString())
            : throw new AwsException("InvalidLookupAttributesException", 400, $"The sandbox looks nothing up by {key}.");
    }

    private static long? Number(JsonElement asked, string name) =>
        asked.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? (long)value.GetDouble() : null;

    private static IEnumerable<TrailedEvent> Events(ServiceCall call) =>
        call.State.Users.Values.Concat<Actor>(call.State.Roles.Values).SelectMany(actor =>
            Of(call, actor, actor.Used, null).Concat(Of(call, actor, actor.Recorded, null)).Concat(Of(call, actor, actor.Denied, "AccessDenied")));

    private static IEnumerable<TrailedEvent> Of(ServiceCall call, Actor actor, IReadOnlyDictionary<string, When> attempts, string? error) => attempts.Select(attempt =>
    {
        var parts = attempt.Key.Split(':');
        // Where only the service is told, one of its actions stands for it.
        var action = parts.Length > 1 ? parts[1] : ServiceCatalog.Default.TrackedActions.GetValueOrDefault(parts[0], ["Describe"])[0];
        return new TrailedEvent(actor, parts[0], action, attempt.Value.Since(call.LoadedAt), error);
    });

    private sealed record TrailedEvent(Actor Actor, string Service, string Action, DateTimeOffset At, string? Error)
    {
        public string Id => $"{Actor.Name}-{Service}-{Action}-{At.ToUnixTimeSeconds()}";

        // A role's events bear the name of the session, which whoever assumes it chose.
        private string UserName => Actor is Role ? $"{Actor.Name}-session" : Actor.Name;

        private string Source => $"{Service}.amazonaws.com";

        public bool Has(string? key, string? value) => key switch
        {
            null => true,
            "Username" => UserName == value,
            "EventName" => Action == value,
            "EventSource" => Source == value,
            _ => Id == value,
        };

        public JsonObject Write(string accountId)
        {
            var record = new JsonObject
            {
                ["eventVersion"] = "1.11",
                ["userIdentity"] = Who(accountId),
                ["eventTime"] = At.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
                ["eventSource"] = Source,
                ["eventName"] = Action,
                ["awsRegion"] = HomeRegion,
                ["eventID"] = Id,
                ["eventType"] = "AwsApiCall",
                ["managementEvent"] = true,
            };
            if (Error is not null)
                (record["errorCode"], record["errorMessage"]) = (Error, $"User: {Actor.ArnIn(accountId)} is not authorized to perform: {Service}:{Action}");
            return new JsonObject
            {
                ["EventId"] = Id,
                ["EventName"] = Action,
                ["EventSource"] = Source,
                ["EventTime"] = At.ToUnixTimeSeconds(),
                ["ReadOnly"] = Action.StartsWith("Get", StringComparison.Ordinal) || Action.StartsWith("List", StringComparison.Ordinal) || Action.StartsWith("Describe", StringComparison.Ordinal) ? "true" : "false",
                ["Username"] = UserName,
                ["Resources"] = new JsonArray(),
                ["CloudTrailEvent"] = record.ToJsonString(),
            };
        }

        private JsonObject Who(string accountId) => Actor is Role
            ? new JsonObject
            {
                ["type"] = "AssumedRole",
                ["arn"] = $"arn:aws:sts::{accountId}:assumed-role/{Actor.Name}/{UserName}",
                ["accountId"] = accountId,
                ["sessionContext"] = new JsonObject { ["sessionIssuer"] = new JsonObject { ["type"] = "Role", ["arn"] = Actor.ArnIn(accountId), ["accountId"] = accountId, ["userName"] = Actor.Name } },
            }
            : new JsonObject { ["type"] = "IAMUser", ["arn"] = Actor.ArnIn(accountId), ["accountId"] = accountId, ["userName"] = Actor.Name };
    }
}
