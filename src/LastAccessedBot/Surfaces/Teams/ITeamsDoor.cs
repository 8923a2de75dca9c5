using System.Text.Json;

namespace LastAccessedBot.Surfaces.Teams;

/// <summary>What Teams is told at once.</summary>
/// <param name="Status">The HTTP status: 202 for what is done later, 200 for an invoke with its answer, 501 for an invoke of a name that means nothing here, 400 for what no Teams sends.</param>
/// <param name="Json">The body of the answer; null for an empty one.</param>
public sealed record TeamsAck(int Status, string? Json = null)
{
    public static TeamsAck Accepted { get; } = new(StatusCodes.Status202Accepted);

    public static TeamsAck Malformed { get; } = new(StatusCodes.Status400BadRequest);

    public static TeamsAck Unknown { get; } = new(StatusCodes.Status501NotImplemented);
}

/// <summary>Where every way in ends: activities that are known to come from Teams, from an allowed tenant, with a service address that replies may go to.</summary>
public interface ITeamsDoor
{
    /// <summary>
    /// Stores what is to be done and returns within milliseconds; an invoke returns what its sender sees next, within seconds. An activity that
    /// came before is acknowledged and does nothing.
    /// </summary>
    Task<TeamsAck> ReceiveAsync(JsonElement activity, CancellationToken cancellation);
}
