using System.Text.Json;
using System.Text.Unicode;
using LastAccessedBot.Surfaces.Teams.Authentication;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>Teams' address: the token is checked before the body is read, the body before it is obeyed, and everything fails closed.</summary>
internal sealed partial class TeamsEndpoints(BearerTokens tokens, ActivityOrigin origin, ITeamsDoor door, ILogger<TeamsEndpoints> log, AnonymousCallers? anonymous = null)
{
    /// <summary>Teams' largest messages have 100 kB, and a submitted card brings what was typed into it.</summary>
    public const int LargestBody = 256 * 1024;

    private const int DeepestJson = 64;

    // Two values under one name would let this check one and the door read the other.
    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = DeepestJson, AllowDuplicateProperties = false };

    public void MapTo(IEndpointRouteBuilder routes) => routes.MapPost("/api/messages", ReceiveAsync);

    private async Task ReceiveAsync(HttpContext http)
    {
        var (token, fault) = await tokens.CheckAsync(http.Request.Headers.Authorization, http.RequestAborted);
        if (token is null && !(fault == TokenFault.NoToken && anonymous?.Admit(http) == true))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            Refuse(http, fault == TokenFault.NoKeys ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status401Unauthorized, fault.ToString());
            return;
        }
        if (!RawBody.IsOfType(http.Request, "application/json"))
        {
            Refuse(http, StatusCodes.Status415UnsupportedMediaType, "ContentType");
            return;
        }
        using var body = await RawBody.ReadAsync(http.Request, LargestBody, http.RequestAborted);
        if (body is null) Refuse(http, StatusCodes.Status413PayloadTooLarge, "TooLarge");
        else await AnswerAsync(http, token, body.Bytes);
    }

    private async Task AnswerAsync(HttpContext http, VerifiedToken? token, ReadOnlyMemory<byte> body)
    {
        using var activity = Parse(body);
        if (activity is not { RootElement.ValueKind: JsonValueKind.Object })
        {
            Refuse(http, StatusCodes.Status400BadRequest, "Malformed");
            return;
        }
        if ((token is null ? origin.CheckAnonymous(activity.RootElement) : origin.Check(activity.RootElement, token)) is not OriginFault.None and var fault)
        {
            Refuse(http, StatusCodes.Status403Forbidden, fault.ToString());
            return;
        }
        var ack = await door.ReceiveAsync(activity.RootElement, http.RequestAborted);
        if (ack.Status == StatusCodes.Status400BadRequest) Refuse(http, ack.Status, "Malformed");
        http.Response.StatusCode = ack.Status;
        if (ack.Json is null) return;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(ack.Json, http.RequestAborted);
    }

    /// <summary>null for what is no JSON.</summary>
    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Utf8.IsValid(body.Span) ? JsonDocument.Parse(body, s_json) : null;
        }
        // Half a character in a name is found by the search for names that come twice.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Refuse(HttpContext http, int status, string why)
    {
        http.Response.StatusCode = status;
        LogRefused(http.Request.Path, why, status, http.Connection.RemoteIpAddress?.ToString());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a request to {Path}: {Why}, {Status}, from {Remote}")]
    private partial void LogRefused(string path, string why, int status, string? remote);
}
