using System.Collections.Immutable;
using LastAccessedBot.Core;
using LastAccessedBot.Core.Account;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Keeps;
using LastAccessedBot.Core.Trims;
using LastAccessedBot.Core.Watching;

namespace LastAccessedBot.Flows;

/// <summary>Keeps targets and parts of them, lists what is kept, and lets it be suggested again. Those decide who may decide about the target.</summary>
public sealed class KeepTargets(
    IKeeps keeps, IProposals proposals, IBackgroundWork work, FindSubject find, AuthorityOf authority, ChatSurfaces surfaces, IPeople people, TimeProvider time)
{
    /// <param name="account">Where the target is; null for the home account without a name.</param>
    public Task ObeyAsync(KeepOrder order, AccountRef? account, Person person, Conversation conversation, CancellationToken cancellation) => order switch
    {
        KeepOrder.Keep keep => KeepAsync(keep, account, person, conversation, cancellation),
        KeepOrder.Revoke revoke => RevokeAsync(revoke.Id, person, conversation, cancellation),
        KeepOrder.List => ListAsync(conversation, cancellation),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Writes what was kept on a card beyond the suggestion; once, however often it is asked for.</summary>
    public async Task KeepAsync(StandingKeep keep, CancellationToken cancellation)
    {
        if (await keeps.WriteAsync(null, keep, Entry(keep, keep.By, "kept"), cancellation)) await RefreshAsync(keep, cancellation);
    }

    /// <summary>Lets what was kept on a card be suggested again, whatever of it was kept.</summary>
    public async Task ReopenAsync(string proposalId, string by, CancellationToken cancellation)
    {
        if (await keeps.FindAsync(proposalId, cancellation) is { IsRevoked: false } keep) await EndAsync(keep, by, cancellation);
    }

    private async Task KeepAsync(KeepOrder.Keep order, AccountRef? account, Person person, Conversation conversation, CancellationToken cancellation)
    {
        var message = await surfaces.PostAsync(conversation, KeepCards.UnderWay(order.Name), cancellation);
        var parsed = await find.OneAsync(order.Kind, order.Name, account, cancellation);
        var found = (parsed as Parsed<ReviewSubject>.Ok)?.Value;
        if (((parsed as Parsed<ReviewSubject>.Bad)?.Why ?? await MayNotAsync(found!, person, cancellation)) is { } why)
        {
            await surfaces.EndPrivatelyAsync(message, person, ReviewCards.Refused(why), cancellation);
            return;
        }
        var now = time.GetUtcNow();
        var keep = new StandingKeep(ShortId.New(), found!, order.Scope, person.Key(), Keeping.Said(person.Name, order.Reason, now.AddDays(order.Days)), 1);
        await keeps.WriteAsync(null, keep, Entry(keep, person.Key(), order.Reason.Length == 0 ? "snoozed" : "kept"), cancellation);
        await RefreshAsync(keep, cancellation);
        await surfaces.UpdateAsync(message, KeepCards.Kept(keep), cancellation);
    }

    private async Task RevokeAsync(string id, Person person, Conversation conversation, CancellationToken cancellation)
    {
        Refusal? why = null;
        if (await keeps.FindAsync(id, cancellation) is not { } keep) why = new Refusal($"Nothing is kept as `{(id.Length > 40 ? id[..40] + "…" : id)}`", "`/unused keeps` lists what is");
        else if (keep.IsOver(time.GetUtcNow())) why = new Refusal($"`{keep.Id}` is not kept any more", $"type `/unused {keep.Subject.Words}` for today's facts");
        else if (await MayNotAsync(keep.Subject, person, cancellation) is { } may) why = may;
        else if (await EndAsync(keep, person.Key(), cancellation)) await surfaces.PostAsync(conversation, KeepCards.Revoked(keep, person), cancellation);
        else why = new Refusal($"Somebody was faster with `{keep.Id}`", "`/unused keeps` lists what is kept");
        if (why is not null) await surfaces.TellAsync(conversation, person, ReviewCards.Refused(why), cancellation);
    }

    private async Task<bool> EndAsync(StandingKeep keep, string by, CancellationToken cancellation)
    {
        if (!await keeps.WriteAsync(keep, keep with { IsRevoked = true, Revision = keep.Revision + 1 }, Entry(keep, by, "unkept"), cancellation)) return false;
        await RefreshAsync(keep, cancellation);
        return true;
    }

    private async Task ListAsync(Conversation conversation, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var kept = (await proposals.InAsync([ProposalState.Kept], cancellation)).Where(proposal => !proposal.IsOver(now)).OrderBy(proposal => proposal.ExpiresAt);
        await surfaces.PostAsync(conversation, KeepCards.List(await keeps.StandingAsync(now, cancellation), [.. kept]), cancellation);
    }

    private async Task<Refusal?> MayNotAsync(ReviewSubject subject, Person person, CancellationToken cancellation)
    {
        var rights = await authority.ForAsync(person, cancellation);
        return rights.MayDecide(person.Key(), subject) ? null : rights.MayNot(person.Key(), subject, people.NameOf);
    }

    // What is open about it is planned anew; an approval that comes first meets the plan of its own check.
    private async Task RefreshAsync(StandingKeep keep, CancellationToken cancellation)
    {
        var kept = (keep.Subject as ReviewSubject.OfIdentity)?.Ref;
        var open = (await proposals.InAsync([ProposalState.Proposed, ProposalState.Kept], cancellation)).Where(proposal => proposal.Subject.In?.Id == keep.Subject.In?.Id
            && (proposal.Subject == keep.Subject || Watched.Whom(proposal.Trim).Any(from => from == kept || (kept?.Kind == IdentityKind.User && from.Kind == IdentityKind.Group)) || (keep.Subject is ReviewSubject.OfPolicy { Arn: var arn } && proposal.Trim.Basis.Policies.Contains(arn))));
        foreach (var review in open.Select(proposal => proposal.ReviewId).Distinct()) work.Refresh(review);
    }

    private AuditEntry Entry(StandingKeep keep, string by, string what) => new(time.GetUtcNow(), by, what, null, null, keep.Subject.Words, keep.Keeping.Detail(keep.Target));
}
