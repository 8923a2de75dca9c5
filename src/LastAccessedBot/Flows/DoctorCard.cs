using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Flows;

/// <summary>What the checkups found, as a card: a part for each area, the worst first.</summary>
public static class DoctorCard
{
    /// <summary>More rows of one area tell nobody more, and platforms take no endless cards.</summary>
    private const int MostRows = 15;

    /// <summary>For admins.</summary>
    public static Card InFull(ImmutableArray<Diagnosis> found) => new(Title(found), Worst(found),
        [.. ByArea(found).Select(area => new CardBlock.Section(null, $"{Word(area.Key)}: {Count(area)}", Worst(area), [.. Blocks(area)], []))], []);

    /// <summary>For everybody else.</summary>
    /// <param name="admins">Their names; they see more.</param>
    public static Card InBrief(ImmutableArray<Diagnosis> found, ImmutableArray<string> admins) => new(Title(found), Worst(found),
        [
            new CardBlock.Facts([.. ByArea(found).Select(area => new Fact(Word(area.Key), Count(area)))]),
            new CardBlock.Paragraph(admins.IsEmpty
                ? Prose.Of($"The details are for admins, and the settings name none: {"Approvals:Admins"}.")
                : Prose.Of($"The details are for admins: {Prose.Join(", ", admins.Select(admin => Prose.Of($"{admin}")))}.")),
        ], []);

    private static IEnumerable<IGrouping<CheckupArea, Diagnosis>> ByArea(ImmutableArray<Diagnosis> found) =>
        found.GroupBy(one => one.Area).OrderByDescending(area => Worst(area)).ThenBy(area => area.Key);

    private static IEnumerable<CardBlock> Blocks(IEnumerable<Diagnosis> area)
    {
        Diagnosis[] all = [.. area.OrderByDescending(one => one.Verdict)];
        yield return new CardBlock.Table(["What", "Finding"], [.. all.Take(MostRows).Select(Row)]);
        if (all.Length > MostRows) yield return new CardBlock.Paragraph(Prose.Of($"And {all.Length - MostRows} more of the kind."));
    }

    private static TableRow Row(Diagnosis one) => new([one.What, Prose.Backticked(one.Help is null ? one.Sentence : $"{one.Sentence.TrimEnd('.')}; {one.Help}.")], one.Verdict);

    private static Prose Title(ImmutableArray<Diagnosis> found) => Worst(found) == Tone.Good ? "All is well" : $"The doctor found: {Count(found)}";

    private static string Count(IEnumerable<Diagnosis> found)
    {
        var (bad, caution) = (found.Count(one => one.Verdict == Tone.Bad), found.Count(one => one.Verdict == Tone.Caution));
        return (bad, caution) switch
        {
            (0, 0) => "well",
            (0, _) => $"{caution} to look at",
            (_, 0) => $"{bad} not working",
            _ => $"{bad} not working, {caution} to look at",
        };
    }

    // Good, caution and bad stand in this order.
    private static Tone Worst(IEnumerable<Diagnosis> found) => found.Select(one => one.Verdict).DefaultIfEmpty(Tone.Good).Max();

    private static string Word(CheckupArea area) => area switch
    {
        CheckupArea.Aws => "AWS",
        CheckupArea.Chat => "Chat",
        CheckupArea.Store => "Store",
        CheckupArea.Jobs => "Jobs",
        CheckupArea.References => "References",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
