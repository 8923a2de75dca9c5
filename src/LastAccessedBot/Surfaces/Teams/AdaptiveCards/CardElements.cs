using System.Collections.Immutable;
using System.Text.Json;
using LastAccessedBot.Core.Cards;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>Parts of a card as elements: a fact, a sentence, a row, a chart.</summary>
internal static class CardElements
{
    private const string LabelWidth = "80px";
    private const int NarrowestColumn = 9, WidestColumn = 16, ShortestCut = 400;

    private static readonly TextRun
        s_plain = new(""),
        s_subtle = new("") { IsSubtle = true },
        s_strong = new("") { Weight = TextWeight.Bolder };

    /// <summary>What is told of a block by one element, and the same cut to a weight (<see cref="ProseParts"/>).</summary>
    private sealed record Told(Element Whole, Func<int, Element> Cut);

    public static RichTextBlock Line(CardLine line, TextRun? like = null) => new([.. SignRun(line.Sign, like ?? s_plain), .. RunText.Block(line.Text, like).Inlines]);

    public static RichTextBlock Note(string words) => RunText.Block(words, s_subtle);

    /// <summary>The elements that fit, in order, and whether those tell all that a message tells.</summary>
    /// <param name="room">Characters of JSON.</param>
    public static (ImmutableArray<Element> Elements, bool IsWhole) Fitting(IReadOnlyList<CardBlock> blocks, int room)
    {
        var elements = ImmutableArray.CreateBuilder<Element>();
        var (left, told) = (room, 0);
        foreach (var block in blocks)
        {
            var lines = CardLines.Of(block).Count();
            var (some, number) = block is CardBlock.Table table && (table.Main ?? table.Headings.Length) is <= AdaptiveCardLimits.Columns and var columns ? Rows(table, columns, left) : Some(block, left);
            elements.AddRange(some);
            told += number;
            left -= some.Sum(Length);
            if (number == lines) continue;
            elements.Add(Note(CardParts.Behind(blocks.Sum(one => CardLines.Of(one).Count()) - told)));
            return (elements.ToImmutable(), false);
        }
        return (elements.ToImmutable(), true);
    }

    /// <summary>All of a block that is no section, no details and no diff, in elements of at most a few thousand characters.</summary>
    public static IEnumerable<Element> InFull(CardBlock block)
    {
        const int PartWeight = 2_000, TableLength = 8_000;
        switch (block)
        {
            case CardBlock.Table table when table.Headings.Length <= AdaptiveCardLimits.Columns:
                for (var rest = table; !rest.Rows.IsEmpty;)
                {
                    var (elements, told) = Rows(rest, rest.Headings.Length, TableLength);
                    // A row that is larger than a table may be is told in lines.
                    foreach (var element in told > 0 ? elements : InFull(rest with { Rows = rest.Rows[..1] }, PartWeight)) yield return element;
                    rest = rest with { Rows = rest.Rows[Math.Max(told, 1)..] };
                }
                break;
            case CardBlock.Facts facts:
                foreach (var fact in facts.Items)
                {
                    var parts = ProseParts.Of(fact.Value, PartWeight);
                    yield return Fact(fact with { Value = parts[0] });
                    foreach (var part in parts.Skip(1)) yield return RunText.Block(part) with { Spacing = Spacing.None };
                }
                break;
            case CardBlock.Chart chart:
                yield return Chart(chart);
                break;
            case CardBlock.Link link:
                yield return Link(link);
                break;
            default:
                foreach (var element in InFull(block, PartWeight)) yield return element;
                break;
        }
    }

    public static int Length(Element element) => JsonSerializer.Serialize(element, AdaptiveCardJson.Options).Length + 1;

    private static IEnumerable<Element> InFull(CardBlock block, int weight) => CardLines.Of(block, inFull: true)
        .SelectMany(line => ProseParts.Of(line.Text, weight).Select((part, index) => index == 0 ? Line(line with { Text = part }) : RunText.Block(part) with { Spacing = Spacing.None }));

    private static (List<Element> Elements, int Lines) Some(CardBlock block, int room)
    {
        var elements = new List<Element>();
        var lines = 0;
        foreach (var one in AsTold(block))
        {
            var length = Length(one.Whole);
            if (length > room)
            {
                // What would be left out is begun, where there is room to say what it is about.
                if (room > 3 * ShortestCut) elements.Add(one.Cut((room - ShortestCut) / 3));
                return (elements, lines);
            }
            elements.Add(one.Whole);
            lines++;
            room -= length;
        }
        return (elements, lines);
    }

    private static IEnumerable<Told> AsTold(CardBlock block) => block switch
    {
        CardBlock.Facts facts => facts.Items.Select(fact => new Told(Fact(fact), most => Fact(fact with { Value = ProseParts.Cut(fact.Value, most) }))),
        CardBlock.Chart chart => [new Told(Chart(chart), most => RunText.Block(ProseParts.Cut(chart.InWords, most)))],
        // Half an address opens nothing.
        CardBlock.Link link => [new Told(Link(link), _ => RunText.Block(link.Label))],
        _ => CardLines.Of(block).Select(line => new Told(Line(line), most => Line(line with { Text = ProseParts.Cut(line.Text, most) }))),
    };

    private static ActionSet Link(CardBlock.Link link) => new([new OpenUrlAction(RunText.Safe(PlainWords.Cut(link.Label, AdaptiveCardLimits.OptionText)), link.Address)]);

    // Columns of even places, as a fact set has; its own values would be read as markdown.
    private static ColumnSet Fact(Fact fact) => new(
    [
        new Column(LabelWidth, [RunText.Block(PlainWords.Cut(fact.Label, AdaptiveCardLimits.InputLabel), s_strong)]),
        new Column("stretch", [RunText.Block(fact.Value)]),
    ])
    { Spacing = Spacing.Small };

    private static HorizontalBarChart Chart(CardBlock.Chart chart) => new(
        RunText.Safe(PlainWords.Cut(chart.Title, AdaptiveCardLimits.Title)),
        [.. chart.Bars.Select(bar => new ChartBar(RunText.Safe(PlainWords.Cut(bar.Label, AdaptiveCardLimits.OptionText)), bar.Value, bar.Tone switch { Tone.Good => "good", Tone.Caution => "warning", Tone.Bad => "attention", _ => "neutral" }))],
        RunText.Block(chart.InWords));

    /// <summary>A table of the first rows, as many as there is room for.</summary>
    private static (List<Element> Elements, int Rows) Rows(CardBlock.Table whole, int columns, int room)
    {
        var table = whole with { Main = columns };
        var length = Length(TableOf(table with { Rows = [] }, columns));
        var lines = CardLines.Of(table).ToArray();
        var rows = 0;
        for (; rows < table.Rows.Length; rows++)
        {
            length += JsonSerializer.Serialize(Row(table.Rows[rows], columns), AdaptiveCardJson.Options).Length + Length(Spaced(lines[rows])) + 1;
            if (length > room) break;
        }
        return (rows > 0 ? [TableOf(table with { Rows = table.Rows[..rows] }, columns)] : [], rows);
    }

    private static Table TableOf(CardBlock.Table table, int columns) => new(
        [.. Enumerable.Range(0, columns).Select(column => new ColumnDefinition(WidthOf(table, column)))],
        [
            new TableRow([.. table.Headings.Take(columns).Select(heading => new TableCell([RunText.Block(heading, s_subtle)]))]),
            .. table.Rows.Select(row => Row(row, columns)),
        ],
        new Container([.. CardLines.Of(table).Select(Spaced)]));

    private static RichTextBlock Spaced(CardLine line) => Line(line) with { Spacing = Spacing.Small };

    private static TableRow Row(Core.Cards.TableRow row, int columns) =>
        new([.. row.Cells.Take(columns).Select((cell, column) => column == 0 ? new TableCell([Line(new(CardLines.SignOf(row.Tone), CardLines.Bold(cell)))]) : Cell(cell))]);

    private static TableCell Cell(Prose cell) => new(RunText.Of(cell) is { IsEmpty: false } runs ? [new RichTextBlock(runs)] : []);

    // As wide as what is usually in them, and on a phone no column so narrow that short words break.
    private static int WidthOf(CardBlock.Table table, int column) => (int)Math.Clamp(
        table.Rows.Select(row => row.Cells[column].ToString().Length).Append(table.Headings[column].Length).Average(), NarrowestColumn, WidestColumn);

    private static ImmutableArray<TextRun> SignRun(Sign sign, TextRun like) => sign switch
    {
        Sign.Good => [like with { Text = "✔ ", Color = TextColor.Good }],
        Sign.Caution => [like with { Text = "⚠ ", Color = TextColor.Warning }],
        Sign.Bad => [like with { Text = "✖ ", Color = TextColor.Attention }],
        Sign.Working => [like with { Text = "⏳ " }],
        _ => [],
    };
}
