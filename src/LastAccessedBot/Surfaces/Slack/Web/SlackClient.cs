using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Slack.Payloads;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Surfaces.Slack.Web;

/// <summary>Calls Slack's Web API. Waits where Slack asks for it, repeats what is safe to repeat, and nothing else.</summary>
public sealed partial class SlackClient(IHttpClientFactory clients, IOptions<SlackOptions> options, TimeProvider time, Troubles troubles, ILogger<SlackClient> log)
{
    public const string HttpName = "slack";

    private const int MostTries = 4;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(2);

    private readonly Lanes _lanes = new(time);

    /// <summary>Calls as the bot of a workspace. When Slack refuses the token, and there is another, the call is made once more: what was refused was not done.</summary>
    /// <inheritdoc cref="CallAsync(SlackMethod, string, string, JsonObject, CancellationToken)"/>
    public async Task<JsonElement> CallAsync(SlackMethod method, Workspace workspace, JsonObject arguments, CancellationToken cancellation)
    {
        try
        {
            return await CallAsync(method, workspace.Token, workspace.TeamId, arguments, cancellation);
        }
        catch (SlackRefusedException refused) when (refused.IsAboutToken)
        {
            if (await workspace.AnotherToken(refused, cancellation) is not { } other) throw;
            return await CallAsync(method, other, workspace.TeamId, arguments, cancellation);
        }
    }

    /// <summary>Calls with a token that belongs to no known workspace, or not to one at all.</summary>
    /// <param name="token">A bot token, or an app-level one.</param>
    /// <param name="team">For the lanes of patience, with the arguments' <c>channel</c>.</param>
    /// <exception cref="SlackRefusedException">Slack's answer says <c>ok: false</c>.</exception>
    /// <exception cref="SlackUnreachableException">There was no usable answer.</exception>
    public Task<JsonElement> CallAsync(SlackMethod method, string token, string team, JsonObject arguments, CancellationToken cancellation) =>
        CallAsync(method, new AuthenticationHeaderValue("Bearer", token), team, arguments, cancellation);

    /// <summary>Exchanges a grant, a code or a refresh token, for tokens; as the app.</summary>
    /// <inheritdoc cref="CallAsync(SlackMethod, string, string, JsonObject, CancellationToken)"/>
    public Task<JsonElement> GetTokensAsync(JsonObject grant, CancellationToken cancellation)
    {
        var app = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{options.Value.ClientSecret}"));
        return CallAsync(SlackMethod.GetTokens, new AuthenticationHeaderValue("Basic", app), "", grant, cancellation);
    }

    /// <summary>Asks whose a bot token is, and what it may.</summary>
    /// <returns>The scopes are null where Slack does not tell them.</returns>
    /// <inheritdoc cref="CallAsync(SlackMethod, string, string, JsonObject, CancellationToken)"/>
    public Task<(JsonElement Answer, ImmutableArray<string>? Scopes)> TestAsync(string token, string team, CancellationToken cancellation) =>
        AskAsync(SlackMethod.AuthTest, new AuthenticationHeaderValue("Bearer", token), team, new JsonObject(), cancellation);

    private async Task<JsonElement> CallAsync(SlackMethod method, AuthenticationHeaderValue caller, string team, JsonObject arguments, CancellationToken cancellation) =>
        (await AskAsync(method, caller, team, arguments, cancellation)).Answer;

    private async Task<(JsonElement Answer, ImmutableArray<string>? Scopes)> AskAsync(SlackMethod method, AuthenticationHeaderValue caller, string team, JsonObject arguments, CancellationToken cancellation)
    {
        var lane = $"{method.Name} {team} {arguments["channel"]?.GetValue<string>()}";
        for (var attempt = 1; ; attempt++)
        {
            await _lanes.WaitAsync(lane, cancellation);
            var (answer, scopes, pause, failure) = await TryAsync(method, caller, arguments, cancellation);
            if (answer is { } element) return (Checked(method, element), scopes);
            if (pause is { } asked)
            {
                Measures.ChatThrottled(SlackIds.SurfaceName, method.Name);
                troubles.Throttled(SlackIds.SurfaceName, method.Name);
                LogThrottled(method.Name, team, asked.TotalSeconds);
                if (attempt == MostTries || asked > s_longestPause) throw new SlackUnreachableException(method.Name, $"it asked for {asked.TotalSeconds:F0} s of patience", mayHaveHappened: false);
                _lanes.Close(lane, asked);
                continue;
            }
            if (!method.IsRepeatable || attempt == MostTries) throw failure!;
            LogAgain(failure!, method.Name, attempt);
            await Task.Delay(TimeSpan.FromMilliseconds(250 << attempt), time, cancellation);
        }
    }

    /// <summary>Answers by a response URL; false when Slack takes it no more. Nothing but Slack is ever called.</summary>
    public async Task<bool> RespondAsync(Uri address, JsonObject message, CancellationToken cancellation)
    {
        if (!IsSlacks(address, host => host is "hooks.slack.com" or "hooks.slack-gov.com"))
        {
            LogForeignAddress(address.Host);
            return false;
        }
        using var client = clients.CreateClient(HttpName);
        using var content = JsonContent.Create(message);
        try
        {
            using var answer = await client.PostAsync(address, content, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (IsOutage(failure, cancellation))
        {
            LogAgain(failure, "response_url", 1);
            return false;
        }
    }

    /// <summary>Sends the content of a file to the address that Slack gave for it; as a response URL, it leads to Slack or nowhere.</summary>
    /// <exception cref="SlackRefusedException">The address is not Slack's.</exception>
    /// <exception cref="SlackUnreachableException">Slack did not take it.</exception>
    public async Task UploadAsync(Uri address, ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        const string Name = "upload_url";
        if (!IsSlacks(address, host => host.EndsWith(".slack.com", StringComparison.Ordinal) || host.EndsWith(".slack-gov.com", StringComparison.Ordinal)))
            throw new SlackRefusedException(Name, $"the address leads to {address.Host}, which is not Slack", []);
        using var client = clients.CreateClient(HttpName);
        using var content = new ReadOnlyMemoryContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        try
        {
            using var answer = await client.PostAsync(address, content, cancellation);
            if (answer.StatusCode != HttpStatusCode.OK) throw new SlackUnreachableException(Name, $"HTTP {(int)answer.StatusCode}", mayHaveHappened: false);
        }
        catch (Exception failure) when (IsOutage(failure, cancellation))
        {
            throw new SlackUnreachableException(Name, failure.Message, mayHaveHappened: true, failure);
        }
    }

    private async Task<(JsonElement? Answer, ImmutableArray<string>? Scopes, TimeSpan? Pause, SlackUnreachableException? Failure)> TryAsync(SlackMethod method, AuthenticationHeaderValue caller, JsonObject arguments, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(HttpName);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.ApiUrl, method.Name));
        request.Headers.Authorization = caller;
        request.Content = method.IsForm
            ? new FormUrlEncodedContent(arguments.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.ToString() ?? "")))
            : JsonContent.Create(arguments, new MediaTypeHeaderValue("application/json", "utf-8"));
        try
        {
            using var answer = await client.SendAsync(request, cancellation);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) return (null, null, RetryAfter.Of(answer, time.GetUtcNow()) ?? TimeSpan.FromSeconds(1), null);
            if (answer.StatusCode != HttpStatusCode.OK) return (null, null, null, new SlackUnreachableException(method.Name, $"HTTP {(int)answer.StatusCode}", mayHaveHappened: true));
            using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
            return (body.RootElement.Clone(), ScopesOf(answer), null, null);
        }
        catch (Exception failure) when (IsOutage(failure, cancellation))
        {
            return (null, null, null, new SlackUnreachableException(method.Name, failure.Message, mayHaveHappened: true, failure));
        }
    }

    private static ImmutableArray<string>? ScopesOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("x-oauth-scopes", out var told)
        ? [.. told.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
        : null;

    private static bool IsOutage(Exception failure, CancellationToken cancellation) =>
        failure is HttpRequestException or IOException or JsonException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static JsonElement Checked(SlackMethod method, JsonElement answer)
    {
        if (answer.Flag("ok")) return answer;
        var messages = answer.Object("response_metadata")?.Array("messages") is { } list
            ? list.EnumerateArray().Where(message => message.ValueKind == JsonValueKind.String).Take(10).Select(message => message.GetString()!).ToImmutableArray()
            : [];
        if (answer.Text("needed") is { } needed) messages = messages.Add($"needed: {needed}");
        throw new SlackRefusedException(method.Name, answer.Text("error") ?? "an answer without `ok`", messages);
    }

    private bool IsSlacks(Uri address, Func<string, bool> isHost) => (address.Scheme == "https" && isHost(address.Host)) || Uri.Compare(address, options.Value.ApiUrl, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    [LoggerMessage(Level = LogLevel.Information, Message = "Slack throttles {Method} in {Team}: {Seconds} s")]
    private partial void LogThrottled(string method, string team, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack did not answer {Method}, attempt {Attempt}")]
    private partial void LogAgain(Exception failure, string method, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A response URL leads to {Host}, which is not Slack; it was not called")]
    private partial void LogForeignAddress(string host);
}
