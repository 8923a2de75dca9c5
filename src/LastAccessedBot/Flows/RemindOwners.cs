using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Audit;
using LastAccessedBot.Core.Cards;
using Microsoft.Extensions.Options;

namespace LastAccessedBot.Flows;

/// <summary>When each conversation was reminded last.</summary>
public interface IReminders
{
    Task<DateTimeOffset?> LastAsync(Conversation conversation, CancellationToken cancellation);

    /// <summary>Notes a reminder where the last one is still the one that was seen; false when another host reminds.</summary>
    Task<bool> WriteAsync(Conversation conversation, DateTimeOffset? last, DateTimeOffset now, AuditEntry entry, CancellationToken cancellation);
}

/// <summary>
/// Reminds a conversation of what it has not decided: once when it stood for a while, and once more on the day before its time runs out. All of it in one
/// message, at most one a day, which is noted before it is posted: a host that dies in between reminds of nothing on that day. What only digests show,
/// digests remind of.
/// </summary>
public sealed class RemindOwners(
    IProposals proposals, IReviews reviews, IReminders reminders, IOwners owners, ChatSurfaces surfaces, IPeople people, IOptionsMonitor<ApprovalOptions> options, TimeProvider time)
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var (now, after) = (time.GetUtcNow(), options.CurrentValue.RemindAfter);
        if (after == TimeSpan.Zero) return;
        var open = (await proposals.InAsync([ProposalState.Proposed], cancellation)).Where(proposal => !proposal.IsOver(now)).ToLookup(proposal => proposal.ReviewId);
        var here = new Dictionary<Conversation, List<Proposal>>();
        foreach (var review in open)
            foreach (var conversation in (await reviews.FindAsync(review.Key, cancellation))?.Cards.Select(card => card.Conversation).Distinct() ?? [])
                (here.TryGetValue(conversation, out var known) ? known : here[conversation] = []).AddRange(review);
        foreach (var (conversation, all) in here.Where(pair => surfaces.Reaches(pair.Key)))
        {
            var last = await reminders.LastAsync(conversation, cancellation);
            if (now - last < s_day || !all.Any(proposal => IsDue(proposal, after, last, now))) continue;
            ImmutableArray<Proposal> waiting = [.. all.OrderBy(proposal => proposal.ExpiresAt).ThenBy(proposal => proposal.ProposedAt)];
            var entry = new AuditEntry(now, "bot", "reminded", null, null, string.Join(", ", waiting.Select(proposal => proposal.Subject.Words).Distinct()), $"{waiting.Length} undecided");
            if (!await reminders.WriteAsync(conversation, last, now, entry, cancellation)) continue;
            var authority = options.CurrentValue.ToAuthority().With(await owners.AllAsync(cancellation));
            await surfaces.PostAsync(conversation, new ReminderCard(waiting, authority, await owners.AbsencesAsync(now, cancellation), people.NameOf, now).Build(), cancellation);
        }
    }

    private static bool IsDue(Proposal proposal, TimeSpan after, DateTimeOffset? last, DateTimeOffset now) =>
        new[] { proposal.ProposedAt + after, proposal.ExpiresAt - s_day }.Any(moment => moment <= now && !(last >= moment));
}
