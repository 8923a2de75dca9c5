using System.Text.Json;

namespace LastAccessedBot.Surfaces.Slack;

/// <summary>The sorts of payload that Slack delivers, over HTTP and over Socket Mode alike.</summary>
public enum SlackKind
{
    /// <summary>A slash command; its form fields as an object of strings.</summary>
    Command,

    /// <summary>A press, and the like.</summary>
    Interaction,

    /// <summary>Something that happened in a workspace.</summary>
    Event,
}

/// <summary>What Slack is told at once.</summary>
public abstract record SlackAck
{
    private SlackAck() { }

    /// <summary>Taken; nothing to say yet.</summary>
    public static SlackAck Empty { get; } = new Taken(null);

    /// <summary>Taken.</summary>
    /// <param name="Json">The body of the answer; null for an empty one.</param>
    public sealed record Taken(string? Json) : SlackAck;

    /// <summary>The payload is not what Slack sends; nothing was done.</summary>
    public sealed record Malformed : SlackAck;
}

/// <summary>Where both ways in end: payloads that are known to come from Slack.</summary>
public interface ISlackDoor
{
    /// <summary>
    /// Stores what is to be done and returns within milliseconds; the work goes on as a job. A payload that came before, by whichever way,
    /// is acknowledged and does nothing.
    /// </summary>
    Task<SlackAck> ReceiveAsync(SlackKind kind, JsonElement payload, CancellationToken cancellation);
}
