namespace LastAccessedBot.Core.Approvals;

/// <summary>What a person may press on a proposal.</summary>
public enum Press
{
    Approve,

    /// <summary>Not to be suggested for a while: it looks idle and is needed. Comes with a reason and a time.</summary>
    Keep,

    Dismiss,

    /// <summary>Takes back what was applied.</summary>
    Undo,

    /// <summary>Suggests again what is kept.</summary>
    Reopen,
}

/// <summary>The answer to a press.</summary>
public abstract record Ruling
{
    private Ruling() { }

    /// <summary>The proposal moves on.</summary>
    public sealed record Granted(ProposalState To) : Ruling;

    /// <summary>Nothing happens, and the presser hears why.</summary>
    public sealed record Denied(Refusal Why) : Ruling;
}

/// <summary>Decides about presses. It sees only stored facts: nothing that a card or a platform says counts.</summary>
public static class ApprovalRules
{
    /// <param name="person">As <c>surface:id</c>, verified by the surface.</param>
    /// <param name="nameOf">For sentences: a person's display name.</param>
    public static Ruling Rule(Proposal proposal, Press press, string person, Authority authority, DateTimeOffset now, Func<string, string> nameOf)
    {
        var from = press switch
        {
            Press.Undo => ProposalState.Applied,
            Press.Reopen => ProposalState.Kept,
            _ => ProposalState.Proposed,
        };
        if (proposal.State != from) return Deny(NotNow(proposal, press, nameOf));
        if (proposal.IsOver(now)) return Deny(Over(proposal));
        // Whoever asked may put a suggestion aside for themselves; keeping it would silence it for everybody.
        var ownDismissal = press == Press.Dismiss && person == proposal.RequestedBy;
        if (!ownDismissal && !authority.MayDecide(person, proposal.Subject)) return Deny(authority.MayNot(person, proposal.Subject, nameOf));
        if (press == Press.Approve && proposal.Trim.Risk.NeedsFourEyes && !authority.OnePersonMayDoBoth && SecondPair(proposal, person) is { } why) return Deny(why);
        return new Ruling.Granted(press switch
        {
            Press.Approve => ProposalState.Approved,
            Press.Keep => ProposalState.Kept,
            Press.Reopen => ProposalState.Proposed,
            Press.Dismiss => ProposalState.Dismissed,
            _ => ProposalState.Undoing,
        });
    }

    private static Refusal? SecondPair(Proposal proposal, string person) =>
        person == proposal.ApprovedBefore ? new Refusal("This one needs a second pair of eyes: you approved the step before it", "ask another admin or owner to approve it")
        // Where an earlier approval exists, the requester of the review counts as the second pair.
        : proposal.ApprovedBefore is null && person == proposal.RequestedBy ? new Refusal("This one needs a second pair of eyes: you asked for it yourself", "ask another admin or owner to approve it")
        : null;

    private static Refusal Over(Proposal proposal) => new(
        $"`{proposal.Id}` {(proposal.Keeping is null ? "expired on" : "was kept until")} {proposal.ExpiresAt:yyyy-MM-dd}", $"type `{proposal.Command}` for today's facts");

    private static Refusal NotNow(Proposal proposal, Press press, Func<string, string> nameOf)
    {
        var by = proposal.DecidedBy is { } decider ? $" by `{nameOf(decider)}`" : "";
        return proposal.State switch
        {
            ProposalState.Proposed when press == Press.Reopen => new Refusal($"`{proposal.Id}` is suggested already"),
            ProposalState.Proposed => new Refusal($"`{proposal.Id}` was not applied, so there is nothing to undo"),
            ProposalState.Dismissed => new Refusal($"`{proposal.Id}` was dismissed{by} already"),
            ProposalState.Kept => new Refusal($"`{proposal.Id}` was kept{by} already, until {proposal.ExpiresAt:yyyy-MM-dd}", "press Suggest again on its card to decide anew"),
            ProposalState.Expired => Over(proposal),
            ProposalState.Superseded when proposal.Outcome is { } outcome => new Refusal($"`{proposal.Id}` was {outcome}", "see the card"),
            ProposalState.Superseded => new Refusal($"`{proposal.Id}` was replaced by a newer review", "use the newest card"),
            ProposalState.Approved or ProposalState.Applying => new Refusal($"`{proposal.Id}` was approved{by} already and is being applied"),
            ProposalState.Applied => new Refusal($"`{proposal.Id}` was approved{by} already and is applied"),
            ProposalState.Drifted => new Refusal($"`{proposal.Id}` was approved{by}, but the account had changed, so nothing was done", "use the renewed card"),
            ProposalState.Failed => new Refusal($"`{proposal.Id}` was approved{by} and failed: {proposal.Outcome}"),
            ProposalState.Undoing => new Refusal($"`{proposal.Id}` is being undone already{(proposal.UndoneBy is { } undoing ? $" for `{nameOf(undoing)}`" : "")}"),
            _ => new Refusal($"`{proposal.Id}` was undone already{(proposal.UndoneBy is { } undoer ? $" by `{nameOf(undoer)}`" : "")}"),
        };
    }

    private static Ruling.Denied Deny(Refusal why) => new(why);
}
