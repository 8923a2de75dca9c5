using System.Collections.Immutable;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Tests.Surfaces.Cards;

/// <summary>Cards of every size, with texts that mean harm. The same seed makes the same card.</summary>
internal sealed class CardGenerator(int seed)
{
    private static readonly string[] s_scraps = ["a", "App-Dev", " ", "<!here>", "&", "&amp;", "`", "*", "_", "~", "\n", "é", "😀", "​", "users", "“quoted”", "arn:aws:iam::123456789012:policy/X", ">", "\r\n", ":tada:", "\u0000"];

    private readonly Random _random = new(seed);

    public Card Card() => new(Prose(), Tone(), Blocks(3, Size(60)), [.. Many(12, index => Choice($"run:/unused {index}"))]);

    private ImmutableArray<CardBlock> Blocks(int depth, int count) => [.. Enumerable.Range(0, count).Select(index => Block(depth, index))];

    private CardBlock Block(int depth, int index) => _random.Next(depth > 0 ? 10 : 6) switch
    {
        0 => new CardBlock.Paragraph(Prose(), Tone()),
        1 => new CardBlock.Facts([.. Many(8, _ => new Fact(Text(30), Prose()))]),
        2 => new CardBlock.Table(["A", "B", "C"], [.. Many(60, _ => new TableRow([Prose(), Prose(), Prose()], Tone()))]),
        3 => new CardBlock.Diff(Prose(), [.. Many(80, _ => new DiffLine((DiffMark)_random.Next(3), Text(400)))]),
        4 => new CardBlock.Chart(Text(_random.Next(20) == 0 ? 5_000 : 60) + "!", Text(_random.Next(20) == 0 ? 5_000 : 200) + ".", [.. Many(8, _ => new Bar(Text(30), _random.Next(400), Tone()))]),
        5 => new CardBlock.Link(Text(60) + "!", new Uri($"https://bot.example.com/reports/{Uri.EscapeDataString(Text(400).Replace('\u0000', '0'))}|>&{_random.Next()}")),
        6 => new CardBlock.Details(Prose(), Blocks(depth - 1, Size(6))),
        7 => new CardBlock.Progress(Prose(), _random.Next(2) == 0 ? null : _random.NextDouble()),
        _ when depth == 3 => new CardBlock.Section(_random.Next(3) == 0 ? null : $"P{index}", Prose(), Tone(), Blocks(2, Size(8)), [.. Many(4, number => Choice($"approve:P{index}-{number}"))]),
        _ => new CardBlock.Paragraph(Prose(), Tone()),
    };

    private Choice Choice(string id) => new(id, Text(100) + "!", (ChoiceStyle)_random.Next(3), _random.Next(3) == 0 ? Text(600) + "?" : null, _random.Next(3) == 0 ? Form() : null);

    private Form Form() => new(Prose(), [.. Many(9, index => Field($"field{index}")).Append(Field("last"))]);

    private Field Field(string id) => _random.Next(2) == 0
        ? new Field.Text(id, Text(100) + "?", 1 + _random.Next(3_000))
        : new Field.OneOf(id, Text(100) + "?", [.. Enumerable.Range(0, 2 + Size(98)).Select(number => new Option($"{number}", Text(74) + "."))], "0");

    private Prose Prose() => new([new Span(SpanStyle.Plain, "x"), .. Many(6, _ => Span())]);

    // A place is a conversation's id, whatever stands in it.
    private Span Span() => (SpanStyle)_random.Next(4) is var style && style == SpanStyle.Place && _random.Next(2) == 0
        ? new Span(style, $"T0ACME/C{_random.Next(1_000_000)}")
        : new Span(style, Text(_random.Next(20) == 0 ? 5_000 : 60));

    private string Text(int most)
    {
        var text = "";
        for (var length = _random.Next(most); text.Length < length;) text += s_scraps[_random.Next(s_scraps.Length)];
        return text;
    }

    private IEnumerable<T> Many<T>(int most, Func<int, T> make) => Enumerable.Range(0, Size(most)).Select(make);

    // Mostly small, sometimes as large as it goes.
    private int Size(int most) => _random.Next(4) == 0 ? _random.Next(most + 1) : _random.Next(Math.Min(most, 4) + 1);

    private Tone Tone() => (Tone)_random.Next(4);
}
