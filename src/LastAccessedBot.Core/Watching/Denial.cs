using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Watching;

/// <summary>Attempts at something that a trim took away, made after it.</summary>
/// <param name="Action">As CloudTrail records it, without the service; null where only the service is known, of a report.</param>
/// <param name="Last">The latest of them.</param>
/// <param name="Times">How many CloudTrail recorded; 1 of a report, which counts none.</param>
public sealed record Denial(IdentityRef Who, ServiceNamespace Service, string? Action, DateTimeOffset Last, int Times)
{
    /// <summary>As a clause.</summary>
    public Prose Clause => Action is { } action
        ? Prose.Of($"{Who.KindWord:w} {Who.Name} was denied {$"{Service}:{action}"}{Often:w}, on {$"{Last:yyyy-MM-dd HH:mm}":w} UTC")
        : Prose.Of($"{Who.KindWord:w} {Who.Name} tried {Service.Value}, which the boundary refuses, on {$"{Last:yyyy-MM-dd HH:mm}":w} UTC");

    private string Often => Times switch
    {
        1 => "",
        2 => " twice, last",
        _ => $" {Times} times, last",
    };
}
