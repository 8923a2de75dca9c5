using System.Text.Json;
using LastAccessedBot.Surfaces.Slack.Payloads;

namespace LastAccessedBot.Surfaces.Slack.Socket;

/// <summary>What comes down a Socket Mode connection.</summary>
internal abstract record SocketFrame
{
    private const int DeepestJson = 64;

    private SocketFrame() { }

    /// <summary>The connection stands.</summary>
    public sealed record Hello : SocketFrame;

    /// <summary>Slack is about to end the connection.</summary>
    public sealed record Disconnect(string Reason) : SocketFrame;

    /// <summary>A payload that wants an acknowledgement on this connection.</summary>
    /// <param name="Kind">null for a sort that the bot has no use for: it is acknowledged all the same.</param>
    /// <param name="TakesAnswer">The acknowledgement may carry a body.</param>
    public sealed record Envelope(string Id, SlackKind? Kind, JsonElement Payload, bool TakesAnswer) : SocketFrame;

    /// <summary>null for what is none of these: frames that Slack may think of later, and garbage.</summary>
    public static SocketFrame? Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = DeepestJson });
            var root = document.RootElement;
            return root.Text("type") switch
            {
                "hello" => new Hello(),
                "disconnect" => new Disconnect(root.Text("reason") ?? ""),
                { } type when root.Text("envelope_id", 200) is { } id => new Envelope(id, KindOf(type), root.Object("payload")?.Clone() ?? default, root.Flag("accepts_response_payload")),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SlackKind? KindOf(string type) => type switch
    {
        "slash_commands" => SlackKind.Command,
        "interactive" => SlackKind.Interaction,
        "events_api" => SlackKind.Event,
        _ => null,
    };
}
