using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Console.Page;

/// <summary>What the buttons of one message need.</summary>
/// <param name="Ready">False until the page is connected, when a press would be lost.</param>
/// <param name="Busy">The choice whose press is under way.</param>
public sealed record CardPresses(bool Ready, string? Busy, Func<Choice, Task> Press);
