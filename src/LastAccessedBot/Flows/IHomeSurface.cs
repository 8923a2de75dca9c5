using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>A chat platform that gives every person a page of their own.</summary>
public interface IHomeSurface
{
    /// <summary>The name in <see cref="Person.Surface"/>.</summary>
    string Name { get; }

    /// <summary>Replaces the person's page.</summary>
    /// <returns>false when another host replaced it since this one did: what the card was drawn from may be old, and nothing was replaced.</returns>
    Task<bool> ShowAsync(Person person, Card card, CancellationToken cancellation);
}
