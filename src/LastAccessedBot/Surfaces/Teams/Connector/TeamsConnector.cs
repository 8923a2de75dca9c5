using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Surfaces.Teams.Payloads;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Teams.Connector;

/// <summary>What the bot asks of Teams: messages, chats, rosters. Nothing but allowed hosts are ever called, for every call carries the bot's token.</summary>
internal sealed class TeamsConnector(ConnectorClient client, ServiceAddresses addresses, IOptions<TeamsOptions> options)
{
    /// <summary>Says something; the new message's id.</summary>
    public async Task<string> SendAsync(Place place, JsonObject message, CancellationToken cancellation) =>
        IdIn(await client.CallAsync(In(place, "send", HttpMethod.Post, "activities", isRepeatable: false, Addressed(place, message)), cancellation), "send");

    /// <summary>Says something that only one person of the conversation sees.</summary>
    public async Task<string> SendOnlyToAsync(Place place, string account, JsonObject message, CancellationToken cancellation)
    {
        var targeted = Addressed(place, message);
        targeted["recipient"] = new JsonObject { ["id"] = account, ["isTargeted"] = true };
        return IdIn(await client.CallAsync(In(place, "send targeted", HttpMethod.Post, "activities?isTargetedActivity=true", isRepeatable: false, targeted), cancellation), "send targeted");
    }

    /// <summary>Replaces a message for everyone.</summary>
    public Task ReplaceAsync(Place place, string id, JsonObject message, CancellationToken cancellation)
    {
        var whole = Addressed(place, message);
        whole["id"] = id;
        return client.CallAsync(In(place, "update", HttpMethod.Put, $"activities/{Uri.EscapeDataString(id)}", isRepeatable: true, whole), cancellation);
    }

    public Task DeleteAsync(Place place, string id, CancellationToken cancellation) =>
        client.CallAsync(In(place, "delete", HttpMethod.Delete, $"activities/{Uri.EscapeDataString(id)}", isRepeatable: true), cancellation);

    /// <summary>The personal chat with somebody of the tenant, opened where there is none yet; the same one however often it is asked for.</summary>
    public async Task<Place> OpenChatAsync(Place met, Account with, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["isGroup"] = false,
            ["bot"] = new JsonObject { ["id"] = met.Bot },
            ["members"] = new JsonArray(new JsonObject { ["id"] = with.Id }),
            ["tenantId"] = met.Tenant,
        };
        var answer = await client.CallAsync(
            new ConnectorCall("open chat", HttpMethod.Post, At(met.ServiceUrl, "v3/conversations"), $"{met.Tenant} {with.Id}", IsRepeatable: true, options.Value.Scope, body), cancellation);
        return new Place(met.Tenant, IdIn(answer, "open chat"), "personal", met.ServiceUrl, met.Bot);
    }

    /// <summary>Somebody as the conversation's roster has them.</summary>
    public Task<JsonElement> MemberAsync(Place place, string account, CancellationToken cancellation) =>
        client.CallAsync(In(place, "member", HttpMethod.Get, $"members/{Uri.EscapeDataString(account)}", isRepeatable: true), cancellation);

    private static JsonObject Addressed(Place place, JsonObject message)
    {
        var whole = message.DeepClone().AsObject();
        whole["type"] = "message";
        whole["from"] = new JsonObject { ["id"] = place.Bot };
        whole["conversation"] = new JsonObject { ["id"] = place.Id };
        return whole;
    }

    private ConnectorCall In(Place place, string operation, HttpMethod method, string path, bool isRepeatable, JsonObject? body = null) =>
        new(operation, method, At(place.ServiceUrl, $"v3/conversations/{Uri.EscapeDataString(place.Id)}/{path}"), $"{place.Tenant} {place.Id}", isRepeatable, options.Value.Scope, body);

    private Uri At(Uri service, string path) => addresses.Admitted(service.OriginalString) is { } admitted
        ? new Uri($"{admitted.ToString().TrimEnd('/')}/{path}")
        : throw new ConnectorRefusedException("any", System.Net.HttpStatusCode.Forbidden, "ServiceHostNotAllowed", $"{service.Host} is none of Teams:AllowedServiceHosts");

    private static string IdIn(JsonElement answer, string operation) =>
        answer.Text("id", 400) is { } id && TeamsIds.IsId(id) ? id : throw new ConnectorUnreachableException(operation, "there was no id in the answer", mayHaveHappened: true);
}
