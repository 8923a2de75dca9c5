using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>Slack's three addresses: the raw bytes are checked before a single one is parsed, and everything fails closed.</summary>
internal sealed partial class SlackEndpoints(SlackSignature signature, ISlackDoor door, ILogger<SlackEndpoints> log)
{
    /// <summary>Slack's largest payloads hold a whole message of ours and a modal of at most 250 kB.</summary>
    public const int LargestBody = 512 * 1024;

    private const int DeepestJson = 64, MostFields = 100;
    private const string Form = "application/x-www-form-urlencoded", Json = "application/json";

    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = DeepestJson };

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/slack/commands", http => ReceiveAsync(http, SlackKind.Command));
        routes.MapPost("/slack/interactions", http => ReceiveAsync(http, SlackKind.Interaction));
        routes.MapPost("/slack/events", http => ReceiveAsync(http, SlackKind.Event));
    }

    private async Task ReceiveAsync(HttpContext http, SlackKind kind)
    {
        if (signature.CheckHeaders(http.Request.Headers) is not SignatureFault.None and var early)
        {
            Refuse(http, StatusCodes.Status401Unauthorized, early.ToString());
            return;
        }
        using var body = await RawBody.ReadAsync(http.Request, LargestBody, http.RequestAborted);
        if (body is null) Refuse(http, StatusCodes.Status413PayloadTooLarge, "TooLarge");
        else await AnswerAsync(http, kind, body.Bytes);
    }

    private async Task AnswerAsync(HttpContext http, SlackKind kind, ReadOnlyMemory<byte> body)
    {
        if (signature.Check(http.Request.Headers, body.Span) is not SignatureFault.None and var fault)
        {
            Refuse(http, StatusCodes.Status401Unauthorized, fault.ToString());
            return;
        }
        if (!RawBody.IsOfType(http.Request, kind == SlackKind.Event ? Json : Form))
        {
            Refuse(http, StatusCodes.Status415UnsupportedMediaType, "ContentType");
            return;
        }
        using var payload = Parse(kind, body);
        if (payload is null || await door.ReceiveAsync(kind, payload.RootElement, http.RequestAborted) is not SlackAck.Taken ack)
        {
            Refuse(http, StatusCodes.Status400BadRequest, "Malformed");
            return;
        }
        if (ack.Json is null) return;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(ack.Json, http.RequestAborted);
    }

    /// <summary>null for what is not the payload of this kind.</summary>
    private static JsonDocument? Parse(SlackKind kind, ReadOnlyMemory<byte> body)
    {
        try
        {
            if (kind == SlackKind.Event) return Utf8.IsValid(body.Span) ? JsonDocument.Parse(body, s_json) : null;
            var form = new QueryStringEnumerable(Encoding.UTF8.GetString(body.Span));
            return kind == SlackKind.Interaction ? Payload(form) : Fields(form);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonDocument? Payload(QueryStringEnumerable form)
    {
        string? payload = null;
        foreach (var field in form)
        {
            if (!field.DecodeName().Span.SequenceEqual("payload")) continue;
            if (payload is not null) return null;
            payload = field.DecodeValue().ToString();
        }
        return payload is null ? null : JsonDocument.Parse(payload, s_json);
    }

    /// <summary>A form as an object of strings.</summary>
    private static JsonDocument? Fields(QueryStringEnumerable form)
    {
        var json = new ArrayBufferWriter<byte>(2 * 1024);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            var left = MostFields;
            foreach (var field in form)
            {
                if (left-- == 0) return null;
                writer.WriteString(field.DecodeName().Span, field.DecodeValue().Span);
            }
            writer.WriteEndObject();
        }
        return JsonDocument.Parse(json.WrittenMemory);
    }

    private void Refuse(HttpContext http, int status, string why)
    {
        http.Response.StatusCode = status;
        LogRefused(http.Request.Path, why, status, http.Connection.RemoteIpAddress?.ToString());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a request to {Path}: {Why}, {Status}, from {Remote}")]
    private partial void LogRefused(string path, string why, int status, string? remote);
}
