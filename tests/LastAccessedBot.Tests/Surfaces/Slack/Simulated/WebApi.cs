using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LastAccessedBot.Tests.Surfaces.Slack.Simulated;

/// <summary>The methods of Slack's Web API that a bot calls, with the errors that Slack gives.</summary>
internal sealed class WebApi(SimulatedSlack slack)
{
    public async Task AnswerAsync(string method, HttpContext http)
    {
        var arguments = await ArgumentsAsync(http);
        if (slack.Faults.Throttled.TryGetValue(method, out var throttled) && throttled.Times > 0)
        {
            slack.Faults.Throttled[method] = (throttled.Times - 1, throttled.Seconds);
            slack.Calls.Enqueue(new SlackCall(method, arguments, "ratelimited"));
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = throttled.Seconds.ToString(CultureInfo.InvariantCulture);
            await http.Response.WriteAsJsonAsync(new JsonObject { ["ok"] = false, ["error"] = "ratelimited" });
            return;
        }
        if (SlackFaults.Take(slack.Faults.Broken, method))
        {
            http.Response.StatusCode = 500;
            return;
        }
        var caller = http.Request.Headers.Authorization.ToString();
        if (method == "oauth.v2.access")
        {
            slack.Change(() => slack.OAuth.Arrived++);
            await slack.OAuth.Held;
        }
        var answer = slack.Change(() => method switch
        {
            "apps.connections.open" => slack.Sockets.Open(caller),
            "oauth.v2.access" => slack.OAuth.Access(caller, arguments),
            _ => slack.OAuth.Speaker(caller) is var (team, error) && team is not null ? DoAs(team, method, arguments) : Error(error!),
        });
        slack.Calls.Enqueue(new SlackCall(method, arguments, answer["error"]?.GetValue<string>(), caller));
        http.Response.Headers["x-oauth-scopes"] = string.Join(',', slack.Scopes);
        if (SlackFaults.Take(slack.Faults.Lost, method)) http.Response.StatusCode = 500;
        else await http.Response.WriteAsJsonAsync(answer);
    }

    public async Task RespondAsync(string id, HttpContext http)
    {
        var message = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        if (!slack.ResponseUrls.TryGetValue(id, out var address) || address.Uses == 5)
        {
            http.Response.StatusCode = 404;
            await http.Response.WriteAsync("used_url");
            return;
        }
        var blocks = message["blocks"]?.DeepClone().AsArray() ?? [];
        if (BlockKitJudge.Faults(blocks, 50).FirstOrDefault() is { } fault)
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync("invalid_blocks: " + fault);
            return;
        }
        slack.Change(() =>
        {
            address.Uses++;
            if (message["replace_original"]?.GetValue<bool>() != false && address.MessageTs is { } ts)
            {
                var post = slack.Posts.Single(one => one.Ts == ts);
                (post.Text, post.Blocks) = (message["text"]?.GetValue<string>() ?? "", blocks);
                return post;
            }
            var onlyFor = message["response_type"]?.GetValue<string>() == "in_channel" ? null : address.User;
            var said = new SlackPost(address.Channel, slack.NewTs(), onlyFor) { Text = message["text"]?.GetValue<string>() ?? "", Blocks = blocks };
            slack.Posts.Add(said);
            return said;
        });
        await http.Response.WriteAsync("ok");
    }

    private JsonObject DoAs(string team, string method, JsonObject arguments) =>
        slack.ChannelTeams.GetValueOrDefault(Text(arguments, "channel"), SimulatedSlack.Team) == team || !arguments.ContainsKey("channel") ? Do(method, arguments) : Error("channel_not_found");

    private JsonObject Do(string method, JsonObject arguments)
    {
        if (!slack.Faults.Refused.TryGetValue(method, out var refused) || refused.Times == 0) return Obey(method, arguments);
        slack.Faults.Refused[method] = (refused.Times - 1, refused.Error);
        return Error(refused.Error);
    }

    private JsonObject Obey(string method, JsonObject arguments) => method switch
    {
        "auth.test" => Ok(("team_id", SimulatedSlack.Team), ("user_id", SimulatedSlack.BotUser), ("team", "Acme")),
        "chat.postMessage" => Post(arguments, null),
        "chat.postEphemeral" => Post(arguments, Text(arguments, "user")),
        "chat.update" => Update(arguments),
        "chat.delete" => Delete(arguments),
        "conversations.open" => Open(arguments),
        "views.open" => OpenView(arguments),
        "views.update" => UpdateView(arguments),
        "views.publish" => PublishView(arguments),
        "files.getUploadURLExternal" => slack.Files.Ask(Text(arguments, "filename"), Text(arguments, "length"), Text(arguments, "alt_txt"), out var id, out var address) is { } why
            ? Error(why)
            : Ok(("file_id", id), ("upload_url", address.ToString())),
        "files.completeUploadExternal" => arguments["files"]!.AsArray().Select(file => slack.Files.Complete(file!["id"]!.GetValue<string>())).FirstOrDefault(fault => fault is not null) is { } fault
            ? Error(fault)
            : Ok(("files", arguments["files"]!.DeepClone())),
        "users.info" => User(arguments),
        "usergroups.users.list" => slack.UserGroups.TryGetValue(Text(arguments, "usergroup"), out var members)
            ? Ok(("users", new JsonArray([.. members.Select(member => JsonValue.Create(member))])))
            : Error("no_such_subteam"),
        _ => Error("unknown_method"),
    };

    private JsonObject Post(JsonObject arguments, string? onlyFor)
    {
        var channel = Text(arguments, "channel");
        if (!slack.Channels.TryGetValue(channel, out var members)) return Error("channel_not_found");
        if (!members.Contains(SimulatedSlack.BotUser)) return Error("not_in_channel");
        if (onlyFor is not null && !members.Contains(onlyFor)) return Error("user_not_in_channel");
        if (Refused(arguments) is { } refused) return refused;
        var post = new SlackPost(channel, slack.NewTs(), onlyFor) { Text = Text(arguments, "text"), Blocks = Blocks(arguments) };
        slack.Posts.Add(post);
        return onlyFor is null ? Ok(("channel", channel), ("ts", post.Ts)) : Ok(("message_ts", post.Ts));
    }

    private JsonObject Update(JsonObject arguments)
    {
        if (slack.Posts.SingleOrDefault(one => one.Ts == Text(arguments, "ts") && one.Channel == Text(arguments, "channel")) is not { } post) return Error("message_not_found");
        if (post.OnlyFor is not null) return Error("cant_update_message");
        if (Encoding.UTF8.GetByteCount(Text(arguments, "text")) > 4_000) return Error("msg_too_long");
        if (Refused(arguments) is { } refused) return refused;
        (post.Text, post.Blocks) = (Text(arguments, "text"), Blocks(arguments));
        post.Updates++;
        return Ok(("channel", post.Channel), ("ts", post.Ts));
    }

    private JsonObject Delete(JsonObject arguments)
    {
        if (slack.Posts.SingleOrDefault(one => one.Ts == Text(arguments, "ts") && one.Channel == Text(arguments, "channel")) is not { } post) return Error("message_not_found");
        if (post.OnlyFor is not null) return Error("cant_delete_message");
        slack.Posts.Remove(post);
        return Ok(("channel", post.Channel), ("ts", post.Ts));
    }

    private JsonObject Open(JsonObject arguments)
    {
        var channel = "D0" + Text(arguments, "users");
        slack.Channels.TryAdd(channel, [SimulatedSlack.BotUser, Text(arguments, "users")]);
        return Ok(("channel", new JsonObject { ["id"] = channel }));
    }

    private JsonObject OpenView(JsonObject arguments)
    {
        if (!slack.Triggers.TryGetValue(Text(arguments, "trigger_id"), out var trigger)) return Error("invalid_trigger_id");
        if (trigger.IsExpired) return Error("expired_trigger_id");
        if (trigger.IsUsed) return Error("exchanged_trigger_id");
        if (BlockKitJudge.ViewFaults(arguments["view"]!.AsObject()).FirstOrDefault() is { } fault) return Error("invalid_arguments", fault);
        trigger.IsUsed = true;
        var id = $"V{slack.Triggers.Count}";
        slack.OpenViews["last"] = (id, arguments["view"]!.DeepClone().AsObject());
        return Ok(("view", new JsonObject { ["id"] = id, ["hash"] = "1.a" }));
    }

    private JsonObject UpdateView(JsonObject arguments)
    {
        if (!slack.OpenViews.TryGetValue("last", out var open) || open.Id != Text(arguments, "view_id")) return Error("not_found");
        if (BlockKitJudge.ViewFaults(arguments["view"]!.AsObject()).FirstOrDefault() is { } fault) return Error("invalid_arguments", fault);
        slack.OpenViews["last"] = (open.Id, arguments["view"]!.DeepClone().AsObject());
        return Ok(("view", new JsonObject { ["id"] = open.Id }));
    }

    private JsonObject PublishView(JsonObject arguments)
    {
        var user = Text(arguments, "user_id");
        if (!slack.Users.ContainsKey(user)) return Error("user_not_found");
        var view = arguments["view"]!.AsObject();
        if (view["type"]?.GetValue<string>() != "home") return Error("invalid_arguments", "must be a home view");
        if (BlockKitJudge.ViewFaults(view).FirstOrDefault() is { } fault) return Error("invalid_arguments", fault);
        var known = slack.Homes.GetValueOrDefault(user);
        if (Text(arguments, "hash") is { Length: > 0 } hash && hash != known?.Hash) return Error("hash_conflict");
        var next = slack.Homes[user] = new SlackHome($"V0HOME{user}", slack.NewTs(), (known?.Publishings ?? 0) + 1, view["blocks"]!.DeepClone().AsArray());
        return Ok(("view", new JsonObject { ["id"] = next.Id, ["hash"] = next.Hash }));
    }

    private JsonObject User(JsonObject arguments) => slack.Users.TryGetValue(Text(arguments, "user"), out var user)
        ? Ok(("user", new JsonObject
        {
            ["id"] = user.Id,
            ["team_id"] = user.Team,
            ["deleted"] = user.IsDeleted,
            ["is_restricted"] = user.IsGuest,
            ["is_bot"] = false,
            ["profile"] = new JsonObject { ["display_name"] = "", ["real_name"] = user.Name },
        }))
        : Error("user_not_found");

    private JsonObject? Refused(JsonObject arguments)
    {
        var blocks = Blocks(arguments);
        if (blocks.Count > 0 && slack.Faults.BlocksRefused > 0)
        {
            slack.Faults.BlocksRefused--;
            return Error("invalid_blocks", "[ERROR] scripted [json-pointer:/blocks/0]");
        }
        if (blocks.Count == 0 && Text(arguments, "text").Length == 0) return Error("no_text");
        return BlockKitJudge.Faults(blocks, 50).Concat(slack.Files.Faults(blocks)).FirstOrDefault() is { } fault ? Error("invalid_blocks", fault) : null;
    }

    private static async Task<JsonObject> ArgumentsAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        var form = await http.Request.ReadFormAsync();
        return new JsonObject(form.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value.ToString())));
    }

    private static JsonArray Blocks(JsonObject arguments) => arguments["blocks"]?.DeepClone().AsArray() ?? [];

    private static string Text(JsonObject arguments, string name) => arguments[name]?.GetValue<string>() ?? "";

    private static JsonObject Ok(params (string Name, JsonNode? Value)[] also)
    {
        var answer = new JsonObject { ["ok"] = true };
        foreach (var (name, value) in also) answer[name] = value;
        return answer;
    }

    private static JsonObject Error(string error, string? message = null)
    {
        var answer = new JsonObject { ["ok"] = false, ["error"] = error };
        if (message is not null) answer["response_metadata"] = new JsonObject { ["messages"] = new JsonArray(message) };
        return answer;
    }
}
