using System.Collections.Immutable;
using LastAccessedBot.Core.Approvals;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Keeps;

namespace LastAccessedBot.Flows;

/// <summary>The cards around what is kept.</summary>
public static class KeepCards
{
    private const int MostRows = 25, MostButtons = 10;

    public static Card UnderWay(string name) => Card.Of(Prose.Of($"Keeping {name}"), new CardBlock.Progress("Looking for it …", null));

    public static Card Kept(StandingKeep keep) => new(
        Prose.Of($"{(keep.Keeping.IsSnooze ? "Snoozed" : "Kept"):w}: ").Then(keep.Target), Tone.Good,
        [
            new CardBlock.Paragraph(keep.Keeping.Sentence.Then(".")),
            new CardBlock.Paragraph(keep.Scope is KeepScope.OfService
                ? "Its use counts as unknown until then, and what is unknown is never trimmed: neither from the target itself nor from a group or a policy that gives it."
                : "Nothing suggests to take it away until then: neither on the target's own card nor on that of a group or a policy that gives it."),
        ],
        [Revoke(keep, "Suggest again")]);

    public static Card Revoked(StandingKeep keep, Person by) => Card.Of(
        Prose.Of($"Kept no more: ").Then(keep.Target), new CardBlock.Paragraph(Prose.Of($"{by.Name} lets it be suggested again; {$"/unused {keep.Subject.Words}"} shows today's facts.")));

    /// <param name="suggestions">Those that are kept by themselves, on their cards.</param>
    public static Card List(ImmutableArray<StandingKeep> keeps, ImmutableArray<Proposal> suggestions)
    {
        if (keeps.IsEmpty && suggestions.IsEmpty)
            return Card.Of("Nothing is kept", new CardBlock.Paragraph(Prose.Of($"What looks idle and is needed: {"/unused keep NAME 90d WHY"}, or Keep on its card. {"/unused snooze NAME 14d"} puts it off.")));
        ImmutableArray<TableRow> rows =
        [
            .. keeps.Select(keep => Row(keep.Id, keep.Target, keep.Keeping)),
            .. suggestions.Where(one => keeps.All(keep => keep.Id != one.Id)).Select(one => Row(one.Id, one.Trim.Title, one.Keeping!)),
        ];
        ImmutableArray<CardBlock> blocks = [new CardBlock.Table(["Kept", "How long", "By", "Why", "Id"], [.. rows.Take(MostRows)])];
        if (rows.Length > MostRows) blocks = blocks.Add(new CardBlock.Paragraph(Prose.Of($"And {rows.Length - MostRows} more.")));
        if (!suggestions.IsEmpty) blocks = blocks.Add(new CardBlock.Paragraph("A suggestion that is kept by itself is suggested again from its card."));
        return new Card(rows.Length == 1 ? "1 thing is kept" : Prose.Of($"{rows.Length} things are kept"), Tone.Neutral, blocks, [.. keeps.Take(MostButtons).Select(keep => Revoke(keep, $"Unkeep {keep.Id}"))]);
    }

    private static TableRow Row(string id, Prose what, Keeping keeping) =>
        new([what, Prose.Of($"until {keeping.Until}"), Prose.Of($"{keeping.By}"), keeping.IsSnooze ? "only snoozed" : Prose.Of($"{keeping.Reason}"), Prose.Of($"{id}")]);

    private static Choice Revoke(StandingKeep keep, string label) => new(new ChoiceId.Run($"/unused unkeep {keep.Id}").ToString(), label);
}
