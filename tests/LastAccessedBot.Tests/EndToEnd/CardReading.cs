using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Tests.EndToEnd;

/// <summary>Cards as a person reads them.</summary>
internal static class CardReading
{
    public static IEnumerable<CardBlock> All(this Card card) => card.Blocks.SelectMany(All);

    public static bool IsUnderWay(this Card card) => card.All().Any(block => block is CardBlock.Progress);

    public static IEnumerable<CardBlock.Section> Sections(this Card card) => card.Blocks.OfType<CardBlock.Section>();

    /// <summary>The newest proposal whose title starts so.</summary>
    public static CardBlock.Section Section(this Card card, string title) =>
        card.Sections().LastOrDefault(section => section.Id is not null && section.Title.ToString().StartsWith(title, StringComparison.Ordinal))
        ?? throw new Xunit.Sdk.XunitException($"No proposal `{title}` on:\n{card.Text()}");

    public static string Choice(this CardBlock.Section section, string label) =>
        section.Choices.FirstOrDefault(choice => choice.Label == label)?.Id ?? throw new Xunit.Sdk.XunitException($"No button `{label}` on:\n{string.Join('\n', Lines(section))}");

    public static string Choice(this Card card, string label) =>
        card.Choices.FirstOrDefault(choice => choice.Label == label)?.Id ?? throw new Xunit.Sdk.XunitException($"No button `{label}` on:\n{card.Text()}");

    public static string Text(this Card card) => string.Join('\n', [card.Title.ToString(), .. card.Blocks.SelectMany(Lines), .. card.Choices.Select(Line)]);

    public static string Text(this CardBlock block) => string.Join('\n', Lines(block));

    private static IEnumerable<CardBlock> All(CardBlock block) => block switch
    {
        CardBlock.Details details => details.Blocks.SelectMany(All).Prepend(block),
        CardBlock.Section section => section.Blocks.SelectMany(All).Prepend(block),
        _ => [block],
    };

    private static IEnumerable<string> Lines(CardBlock block) => block switch
    {
        CardBlock.Paragraph paragraph => [paragraph.Text.ToString()],
        CardBlock.Facts facts => facts.Items.Select(fact => $"{fact.Label}: {fact.Value}"),
        CardBlock.Table table => table.Rows.Select(row => string.Join(" | ", row.Cells)).Prepend(string.Join(" | ", table.Headings)),
        CardBlock.Diff diff => diff.Lines.Select(line => line.ToString()).Prepend(diff.Title.ToString()),
        CardBlock.Details details => details.Blocks.SelectMany(Lines).Prepend($"[{details.Summary}]"),
        CardBlock.Section section => [$"== {section.Title}", .. section.Blocks.SelectMany(Lines), .. section.Choices.Select(Line)],
        CardBlock.Chart chart => [chart.InWords],
        CardBlock.Link link => [$"<{link.Address}> {link.Label}"],
        CardBlock.Progress progress => [$"… {progress.Text}"],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Line(Choice choice) => $"({choice.Label}: {choice.Id})";
}
