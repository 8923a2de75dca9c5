using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LastAccessedBot.Tests.Surfaces.Slack.Simulated;

/// <summary>How Slack reaches the bot; both: people come over HTTP, and the bot has its connections too.</summary>
internal enum WayIn { Http, SocketMode, Both }

/// <summary>What the bot acknowledged with.</summary>
internal sealed record SlackAnswer(int Status, string Body);

/// <summary>What people of the workspace do, delivered to the bot.</summary>
internal sealed class SlackPeople(SimulatedSlack slack, Uri bot, WayIn way = WayIn.Http) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = bot };

    /// <summary>The workspace that they are in.</summary>
    public string Team { get; init; } = SimulatedSlack.Team;

    /// <summary>Types a command; the acknowledgement.</summary>
    public Task<SlackAnswer> TypeAsync(string user, string text, string channel = SimulatedSlack.General) => DeliverAsync("slash_commands", Command(user, text, channel));

    /// <summary>Types a command that the bot answers with a card, and waits for the card's end.</summary>
    public async Task<SlackPost> AskAsync(string user, string text, string channel = SimulatedSlack.General)
    {
        var before = slack.SeenBy(user, channel).Count;
        Assert.Equal(new SlackAnswer(200, ""), await TypeAsync(user, text, channel));
        await slack.WhenAsync(() => slack.SeenBy(user, channel) is var seen && seen.Count > before && !IsUnderWay(seen[before]), $"`{text}` is answered");
        return slack.SeenBy(user, channel)[before];
    }

    /// <summary>Presses a button, and sees that the press was acknowledged.</summary>
    public async Task PressAsync(string user, SlackPost on, string value) => Assert.Equal(new SlackAnswer(200, ""), await DeliverAsync("interactive", Press(user, on, value)));

    /// <summary>Presses the button below the suggestion, and waits until the message says the outcome and nothing is under way.</summary>
    public async Task PressAsync(string user, SlackPost on, string suggestion, string label, string outcome)
    {
        var value = ButtonOf(on, suggestion, label);
        await PressAsync(user, on, value);
        await slack.WhenAsync(() => !IsUnderWay(on) && PartOf(on, suggestion).Contains(outcome, StringComparison.Ordinal), $"`{label}` on `{suggestion}` leads to `{outcome}`");
    }

    /// <summary>Presses a button whose outcome the presser alone hears.</summary>
    public async Task<SlackPost> ToldAsync(string user, SlackPost on, string value)
    {
        var before = slack.SeenBy(user, on.Channel).Count(post => post.OnlyFor == user);
        await PressAsync(user, on, value);
        await slack.WhenAsync(() => slack.SeenBy(user, on.Channel).Count(post => post.OnlyFor == user) > before, $"{user} is told something");
        return slack.SeenBy(user, on.Channel).Last(post => post.OnlyFor == user);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => await _http.SendAsync(request);

    /// <summary>Delivers a payload by the people's way in.</summary>
    /// <param name="type">As Socket Mode has it.</param>
    public async Task<SlackAnswer> DeliverAsync(string type, JsonObject payload)
    {
        if (way == WayIn.SocketMode)
        {
            var ack = await slack.Sockets.DeliverAsync(type, payload);
            return new SlackAnswer(200, ack["payload"]?.ToJsonString() ?? "");
        }
        using var answer = await _http.SendAsync(type switch
        {
            "interactive" => Signed("/slack/interactions", Interaction(payload)),
            "events_api" => Signed("/slack/events", payload.ToJsonString(), "application/json"),
            _ => Signed("/slack/commands", Form(payload)),
        });
        return new SlackAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>As the body of a request.</summary>
    public static string Form(JsonObject fields) => string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value!.GetValue<string>())}"));

    /// <inheritdoc cref="Form"/>
    public static string Interaction(JsonObject payload) => "payload=" + Uri.EscapeDataString(payload.ToJsonString());

    public JsonObject Command(string user, string text, string channel = SimulatedSlack.General, string? trigger = null) => new()
    {
        ["token"] = "legacy",
        ["team_id"] = Team,
        ["team_domain"] = "acme",
        ["channel_id"] = channel,
        ["channel_name"] = "general",
        ["user_id"] = user,
        ["user_name"] = slack.Users.TryGetValue(user, out var known) ? known.Name.ToLowerInvariant() : "stranger",
        ["command"] = "/unused",
        ["text"] = text,
        ["api_app_id"] = "A0BOT",
        ["is_enterprise_install"] = "false",
        ["response_url"] = slack.NewResponseUrl(user, channel, null).ToString(),
        ["trigger_id"] = trigger ?? slack.NewTrigger(),
    };

    /// <summary>As Slack tells of something that happened.</summary>
    public static JsonObject Event(JsonObject told, string? id = null, string team = SimulatedSlack.Team) => new()
    {
        ["token"] = "legacy",
        ["team_id"] = team,
        ["context_team_id"] = team,
        ["api_app_id"] = "A0BOT",
        ["event"] = told,
        ["type"] = "event_callback",
        ["event_id"] = id ?? $"Ev{Guid.NewGuid():N}",
        ["event_time"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        ["authorizations"] = new JsonArray(new JsonObject { ["team_id"] = team, ["user_id"] = SimulatedSlack.BotUser, ["is_bot"] = true }),
        ["is_ext_shared_channel"] = false,
    };

    public JsonObject Press(string user, SlackPost on, string value, string? trigger = null) => new()
    {
        ["type"] = "block_actions",
        ["api_app_id"] = "A0BOT",
        ["token"] = "legacy",
        ["trigger_id"] = trigger ?? slack.NewTrigger(),
        ["response_url"] = slack.NewResponseUrl(user, on.Channel, on.Ts).ToString(),
        ["team"] = new JsonObject { ["id"] = Team, ["domain"] = "acme" },
        ["user"] = new JsonObject { ["id"] = user, ["username"] = user, ["name"] = user, ["team_id"] = slack.Users.TryGetValue(user, out var known) ? known.Team : Team },
        ["channel"] = new JsonObject { ["id"] = on.Channel, ["name"] = "general" },
        ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = on.Ts, ["channel_id"] = on.Channel, ["is_ephemeral"] = on.OnlyFor is not null },
        ["message"] = new JsonObject { ["type"] = "message", ["ts"] = on.Ts, ["text"] = on.Text, ["blocks"] = on.Blocks.DeepClone() },
        ["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = "a.0", ["block_id"] = "b", ["value"] = value, ["action_ts"] = slack.NewTs() }),
    };

    /// <summary>Opens the app's Home tab, and waits until it is published.</summary>
    public async Task<SlackPost> OpenHomeAsync(string user)
    {
        var before = slack.Homes.GetValueOrDefault(user)?.Publishings ?? 0;
        Assert.Equal(new SlackAnswer(200, ""), await DeliverAsync("events_api", Event(HomeOpened(user))));
        await slack.WhenAsync(() => slack.Homes.GetValueOrDefault(user)?.Publishings > before, $"the Home of {user} is published");
        return slack.Homes[user].Seen;
    }

    /// <summary>Waits until the person's Home tab is as told.</summary>
    public async Task<SlackPost> WhenHomeAsync(string user, Func<SlackPost, bool> isSo, string what)
    {
        await slack.WhenAsync(() => isSo(slack.Homes[user].Seen), what);
        return slack.Homes[user].Seen;
    }

    /// <summary>Presses a button on the Home tab, and sees that the press was acknowledged.</summary>
    public async Task PressAtHomeAsync(string user, string value, string? trigger = null) => Assert.Equal(new SlackAnswer(200, ""), await DeliverAsync("interactive", PressAtHome(user, value, trigger)));

    public JsonObject HomeOpened(string user) => new()
    {
        ["type"] = "app_home_opened",
        ["user"] = user,
        ["channel"] = "D0" + user,
        ["tab"] = "home",
        ["event_ts"] = slack.NewTs(),
    };

    public JsonObject PressAtHome(string user, string value, string? trigger = null) => new()
    {
        ["type"] = "block_actions",
        ["trigger_id"] = trigger ?? slack.NewTrigger(),
        ["team"] = new JsonObject { ["id"] = SimulatedSlack.Team },
        ["user"] = new JsonObject { ["id"] = user, ["name"] = user, ["team_id"] = slack.Users.TryGetValue(user, out var known) ? known.Team : SimulatedSlack.Team },
        ["container"] = new JsonObject { ["type"] = "view", ["view_id"] = $"V0HOME{user}" },
        ["view"] = new JsonObject { ["id"] = $"V0HOME{user}", ["type"] = "home", ["private_metadata"] = "" },
        ["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = "a.0", ["value"] = value, ["action_ts"] = slack.NewTs() }),
    };

    public JsonObject PressInView(string user, string value) => new()
    {
        ["type"] = "block_actions",
        ["trigger_id"] = slack.NewTrigger(),
        ["team"] = new JsonObject { ["id"] = SimulatedSlack.Team },
        ["user"] = new JsonObject { ["id"] = user, ["name"] = user, ["team_id"] = SimulatedSlack.Team },
        ["container"] = new JsonObject { ["type"] = "view", ["view_id"] = slack.OpenViews["last"].Id },
        ["view"] = new JsonObject { ["id"] = slack.OpenViews["last"].Id, ["private_metadata"] = slack.OpenViews["last"].View["private_metadata"]!.GetValue<string>() },
        ["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = "details.next", ["value"] = value, ["action_ts"] = slack.NewTs() }),
    };

    /// <summary>Fills in the open modal and submits it.</summary>
    /// <param name="inputs">Block id → what is written or chosen there; null leaves it empty.</param>
    public JsonObject Submit(string user, params (string Block, string? Given)[] inputs)
    {
        var (id, view) = slack.OpenViews["last"];
        var values = new JsonObject();
        foreach (var element in view["blocks"]!.AsArray().Where(block => block!["type"]!.GetValue<string>() == "input"))
        {
            var (block, type, action) = (element!["block_id"]!.GetValue<string>(), element["element"]!["type"]!.GetValue<string>(), element["element"]!["action_id"]!.GetValue<string>());
            var given = inputs.FirstOrDefault(input => input.Block == block).Given;
            values[block] = new JsonObject
            {
                [action] = type == "static_select"
                    ? new JsonObject { ["type"] = type, ["selected_option"] = given is null ? null : new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = given }, ["value"] = given } }
                    : new JsonObject { ["type"] = type, ["value"] = given },
            };
        }
        return new JsonObject
        {
            ["type"] = "view_submission",
            ["api_app_id"] = "A0BOT",
            ["token"] = "legacy",
            ["trigger_id"] = slack.NewTrigger(),
            ["team"] = new JsonObject { ["id"] = SimulatedSlack.Team, ["domain"] = "acme" },
            ["user"] = new JsonObject { ["id"] = user, ["username"] = user, ["name"] = user, ["team_id"] = slack.Users.TryGetValue(user, out var known) ? known.Team : SimulatedSlack.Team },
            ["view"] = new JsonObject
            {
                ["id"] = id,
                ["type"] = "modal",
                ["callback_id"] = view["callback_id"]!.DeepClone(),
                ["private_metadata"] = view["private_metadata"]!.DeepClone(),
                ["hash"] = "1.a",
                ["state"] = new JsonObject { ["values"] = values },
            },
            ["response_urls"] = new JsonArray(),
        };
    }

    /// <summary>As Slack signs it, for the moment that is <paramref name="seconds"/> away.</summary>
    public static HttpRequestMessage Signed(string path, string body, string type = "application/x-www-form-urlencoded", int seconds = 0, string secret = SimulatedSlack.SigningSecret)
    {
        var stamp = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Add("X-Slack-Request-Timestamp", stamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{stamp}:{body}"))));
        return request;
    }

    /// <summary>The value of the button below the newest suggestion of the title.</summary>
    public static string ButtonOf(SlackPost on, string suggestion, string label)
    {
        JsonNode? below = null;
        var isThere = false;
        foreach (var block in on.Blocks.Select(block => block!.AsObject()))
        {
            if (block["type"]!.GetValue<string>() == "section") isThere = Plain(block["text"]!["text"]!.GetValue<string>()).Split('\n')[0].Contains(suggestion, StringComparison.Ordinal);
            else if (isThere && block["type"]!.GetValue<string>() == "actions") below = block;
        }
        return below?["elements"]!.AsArray().FirstOrDefault(button => button!["text"]!["text"]!.GetValue<string>() == label)?["value"]!.GetValue<string>()
            ?? throw new Xunit.Sdk.XunitException($"No button `{label}` below `{suggestion}`:\n{on}");
    }

    /// <summary>What the block says that begins with the newest suggestion of the title; nothing where there is none.</summary>
    public static string PartOf(SlackPost on, string suggestion) => on.Blocks.Where(block => block!["type"]!.GetValue<string>() == "section")
        .Select(block => Plain(block!["text"]!["text"]!.GetValue<string>())).LastOrDefault(text => text.Split('\n')[0].Contains(suggestion, StringComparison.Ordinal)) ?? "";

    public void Dispose() => _http.Dispose();

    private static bool IsUnderWay(SlackPost post) => post.Words.Contains(":hourglass", StringComparison.Ordinal);

    private static string Plain(string markup) => markup.Replace("*", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
}
