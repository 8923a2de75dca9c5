using LastAccessedBot.Core.Evidence;
using LastAccessedBot.Core.Explanations;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Commands;

/// <summary>What a line after <c>/unused</c> asks for.</summary>
public abstract record Command
{
    private Command() { }

    /// <summary><c>/unused NAME</c>, <c>/unused group NAME 30d</c>, <c>/unused ou NAME</c>, <c>/unused root</c>.</summary>
    public sealed record Review(string? Kind, string Name, ReviewWindow Window) : Command;

    /// <summary>A question of another kind about something whose kind is named: <c>/unused delete user NAME</c>.</summary>
    public sealed record Ask(Question Question, string Kind, string Name, ReviewWindow Window) : Command;

    /// <summary><c>/unused why user NAME s3</c>, <c>/unused who group NAME s3</c>.</summary>
    public sealed record AboutService(ServiceAsked Asked, string? Kind, string Name) : Command;

    /// <summary><c>/unused sweep</c>, over the whole account, and <c>/unused policies</c>, over its attached customer managed policies.</summary>
    public sealed record Sweep(SweepOrder Order) : Command;

    /// <summary><c>/unused history [NAME]</c>.</summary>
    /// <param name="Verify"><c>/unused history verify</c>: whether the record is as it was written.</param>
    public sealed record History(string? About, bool Verify = false) : Command;

    /// <summary><c>/unused report [NAME [Nd]]</c>.</summary>
    /// <param name="Name">null for the overview.</param>
    /// <param name="Window">null for the newest review, whatever days it looked at.</param>
    public sealed record Report(string? Kind, string? Name, ReviewWindow? Window) : Command;

    /// <summary><c>/unused undo ID</c>.</summary>
    public sealed record Undo(string ProposalId) : Command;

    /// <summary><c>/unused subscribe NAME</c>, <c>/unused unsubscribe NAME</c>, <c>/unused subscriptions</c>.</summary>
    public sealed record Subscriptions(SubscriptionOrder Order) : Command;

    /// <summary><c>/unused owner NAME add @person</c>, <c>/unused away @person 14d</c>, <c>/unused back</c>.</summary>
    public sealed record Owners(OwnerOrder Order) : Command;

    /// <summary><c>/unused keep NAME 90d WHY</c>, <c>/unused snooze NAME 14d</c>, <c>/unused keeps</c>, <c>/unused unkeep ID</c>.</summary>
    public sealed record Keeps(KeepOrder Order) : Command;

    public sealed record Help : Command;
}

/// <summary>What is to be looked at in one go.</summary>
public abstract record SweepOrder
{
    private SweepOrder() { }

    /// <param name="Again"><c>/unused sweep again</c>: anew, however fresh the last one is.</param>
    public sealed record Account(bool Again) : SweepOrder;

    public sealed record Policies(ReviewWindow Window) : SweepOrder;
}
