using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Schedules;

namespace LastAccessedBot.Core.Digests;

/// <summary>The card of a digest: what is new and what is open, with the proposals as they stand while it is the newest of its target.</summary>
/// <param name="ProposalsOf">The proposals of a review, in the order of their proposing.</param>
/// <param name="Find">A proposal of whichever review; null where there is none.</param>
/// <param name="IsNewest">No later digest tells of the target in the same conversation.</param>
/// <param name="NameOf">A person's display name.</param>
public sealed record DigestCard(
    Digest Digest, Func<string, ImmutableArray<Proposal>> ProposalsOf, Func<string, Proposal?> Find, Func<DigestTarget, bool> IsNewest, Func<string, string> NameOf)
{
    private const int MostNamed = 10, MostDecided = 8, MostOpenOfOne = 4, MostOpen = 10, MostCharts = 3;

    public Card Build()
    {
        var told = Digest.Targets.Where(target => !target.IsSilent).ToArray();
        if (Digest.NotSeen is null && told.All(target => !target.HasNews)) return Card.Of(NothingNew(told), [.. Beside()]);
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        if (Digest.NotSeen is { } lost)
            blocks.Add(new CardBlock.Paragraph(
                (Digest.NeverCame ? Prose.Of($"The digest of {lost} never came: it could not be posted.") : Prose.Of($"Nobody knows whether the digest of {lost} came: something failed while it was posted."))
                .Then(" This one tells of the time before it, too."), Tone.Caution));
        // A single picture for each of the first: more of them push the decisions off the screen.
        foreach (var target in told.Where(target => target.HasNews && target.Points.Length > 0).Take(MostCharts)) blocks.Add(Chart(target));
        var (room, opened) = (MostOpen, 0);
        foreach (var target in told.Where(target => target.HasNews))
        {
            var open = IsNewest(target) ? Shown(target) : [];
            var shown = open.Take(Math.Min(MostOpenOfOne, room)).ToArray();
            room -= shown.Length;
            opened += open.Count(proposal => proposal.State == ProposalState.Proposed);
            blocks.Add(Heading(target, open.Length - shown.Length));
            foreach (var proposal in shown) blocks.Add(Section(proposal));
        }
        blocks.AddRange(Beside());
        var still = told.Where(target => !target.HasNews).ToArray();
        if (still.Length > 0) blocks.Add(new CardBlock.Paragraph(NothingNew(still).Then(".")));
        return new Card(Title(told, opened), told.Any(target => target.Failed is not null) || opened > 0 ? Tone.Caution : Tone.Neutral, blocks.ToImmutable(), []);
    }

    private Prose Title(DigestTarget[] told, int opened)
    {
        var parts = new List<Prose>();
        if (opened > 0) parts.Add(Count(opened, "open suggestion"));
        if (told.Where(target => target.Since is not null).Sum(target => target.Idle.Length) is > 0 and var idle) parts.Add(Prose.Of($"{Count(idle, "service"):w} became unused"));
        if (told.Sum(target => target.GrownBack.Length) is > 0 and var grown) parts.Add(Prose.Of($"{Count(grown, "service"):w} grew back"));
        if (told.Sum(target => target.Decided.Length) is > 0 and var decided) parts.Add(Count(decided, "decision"));
        if (told.Count(target => target.Failed is not null) is > 0 and var failed) parts.Add(Prose.Of($"{failed} without an answer"));
        return parts.Count > 0 ? Prose.Of($"{Kind:w}: ").Then(Prose.Join(", ", parts)) : Prose.Of($"{Kind:w} of {Digest.At}");
    }

    private string Kind => Digest.Every switch
    {
        Every.Day => "Daily digest",
        Every.Week => "Weekly digest",
        _ => "Monthly digest",
    };

    private static Prose NothingNew(DigestTarget[] targets) => Prose.Of($"Nothing new{Since(targets):w}: ").Then(Prose.Join(", ", targets.Select(target => target.Subject.Prose)));

    private static string Since(DigestTarget[] targets) => targets.Select(target => target.Since).Min() is { } since && targets.All(target => target.Since is not null) ? $" since {since:yyyy-MM-dd}" : "";

    private static CardBlock.Chart Chart(DigestTarget target)
    {
        var points = target.Points;
        return new CardBlock.Chart(
            $"{target.Subject.Prose}: services granted and used",
            $"{target.Subject.Prose}: {string.Join("; ", points.Select(point => $"{point.At:yyyy-MM-dd} {point.Granted:N0} granted, {point.Used:N0} used"))}.",
            [.. points.SelectMany(point => new[] { new Bar($"{point.At:yyyy-MM-dd} granted", point.Granted), new Bar("used", point.Used, Tone.Good) })]);
    }

    // What follows from a decision, such as the deletion of a policy that was detached, came after the digest and belongs to it.
    private ImmutableArray<Proposal> Shown(DigestTarget target)
    {
        if (target.ReviewId is null) return [];
        var all = ProposalsOf(target.ReviewId).Where(proposal => proposal.State != ProposalState.Superseded).ToArray();
        var first = target.Open.Select(id => all.FirstOrDefault(proposal => proposal.Id == id)).OfType<Proposal>().ToArray();
        return [.. first, .. all.Where(proposal => (proposal.State == ProposalState.Proposed || proposal.IsUnderWay) && !first.Contains(proposal))];
    }

    private CardBlock.Section Heading(DigestTarget target, int more)
    {
        var blocks = ImmutableArray.CreateBuilder<CardBlock>();
        if (target.Failed is { } why) blocks.Add(new CardBlock.Paragraph(Prose.Backticked($"No answer: {why}."), Tone.Bad));
        else blocks.Add(new CardBlock.Paragraph(Prose.Of($"{target.Granted} services granted: {target.Used} used, {target.Unused} unused, {target.Granted - target.Used - target.Unused} unknown.")));
        if (Idle(target) is { } idle) blocks.Add(idle);
        foreach (var grown in target.GrownBack) blocks.Add(new CardBlock.Paragraph(Prose.Of($"Grown back: {grown.Name:w} was trimmed by {grown.ProposalId} and is granted again."), Tone.Caution));
        if (Decided(target) is { } decided) blocks.AddRange(decided);
        if (!IsNewest(target)) blocks.Add(new CardBlock.Paragraph("A newer digest further down says what is open now."));
        else if (more > 0) blocks.Add(new CardBlock.Paragraph(more == 1 ? "One more suggestion stands on its review." : Prose.Of($"{more} more suggestions stand on its review.")));
        return new CardBlock.Section(
            null, Capital(target.Subject.Prose), target.Failed is not null ? Tone.Bad : Tone.Neutral, blocks.ToImmutable(), [new Choice(new ChoiceId.Run($"/unused {target.Subject.Words}").ToString(), "Review it now")]);
    }

    private static CardBlock.Paragraph? Idle(DigestTarget target)
    {
        if (target.Idle.IsEmpty) return null;
        var named = Prose.Join(", ", target.Idle.Take(MostNamed).Select(service => service.LastSeen is { } seen ? Prose.Of($"{service.Name:w} (last used {seen})") : service.Name));
        var rest = target.Idle.Length > MostNamed ? Prose.Of($" and {target.Idle.Length - MostNamed} more") : Prose.Empty;
        return new CardBlock.Paragraph((target.Since is { } since ? Prose.Of($"Became unused since {since}: ") : "Unused at the first look: ").Then(named).Then(rest).Then("."), Tone.Caution);
    }

    private IEnumerable<CardBlock>? Decided(DigestTarget target)
    {
        var decided = target.Decided.Take(MostDecided).Select(Find).OfType<Proposal>().ToArray();
        if (decided.Length == 0) return null;
        CardBlock table = new CardBlock.Table(["Decided", "What", "By", "On"], [.. decided.Select(Row)]);
        return target.Decided.Length > MostDecided
            ? [table, new CardBlock.Paragraph(Prose.Of($"{target.Decided.Length - MostDecided} more decisions: {$"/unused history {Name(target)}"}."))]
            : [table];
    }

    private TableRow Row(Proposal proposal)
    {
        var (what, by, tone) = proposal.State switch
        {
            ProposalState.Applied => ("approved and applied", proposal.DecidedBy, Tone.Good),
            ProposalState.Undone => ("undone", proposal.UndoneBy, Tone.Neutral),
            ProposalState.Undoing => ("being undone", proposal.UndoneBy, Tone.Neutral),
            ProposalState.Dismissed => ("dismissed", proposal.DecidedBy, Tone.Neutral),
            ProposalState.Kept => ($"kept until {proposal.ExpiresAt:yyyy-MM-dd}", proposal.DecidedBy, Tone.Neutral),
            ProposalState.Drifted => ("approved, and not applied: the account had changed", proposal.DecidedBy, Tone.Bad),
            ProposalState.Failed => ("approved, and failed", proposal.DecidedBy, Tone.Bad),
            _ => ("decided", proposal.DecidedBy, Tone.Neutral),
        };
        return new TableRow([proposal.Trim.Title, Prose.Of($"{what:w} as {proposal.Id}"), by is null ? "nobody" : NameOf(by), $"{DigestNews.ChangedAt(proposal):yyyy-MM-dd}"], tone);
    }

    private CardBlock.Section Section(Proposal proposal) => new ProposalSection(proposal, NameOf).Brief(
        [], proposal.State == ProposalState.Proposed ? [new Fact("About", proposal.Subject.Prose), new Fact("Expires", $"{proposal.ExpiresAt:yyyy-MM-dd HH:mm} UTC")] : [new Fact("About", proposal.Subject.Prose)], _ => true);

    private IEnumerable<CardBlock> Beside()
    {
        if (Digest.Beside is not { } beside) yield break;
        var named = Prose.Join(", ", beside.Named.Select(target => Prose.Of($"{target.KindWord:w} {target.Name} ({$"{target.Unused:N0} of {target.Granted:N0} services":w})")));
        var rest = beside.Targets > beside.Named.Length ? Prose.Of($" and {beside.Targets - beside.Named.Length} more") : Prose.Empty;
        yield return new CardBlock.Section(
            null, Prose.Of($"Also unused, by the sweep of {beside.At}"), Tone.Neutral,
            [new CardBlock.Paragraph(((Prose)"No digest here tells of ").Then(named).Then(rest).Then("."))],
            [.. beside.Named.Select(target => new Choice(new ChoiceId.Run($"/unused {target.Words}").ToString(), target.Label))]);
    }

    private static string Name(DigestTarget target) => target.Subject.Words[(target.Subject.Words.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number:N0} {noun}s";

    private static Prose Capital(Prose prose) => new(prose.Spans.SetItem(0, prose.Spans[0] with { Text = char.ToUpperInvariant(prose.Spans[0].Text[0]) + prose.Spans[0].Text[1..] }));
}
