using System.Collections.Immutable;

namespace LastAccessedBot.Core.Policies;

/// <summary>One statement as people talk about it.</summary>
/// <param name="Number">From 1, in the order of the document.</param>
/// <param name="IsNot">The actions stand in NotAction.</param>
/// <param name="Actions">As written, escapes resolved.</param>
public sealed record Statement(int Number, string? Sid, bool IsAllow, bool IsNot, ImmutableArray<string> Actions);
