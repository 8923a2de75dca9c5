using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Console.Page;

/// <summary>What the buttons of one message need.</summary>
/// <param name="Busy">The choice whose press is under way.</param>
public sealed record CardPresses(string? Busy, Func<Choice, Task> Press);
