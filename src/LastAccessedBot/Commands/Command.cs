using LastAccessedBot.Core.Evidence;

namespace LastAccessedBot.Commands;

/// <summary>What a line after <c>/unused</c> asks for.</summary>
public abstract record Command
{
    private Command() { }

    /// <summary><c>/unused NAME</c>, <c>/unused group NAME 30d</c>.</summary>
    public sealed record Review(string? Kind, string Name, ReviewWindow Window) : Command;

    /// <summary><c>/unused delete user NAME</c>: what to know before it is deleted.</summary>
    public sealed record Delete(string Kind, string Name, ReviewWindow Window) : Command;

    /// <summary><c>/unused policies</c>.</summary>
    public sealed record Policies(ReviewWindow Window) : Command;

    /// <summary><c>/unused history [NAME]</c>.</summary>
    public sealed record History(string? About) : Command;

    /// <summary><c>/unused undo ID</c>.</summary>
    public sealed record Undo(string ProposalId) : Command;

    public sealed record Help : Command;
}
