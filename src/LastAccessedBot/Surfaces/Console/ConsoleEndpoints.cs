using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using Microsoft.AspNetCore.Mvc;

namespace LastAccessedBot.Surfaces.Console;

/// <summary>The console for scripts: the page's abilities as JSON.</summary>
internal static partial class ConsoleEndpoints
{
    public const int LargestBody = 64 * 1024;
    public static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(25);
    private const int LongestId = 200;
    private const int LargestPage = 200;

    public static void MapTo(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/console").WithMetadata(new ConsoleGate(), new RequestSizeLimitAttribute(LargestBody));
        api.AddEndpointFilter(AnswerAsync);
        api.MapGet("/people", (IConsolePeople people) => Json(people.All));
        api.MapGet("/messages", PollAsync);
        api.MapPost("/messages", SayAsync);
        api.MapPost("/actions", PressAsync);
    }

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (Exception failure) when (!invocation.HttpContext.RequestAborted.IsCancellationRequested)
        {
            LogFailure(invocation.HttpContext.RequestServices.GetRequiredService<ILogger<ConsoleChat>>(), failure);
            return ConsoleProblem.Of(StatusCodes.Status500InternalServerError, "The bot could not answer; its log says why.");
        }
    }

    private static async Task<IResult> SayAsync(HttpRequest request, ConsoleChat chat, CancellationToken cancellation)
    {
        var (body, refusal) = await ConsoleBody.ReadAsync<SayBody>(request, cancellation);
        if (body is null) return refusal!;
        if (chat.Find(body.User) is not { } person) return UnknownUser(body.User);
        if (string.IsNullOrWhiteSpace(body.Text)) return Refused("`text` is missing: say what to type, for example `/unused app-dev`.");
        if (body.Text.Length > ConsoleChat.LongestText) return Refused($"`text` has {body.Text.Length:N0} characters; {ConsoleChat.LongestText:N0} is the limit.");
        var conversation = body.Conversation ?? ConsoleChat.SharedConversation;
        if (!IsId(conversation)) return BadConversation();
        return Messages(conversation, await chat.SayAsync(person, conversation, body.Text, cancellation));
    }

    private static async Task<IResult> PressAsync(HttpRequest request, ConsoleChat chat, ConsoleMessages messages, CancellationToken cancellation)
    {
        var (body, refusal) = await ConsoleBody.ReadAsync<PressBody>(request, cancellation);
        if (body is null) return refusal!;
        if (chat.Find(body.User) is not { } person) return UnknownUser(body.User);
        if (string.IsNullOrEmpty(body.Choice) || body.Choice.Length > LongestId) return Refused("`choice` must be the id of a button, at most 200 characters.");
        if (!IsId(body.Message) || await messages.FindAsync(body.Message!, cancellation) is not { IsFromBot: true } message || !message.IsVisibleTo(person.Id))
            return ConsoleProblem.Of(StatusCodes.Status404NotFound, "There is no message of the bot with this id that this user can see.");
        var inputs = body.Inputs ?? ImmutableDictionary<string, string>.Empty;
        if (message.Card?.Find(body.Choice)?.Form?.Refuse(inputs) is { } why) return Refused($"{why}");
        return Messages(message.Conversation, await chat.PressAsync(person, message, body.Choice, inputs, cancellation));
    }

    private static async Task<IResult> PollAsync(
        string? conversation, string? after, string? user, ConsoleChat chat, ConsoleMessages messages, TimeProvider time, CancellationToken cancellation)
    {
        conversation ??= ConsoleChat.SharedConversation;
        long seq = 0;
        if (!IsId(conversation)) return BadConversation();
        if (user is not null && chat.Find(user) is null) return UnknownUser(user);
        if (after is not null && (!long.TryParse(after, out seq) || seq < 0)) return Refused("`after` must be the `seq` of a message, or 0 for all of them.");

        using var patience = new CancellationTokenSource(LongestPoll, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var news = new SemaphoreSlim(0);
        void Wake(ConsoleMessage message)
        {
            if (message.Conversation == conversation && message.IsVisibleTo(user)) news.Release();
        }
        messages.Stored += Wake;
        try
        {
            while (true)
            {
                var changed = await messages.ChangedAfterAsync(conversation, seq, user, LargestPage, cancellation);
                if (changed.Count > 0) return Messages(conversation, changed);
                await news.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Messages(conversation, []);
        }
        finally
        {
            messages.Stored -= Wake;
        }
    }

    private static bool IsId(string? text) => text is { Length: > 0 and <= LongestId } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':');

    private static IResult UnknownUser(string? id) => Refused(string.IsNullOrEmpty(id)
        ? "`user` is missing: give the id of one of `/api/console/people`."
        : "Nobody on the console has this `user` id: `/api/console/people` lists everyone.");

    private static IResult BadConversation() => Refused("`conversation` must be 1 to 200 of the characters A–Z, a–z, 0–9, `-`, `_`, `.` and `:`.");

    private static IResult Refused(string sentence) => ConsoleProblem.Of(StatusCodes.Status400BadRequest, sentence);

    private static IResult Messages(string conversation, IReadOnlyList<ConsoleMessage> messages) =>
        Json(new { conversation, messages = messages.Select(Shown) });

    private static MessageBody Shown(ConsoleMessage message) =>
        new(message.Id, message.Seq, message.Author, message.Text, message.Card, message.OnlyFor, message.PostedAt, message.ChangedAt);

    private static IResult Json(object value) => Results.Json(value, CardJson.Options);

    [LoggerMessage(LogLevel.Error, "The bot failed to answer on the console's JSON endpoints.")]
    private static partial void LogFailure(ILogger log, Exception failure);

    private sealed record SayBody(string? User, string? Text, string? Conversation);

    private sealed record PressBody(string? User, string? Message, string? Choice, ImmutableDictionary<string, string>? Inputs);

    private sealed record MessageBody(
        string Id, long Seq, string Author, string? Text, Card? Card, string? OnlyFor, DateTimeOffset PostedAt, DateTimeOffset ChangedAt);
}
