namespace LastAccessedBot.Core;

/// <summary>An expected "no", in words that a chat user can read: the value in backticks, and what to try.</summary>
public sealed record Refusal(string Message, string? Help = null)
{
    public override string ToString() => Help is null ? Message : $"{Message}; {Help}";
}
