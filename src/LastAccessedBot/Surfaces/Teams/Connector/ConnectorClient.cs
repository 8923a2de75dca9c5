using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using LastAccessedBot.Flows;
using LastAccessedBot.Surfaces.Teams.Payloads;

namespace LastAccessedBot.Surfaces.Teams.Connector;

/// <summary>One call to Teams' connector or to Graph.</summary>
/// <param name="Operation">For logs: what it does, without ids.</param>
/// <param name="Lane">What is throttled together: a conversation, a team.</param>
/// <param name="IsRepeatable">Twice is as good as once.</param>
/// <param name="Scope">What the token is for.</param>
internal sealed record ConnectorCall(string Operation, HttpMethod Method, Uri Address, string Lane, bool IsRepeatable, string Scope, JsonObject? Body = null);

/// <summary>Calls Teams. Waits where it asks for it, repeats what is safe to repeat, and nothing else.</summary>
/// <param name="tokens">null for a bot without an identity, which speaks to a test client on this machine alone.</param>
internal sealed partial class ConnectorClient(IHttpClientFactory clients, TimeProvider time, Troubles troubles, ILogger<ConnectorClient> log, IConnectorToken? tokens = null)
{
    public const string HttpName = "teams";

    private const int MostTries = 4;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(2);

    private readonly Lanes _lanes = new(time);

    /// <returns>The answer; an empty object where it has no body.</returns>
    /// <exception cref="ConnectorRefusedException">The answer is a 4xx.</exception>
    /// <exception cref="ConnectorUnreachableException">There was no usable answer.</exception>
    public async Task<JsonElement> CallAsync(ConnectorCall call, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await _lanes.WaitAsync(call.Lane, cancellation);
            var outcome = await TryAsync(call, attempt, cancellation);
            switch (outcome)
            {
                case Outcome.Answered answered:
                    return answered.Body;
                case Outcome.Throttled throttled:
                    Measures.ChatThrottled(TeamsIds.SurfaceName, call.Operation);
                    troubles.Throttled(TeamsIds.SurfaceName, call.Operation);
                    LogThrottled(call.Operation, throttled.Pause.TotalSeconds);
                    if (attempt == MostTries || throttled.Pause > s_longestPause) throw new ConnectorUnreachableException(call.Operation, $"it asked for {throttled.Pause.TotalSeconds:F0} s of patience", mayHaveHappened: false);
                    _lanes.Close(call.Lane, throttled.Pause);
                    break;
                case Outcome.Failed failed:
                    if (attempt == MostTries || (failed.Failure.MayHaveHappened && !call.IsRepeatable)) throw failed.Failure;
                    LogAgain(failed.Failure, call.Operation, attempt);
                    await Task.Delay(Pause(attempt), time, cancellation);
                    break;
            }
        }
    }

    private async Task<Outcome> TryAsync(ConnectorCall call, int attempt, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(HttpName);
        using var request = new HttpRequestMessage(call.Method, call.Address);
        if (call.Body is not null) request.Content = JsonContent.Create(call.Body, new MediaTypeHeaderValue("application/json", "utf-8"));
        try
        {
            if (tokens is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(call.Scope, cancellation));
            using var answer = await client.SendAsync(request, cancellation);
            var body = await BodyAsync(answer, cancellation);
            return answer.StatusCode switch
            {
                HttpStatusCode.TooManyRequests => new Outcome.Throttled(RetryAfter.Of(answer, time.GetUtcNow()) ?? Pause(attempt + 1)),
                HttpStatusCode.PreconditionFailed => Failed(mayHaveHappened: false),
                >= HttpStatusCode.InternalServerError => Failed(mayHaveHappened: true),
                >= HttpStatusCode.BadRequest => throw Refused(call, answer.StatusCode, body),
                _ => new Outcome.Answered(body),
            };

            Outcome Failed(bool mayHaveHappened) => new Outcome.Failed(new ConnectorUnreachableException(call.Operation, $"HTTP {(int)answer.StatusCode}", mayHaveHappened));
        }
        catch (ConnectorTokenException failure)
        {
            return new Outcome.Failed(new ConnectorUnreachableException(call.Operation, failure.Message, mayHaveHappened: false, failure));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Outcome.Failed(new ConnectorUnreachableException(call.Operation, failure.Message, mayHaveHappened: true, failure));
        }
    }

    /// <summary>The body as an object; an empty one where it is none: nothing but ids and error codes is ever read from it.</summary>
    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
        try
        {
            using var body = JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes);
            return body.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonElement.Parse("{}");
        }
    }

    private static ConnectorRefusedException Refused(ConnectorCall call, HttpStatusCode status, JsonElement body)
    {
        var error = body.Object("error");
        return new ConnectorRefusedException(call.Operation, status, error?.Text("code", 200) ?? "", error?.Text("message", 500) ?? "");
    }

    // Half of it chance: those who were refused together do not come back together.
    private static TimeSpan Pause(int attempt) => TimeSpan.FromMilliseconds((250 << attempt) * (0.5 + (0.5 * Random.Shared.NextDouble())));

    [LoggerMessage(Level = LogLevel.Information, Message = "Teams throttles {Operation}: {Seconds} s")]
    private partial void LogThrottled(string operation, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Teams did not answer {Operation}, attempt {Attempt}")]
    private partial void LogAgain(Exception failure, string operation, int attempt);

    private abstract record Outcome
    {
        private Outcome() { }

        public sealed record Answered(JsonElement Body) : Outcome;

        public sealed record Throttled(TimeSpan Pause) : Outcome;

        public sealed record Failed(ConnectorUnreachableException Failure) : Outcome;
    }
}
