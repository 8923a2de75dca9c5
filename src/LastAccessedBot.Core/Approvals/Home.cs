using System.Collections.Immutable;

namespace LastAccessedBot.Core.Approvals;

/// <summary>The proposals that concern one person, in the lists in which they want to see them.</summary>
/// <param name="Waiting">What they may approve now, the oldest first.</param>
/// <param name="Elsewhere">What waits for somebody else or is under way, the oldest first.</param>
/// <param name="Decided">What was decided, the latest first.</param>
public sealed record Home(ImmutableArray<Proposal> Waiting, ImmutableArray<Proposal> Elsewhere, ImmutableArray<Proposal> Decided)
{
    /// <summary>How many of each list stand on a page.</summary>
    public const int OnPage = 6;

    /// <param name="person">As <c>surface:id</c>.</param>
    /// <param name="open">Proposed or under way, the oldest first.</param>
    public static Home Of(string person, Authority authority, IEnumerable<Proposal> open, ImmutableArray<Proposal> decided, DateTimeOffset now)
    {
        var standing = open.Where(proposal => proposal.IsUnderWay || now < proposal.ExpiresAt).ToLookup(proposal => MayApprove(proposal, person, authority, now));
        return new Home([.. standing[true]], [.. standing[false]], decided);
    }

    /// <summary>As many pages as the longest list has; at least one.</summary>
    public int Pages => Math.Max(1, (new[] { Waiting.Length, Elsewhere.Length, Decided.Length }.Max() + OnPage - 1) / OnPage);

    /// <summary>That page of every list.</summary>
    /// <param name="number">From 1; beyond the ends, the nearest page.</param>
    public Home Page(int number)
    {
        var before = (Math.Clamp(number, 1, Pages) - 1) * OnPage;
        return new Home(Part(Waiting), Part(Elsewhere), Part(Decided));

        ImmutableArray<Proposal> Part(ImmutableArray<Proposal> list) => [.. list.Skip(before).Take(OnPage)];
    }

    private static bool MayApprove(Proposal proposal, string person, Authority authority, DateTimeOffset now) =>
        ApprovalRules.Rule(proposal, Press.Approve, person, authority, now, name => name) is Ruling.Granted;
}
