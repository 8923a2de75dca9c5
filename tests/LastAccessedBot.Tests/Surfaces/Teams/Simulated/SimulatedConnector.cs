using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LastAccessedBot.Tests.Surfaces.Teams.Simulated;

/// <summary>The operations of Teams' connector that a bot calls, with the errors that Teams gives, and Graph's list of a team's members.</summary>
internal sealed class SimulatedConnector(SimulatedTeams teams)
{
    /// <summary>Counted as Teams counts, two bytes for each character.</summary>
    private const int LargestMessage = 100 * 1024;

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/emea/v3/conversations", http => AnswerAsync(http, "create", Create));
        routes.MapPost("/emea/v3/conversations/{chat}/activities", http => AnswerAsync(http, "send", Send));
        routes.MapPut("/emea/v3/conversations/{chat}/activities/{id}", http => AnswerAsync(http, "update", Update));
        routes.MapDelete("/emea/v3/conversations/{chat}/activities/{id}", http => AnswerAsync(http, "delete", Delete));
        routes.MapGet("/emea/v3/conversations/{chat}/members/{member}", http => AnswerAsync(http, "member", Member));
        routes.MapGet("/graph/teams/{group}/members", http => AnswerAsync(http, "owners", Owners));
    }

    private async Task AnswerAsync(HttpContext http, string operation, Func<HttpContext, JsonObject, (int Status, JsonObject Body)> answer)
    {
        var text = await new StreamReader(http.Request.Body).ReadToEndAsync();
        var body = text.Length > 0 ? JsonNode.Parse(text)!.AsObject() : [];
        teams.Change(() =>
        {
            teams.Arrived.Add(text);
            return true;
        });
        await teams.Faults.Held;
        var (status, said) = Faulty(http, operation)
            ?? (http.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] && teams.Authority.Issued.ContainsKey(token)
                ? 2 * text.Length > LargestMessage ? Error(413, "MessageSizeTooBig") : teams.Change(() => answer(http, body))
                : Error(401, "Unauthorized"));
        if (status < 300 && teams.Faults.Lost.GetValueOrDefault(operation) is > 0 and var lost)
        {
            teams.Faults.Lost[operation] = lost - 1;
            (status, said) = Error(502, "BadGateway");
        }
        teams.Calls.Enqueue(new TeamsCall(operation, status, body));
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(said.ToJsonString());
    }

    private (int Status, JsonObject Body)? Faulty(HttpContext http, string operation)
    {
        if (teams.Faults.Throttled.TryGetValue(operation, out var throttled) && throttled.Times > 0)
        {
            teams.Faults.Throttled[operation] = throttled with { Times = throttled.Times - 1 };
            if (throttled.Seconds is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Error(429, "TooManyRequests");
        }
        if (!teams.Faults.Failing.TryGetValue(operation, out var failing) || failing.Times == 0) return null;
        teams.Faults.Failing[operation] = failing with { Times = failing.Times - 1 };
        return Error(failing.Status, "Scripted");
    }

    private (int Status, JsonObject Body) Create(HttpContext http, JsonObject body)
    {
        if (body["isGroup"]!.GetValue<bool>() || body["members"]!.AsArray() is not [{ } member] || body["tenantId"]!.GetValue<string>() != SimulatedTeams.Tenant) return Error(400, "BadSyntax");
        var user = teams.Users.Values.SingleOrDefault(one => one.Id == member["id"]!.GetValue<string>());
        if (user is null || !teams.Chats[SimulatedTeams.Personal(user.ObjectId)].HasBot) return Error(403, "BotNotInConversationRoster");
        return (201, new JsonObject { ["id"] = SimulatedTeams.Personal(user.ObjectId) });
    }

    private (int Status, JsonObject Body) Send(HttpContext http, JsonObject body)
    {
        if (Chat(http) is not { } chat) return Error(404, "ConversationNotFound");
        if (!chat.HasBot) return Error(403, "BotNotInConversationRoster");
        if (Fault(body) is { } fault) return fault;
        string? onlyFor = null;
        if (http.Request.Query["isTargetedActivity"] == "true")
        {
            if (chat.Kind == "personal" || teams.Faults.HasNoTargeted) return Error(400, "BadSyntax");
            onlyFor = teams.Users.Values.SingleOrDefault(user => user.Id == body["recipient"]?["id"]?.GetValue<string>())?.ObjectId;
            if (onlyFor is null || !chat.Members.Contains(onlyFor) || body["recipient"]!["isTargeted"]?.GetValue<bool>() != true) return Error(400, "BadSyntax");
        }
        var post = new TeamsPost(chat.Id, teams.NewId(), onlyFor) { Activity = body };
        teams.Posts.Add(post);
        return (201, new JsonObject { ["id"] = post.Id });
    }

    private (int Status, JsonObject Body) Update(HttpContext http, JsonObject body)
    {
        if (Chat(http) is not { } chat || Post(http) is not { } post) return Error(404, "ActivityNotFoundInConversation");
        if (!chat.HasBot) return Error(403, "BotNotInConversationRoster");
        if (Fault(body) is { } fault) return fault;
        post.Activity = body;
        post.Updates++;
        post.Copies.Clear();
        return (200, new JsonObject { ["id"] = post.Id });
    }

    private (int Status, JsonObject Body) Delete(HttpContext http, JsonObject body)
    {
        if (Post(http) is not { } post) return Error(404, "ActivityNotFoundInConversation");
        teams.Posts.Remove(post);
        return (200, []);
    }

    private (int Status, JsonObject Body) Member(HttpContext http, JsonObject body)
    {
        var asked = (string)http.GetRouteValue("member")!;
        var user = teams.Users.Values.SingleOrDefault(one => one.Id == asked || one.ObjectId == asked);
        return user is null || Chat(http)?.Members.Contains(user.ObjectId) != true
            ? Error(404, "MemberNotFoundInConversation")
            : (200, new JsonObject { ["id"] = user.Id, ["objectId"] = user.ObjectId, ["aadObjectId"] = user.ObjectId, ["name"] = user.Name, ["tenantId"] = user.Tenant, ["userRole"] = user.Role });
    }

    private (int Status, JsonObject Body) Owners(HttpContext http, JsonObject body) => teams.Owners.TryGetValue((string)http.GetRouteValue("group")!, out var owners)
        ? (200, new JsonObject
        {
            ["value"] = new JsonArray([.. teams.Users.Values.Select(user => new JsonObject
            {
                ["userId"] = user.ObjectId,
                ["displayName"] = user.Name,
                ["roles"] = owners.Contains(user.ObjectId) ? new JsonArray("owner") : [],
            })]),
        })
        : Error(404, "NotFound");

    private (int Status, JsonObject Body)? Fault(JsonObject activity)
    {
        if (activity["from"]?["id"]?.GetValue<string>() != SimulatedTeams.Bot || activity["conversation"]?["id"] is null || activity["type"]?.GetValue<string>() != "message") return Error(400, "BadSyntax");
        if (activity["attachments"] is not JsonArray { Count: > 0 } attachments) return activity["text"] is null ? Error(400, "BadSyntax") : null;
        if (teams.Faults.CardsRefused > 0)
        {
            teams.Faults.CardsRefused--;
            return Error(400, "BadSyntax");
        }
        if (activity["summary"] is null) return Error(400, "BadSyntax");
        return attachments.All(one => one!["contentType"]!.GetValue<string>() == "application/vnd.microsoft.card.adaptive" && one["content"]!["type"]!.GetValue<string>() == "AdaptiveCard" && one["content"]!["version"]!.GetValue<string>() == "1.5")
            ? null
            : Error(400, "BadSyntax");
    }

    private TeamsChat? Chat(HttpContext http) => teams.Chats.GetValueOrDefault(((string)http.GetRouteValue("chat")!).Split(";messageid=")[0]);

    private TeamsPost? Post(HttpContext http) => teams.Posts.SingleOrDefault(post => post.Id == (string)http.GetRouteValue("id")! && post.Chat == Chat(http)?.Id);

    private static (int Status, JsonObject Body) Error(int status, string code) => (status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "scripted" } });
}
