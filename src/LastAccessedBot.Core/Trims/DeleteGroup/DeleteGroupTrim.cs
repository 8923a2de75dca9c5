using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Edits;
using LastAccessedBot.Core.Trims.BeforeDeleting;

namespace LastAccessedBot.Core.Trims.DeleteGroup;

/// <summary>
/// A group goes when it is empty, or when none of its members used anything that it gives. Where it denies something to its members, it
/// stays: without it, more would be allowed.
/// </summary>
internal static class DeleteGroupTrim
{
    public static void Consider(Candidate candidate)
    {
        var (group, name) = (candidate.Identity, candidate.Ref.Name);
        var isEmpty = group.Members.IsEmpty;
        if ((candidate.Guarded() ?? (isEmpty ? Young(candidate) : OfMembers(candidate))) is { } why)
        {
            candidate.Plan.Withhold(candidate.Title, why);
            return;
        }
        candidate.Plan.Offer(candidate.Deletion(
            TrimKind.DeleteGroup,
            [
                .. group.Members.Select(member => new AccountEdit.RemoveUserFromGroup(name, member)),
                .. candidate.Stripped(),
                new AccountEdit.DeleteIdentity(candidate.Ref),
            ],
            isEmpty ? [Prose.Of($"{name} has no members: what it gives reaches nobody.")] : [],
            isEmpty ? "nobody." : Prose.Of($"{BlastRadius.Count(group.Members.Count, "member"):w} of group {name}; what they have by other ways stays."),
            []));
    }

    // AWS has no report for an empty group; that nobody was in it all the time is not known either, only that nobody misses it now.
    private static Prose? Young(Candidate candidate) => candidate.Identity.Created > candidate.Plan.Facts.Window.Start(candidate.Plan.Facts.Now)
        ? Prose.Of($"{candidate.Ref.Name} exists only since {candidate.Identity.Created}, less than the {candidate.Plan.Facts.Window.Days} days asked about; somebody may be about to use it.")
        : null;

    private static Prose? OfMembers(Candidate candidate) =>
        candidate.InUse()
        ?? candidate.NotKnown()
        ?? (candidate.Denying is { } denying ? Prose.Of($"{denying.Name} denies something to the members: without the group, more would be allowed. Remove its members first.") : null)
        ?? (candidate.Services.IsEmpty ? Prose.Of($"{candidate.Ref.Name} gives nothing that AWS could report on, and what its list of members is good for, nobody can know. Remove its members first.") : null);
}
