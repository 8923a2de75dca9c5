using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace LastAccessedBot.Tests.Surfaces.Teams.Simulated;

/// <summary>What the bot answered with.</summary>
internal sealed record TeamsAnswer(int Status, JsonObject? Body);

/// <summary>What people of the tenant do, delivered to the bot as Teams delivers it.</summary>
internal sealed class TeamsPeople(SimulatedTeams teams, Uri bot) : IDisposable
{
    private const string CardType = "application/vnd.microsoft.card.adaptive";

    private readonly HttpClient _http = new() { BaseAddress = bot };

    /// <summary>Says a line to the bot: with a mention of it, where others are.</summary>
    public Task<TeamsAnswer> SayAsync(string who, string line, string chat = SimulatedTeams.General) => DeliverAsync(Message(who, line, chat));

    /// <summary>Says a line that the bot answers with a card, and waits for the card's end.</summary>
    public async Task<TeamsPost> AskAsync(string who, string line, string chat = SimulatedTeams.General)
    {
        var before = teams.SeenBy(who, chat).Count;
        Assert.Equal(202, (await SayAsync(who, line, chat)).Status);
        await teams.WhenAsync(() => teams.SeenBy(who, chat) is var seen && seen.Count > before && !TeamsEyes.Read(seen[before], who).IsUnderWay, $"`{line}` is answered");
        return teams.SeenBy(who, chat)[before];
    }

    /// <summary>Presses a button, also one that the message does not have; what the presser sees at once is theirs alone.</summary>
    public async Task PressAsync(string who, TeamsPost on, string choice)
    {
        var answer = await DeliverAsync(Press(who, on, choice));
        Assert.Equal(200, answer.Status);
        Show(who, on, answer.Body!);
    }

    /// <summary>Presses the button below the suggestion, and waits until the message says the outcome and nothing is under way.</summary>
    public async Task PressAsync(string who, TeamsPost on, string suggestion, string label, string outcome)
    {
        await PressAsync(who, on, ChatRoom.Of(TeamsEyes.Read(on, who), suggestion).Button(label));
        await SaysAsync(who, on, suggestion, outcome);
    }

    public Task SaysAsync(string who, TeamsPost on, string suggestion, string outcome) => teams.WhenAsync(
        () => TeamsEyes.Read(on, who) is { IsUnderWay: false } seen && seen.Suggestion(suggestion)?.Words.Contains(outcome, StringComparison.Ordinal) == true, $"`{suggestion}` says `{outcome}`");

    /// <summary>Presses a button whose outcome the presser alone hears.</summary>
    public async Task<SeenMessage> ToldAsync(string who, TeamsPost on, string choice)
    {
        var before = teams.SeenBy(who, on.Chat).Count(post => post.OnlyFor == who);
        await PressAsync(who, on, choice);
        await teams.WhenAsync(() => teams.SeenBy(who, on.Chat).Count(post => post.OnlyFor == who) > before, $"{who} is told something");
        return TeamsEyes.Read(teams.SeenBy(who, on.Chat).Last(post => post.OnlyFor == who), who);
    }

    /// <summary>The client shows the card, and asks whether it is still so.</summary>
    public async Task<SeenMessage> RefreshAsync(string who, TeamsPost on)
    {
        var refresh = on.Card!["refresh"]!["action"]!.AsObject();
        var answer = await DeliverAsync(Invoke(who, on.Chat, on.Id, "adaptiveCard/action", new JsonObject { ["action"] = refresh.DeepClone(), ["trigger"] = "automatic" }));
        Assert.Equal(200, answer.Status);
        Show(who, on, answer.Body!);
        return TeamsEyes.Read(on, who);
    }

    /// <summary>Opens a dialog from a message; what it shows.</summary>
    /// <param name="title">Of the button.</param>
    /// <param name="number">Which of the buttons of this title.</param>
    public Task<JsonObject> OpenDialogAsync(string who, TeamsPost on, string title, int number = 0) =>
        OpenAsync(who, on, Submits(who, on).Where(action => action["title"]!.GetValue<string>() == title).ElementAt(number));

    /// <summary>Opens the dialog in which a choice asks for something before it counts.</summary>
    public Task<JsonObject> OpenFormAsync(string who, TeamsPost on, string choice) => OpenAsync(who, on, Submits(who, on).Single(action => action["data"]!["choice"]?.GetValue<string>() == choice));

    /// <summary>Submits from within a dialog; what it shows next, null where it closes.</summary>
    public async Task<JsonObject?> SubmitAsync(string who, string chat, JsonObject dialog, string title, params (string Input, string Given)[] inputs)
    {
        var data = TeamsEyes.Actions(dialog).First(action => action["title"]!.GetValue<string>() == title)["data"]!.DeepClone().AsObject();
        foreach (var (input, given) in inputs) data[input] = given;
        // Teams does not say there which message the dialog was opened from.
        var answer = await DeliverAsync(Invoke(who, chat, null, "task/submit", new JsonObject { ["data"] = data, ["context"] = new JsonObject { ["theme"] = "default" } }));
        return answer is { Status: 200, Body: null } ? null : Dialog(answer);
    }

    public async Task<TeamsAnswer> DeliverAsync(JsonObject activity, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? teams.Authority.Mint(draft => draft with { ServiceUrl = teams.ServiceUrl.ToString() }));
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        return new TeamsAnswer((int)answer.StatusCode, body.Length > 0 ? JsonNode.Parse(body)!.AsObject() : null);
    }

    public JsonObject Message(string who, string line, string chat)
    {
        var isPersonal = teams.Chats[chat].Kind == "personal";
        // Teams writes three characters of a typed line as entities.
        var encoded = line.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        var activity = Activity(who, chat, "message");
        activity["text"] = isPersonal ? encoded : $"<at>LastAccessedBot</at>\u00a0{encoded}\r\n";
        activity["textFormat"] = "plain";
        activity["entities"] = isPersonal
            ? new JsonArray(ClientInfo())
            : new JsonArray(
                new JsonObject { ["type"] = "mention", ["mentioned"] = new JsonObject { ["id"] = SimulatedTeams.Bot, ["name"] = "LastAccessedBot" }, ["text"] = "<at>LastAccessedBot</at>" },
                ClientInfo());
        return activity;
    }

    public JsonObject Press(string who, TeamsPost on, string choice)
    {
        var button = on.CardFor(who) is { } card ? TeamsEyes.Actions(card).FirstOrDefault(action => action["verb"]?.GetValue<string>() == "press" && action["data"]!["choice"]!.GetValue<string>() == choice) : null;
        var action = button?.DeepClone().AsObject() ?? new JsonObject { ["type"] = "Action.Execute", ["verb"] = "press", ["data"] = new JsonObject { ["choice"] = choice, ["stamp"] = teams.NewId() } };
        action.Remove("fallback");
        return Invoke(who, on.Chat, on.Id, "adaptiveCard/action", new JsonObject { ["action"] = action, ["trigger"] = "manual" });
    }

    public JsonObject Invoke(string who, string chat, string? on, string name, JsonObject value)
    {
        var activity = Activity(who, chat, "invoke");
        activity["name"] = name;
        activity["value"] = value;
        if (on is not null) activity["replyToId"] = on;
        return activity;
    }

    /// <summary>The same, delivered again: as a later try of Teams' does, with an id and a time of its own.</summary>
    public JsonObject Again(JsonObject activity)
    {
        var again = activity.DeepClone().AsObject();
        again["id"] = $"f:{teams.NewId()}";
        again["timestamp"] = TimeProvider.System.GetUtcNow().ToString("O");
        return again;
    }

    public JsonObject Activity(string who, string chat, string type)
    {
        var (user, kind) = (teams.Users[who], teams.Chats[chat].Kind);
        var data = new JsonObject { ["tenant"] = new JsonObject { ["id"] = SimulatedTeams.Tenant } };
        if (kind == "channel")
        {
            data["team"] = new JsonObject { ["id"] = SimulatedTeams.Team, ["aadGroupId"] = SimulatedTeams.TeamGroup };
            data["channel"] = new JsonObject { ["id"] = chat };
        }
        var conversation = new JsonObject { ["id"] = chat, ["conversationType"] = kind, ["tenantId"] = SimulatedTeams.Tenant };
        if (kind != "personal") conversation["isGroup"] = true;
        return new JsonObject
        {
            ["type"] = type,
            ["id"] = type == "invoke" ? $"f:{teams.NewId()}" : teams.NewId(),
            ["timestamp"] = TimeProvider.System.GetUtcNow().ToString("O"),
            ["channelId"] = "msteams",
            ["serviceUrl"] = teams.ServiceUrl.ToString(),
            ["from"] = new JsonObject { ["id"] = user.Id, ["name"] = user.Name, ["aadObjectId"] = user.ObjectId },
            ["recipient"] = new JsonObject { ["id"] = SimulatedTeams.Bot, ["name"] = "LastAccessedBot" },
            ["conversation"] = conversation,
            ["channelData"] = data,
            ["locale"] = "en-US",
        };
    }

    public void Dispose() => _http.Dispose();

    private static IEnumerable<JsonObject> Submits(string who, TeamsPost on) => TeamsEyes.Actions(on.CardFor(who)!).Where(action => action["type"]!.GetValue<string>() == "Action.Submit");

    private async Task<JsonObject> OpenAsync(string who, TeamsPost on, JsonObject submit) => Dialog(await DeliverAsync(Invoke(
        who, on.Chat, on.Id, "task/fetch", new JsonObject { ["data"] = submit["data"]!.DeepClone(), ["context"] = new JsonObject { ["theme"] = "default" } })));

    private static JsonObject Dialog(TeamsAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        Assert.Equal("continue", answer.Body!["task"]!["type"]!.GetValue<string>());
        Assert.Equal(CardType, answer.Body["task"]!["value"]!["card"]!["contentType"]!.GetValue<string>());
        return answer.Body["task"]!["value"]!["card"]!["content"]!.AsObject();
    }

    private void Show(string who, TeamsPost on, JsonObject answer)
    {
        Assert.Equal(200, answer["statusCode"]!.GetValue<int>());
        if (answer["type"]!.GetValue<string>() != CardType) return;
        teams.Change(() => on.Copies[who] = answer["value"]!.DeepClone().AsObject());
    }

    private static JsonObject ClientInfo() => new() { ["type"] = "clientInfo", ["locale"] = "en-US", ["country"] = "US", ["platform"] = "Web", ["timezone"] = "Europe/Berlin" };
}
