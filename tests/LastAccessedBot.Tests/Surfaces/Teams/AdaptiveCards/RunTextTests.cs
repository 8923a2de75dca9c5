using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;
using LastAccessedBot.Surfaces.Teams.AdaptiveCards;

namespace LastAccessedBot.Tests.Surfaces.Teams.AdaptiveCards;

public sealed class RunTextTests
{
    /// <summary>What would be markup, a mention, a date or no text at all, were it read as such.</summary>
    public static readonly string[] Hostile =
    [
        "[x](http://evil.example)", "**b**", "_i_", "~~s~~", "`code`", "1. x", "- x", "# x", "> x", "<at>Ada</at>", "<AT>Ada</AT>", "{{DATE(2026-01-01T00:00:00Z)}}", "{{{TIME(2026-01-01T00:00:00Z)}}}",
        "&lt;b&gt;", "<b>x</b>", "<script>x</script>", "a\nb", "a\u0000b\u001b[1m", "a\ud800b", "\udc00", "\u202Eabc", "a\u200Fb", "\u2066x\u2069", "http://evil.example", "${x}", "!&'\"\\",
    ];

    [Fact]
    public void Names_are_of_even_widths_and_strong_words_bold() => Assert.Equal(
        [new TextRun("Detach "), new TextRun("Big") { FontType = FontType.Monospace }, new TextRun(" now") { Weight = TextWeight.Bolder }],
        RunText.Of(Prose.Of($"Detach {"Big"}{Prose.Strong(" now")}")));

    [Fact]
    public void A_place_is_never_its_id() => Assert.Equal("another conversation", Assert.Single(RunText.Of(Prose.Place("tenant/19:x@thread.tacv2"))).Text);

    [Fact]
    public void What_is_no_text_or_turns_text_is_left_out()
    {
        Assert.Equal("a b", RunText.Safe("a\nb"));
        Assert.Equal("ab[1m", RunText.Safe("a\u0000b\u001b[1m"));
        Assert.Equal("a\ufffdb", RunText.Safe("a\ud800b"));
        Assert.Equal("abc", RunText.Safe("\u202Ea\u200Fb\u2066c\u2069"));
        Assert.Equal("é😀👩‍👩‍👧", RunText.Safe("é😀👩‍👩‍👧"));
    }

    [Fact]
    public void No_text_mentions_anybody_or_becomes_a_date() => Assert.All(Hostile, text =>
    {
        Assert.DoesNotContain("{{", RunText.Safe(text), StringComparison.Ordinal);
        Assert.DoesNotContain("<at", RunText.Safe(text), StringComparison.OrdinalIgnoreCase);
    });

    /// <summary>By construction: where nothing reads markdown, nothing has to be escaped, and every place that takes a text is one of these.</summary>
    [Fact]
    public void Every_text_of_a_hostile_card_is_a_run_a_title_or_a_label_and_means_nothing_to_a_machine()
    {
        Assert.All(Hostile.Select(HostileCard.Of).SelectMany(HostileCard.Everything), card =>
        {
            var node = AdaptiveCardChecks.Node(card);
            Assert.DoesNotContain(AdaptiveCardChecks.All(node), one => AdaptiveCardChecks.TypeOf(one) is "TextBlock" or "FactSet");
            var json = node.ToJsonString(AdaptiveCardJson.Options);
            Assert.DoesNotContain("{{", json.Replace("{{\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("<at", json, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(json, character => char.IsControl(character) || char.IsSurrogate(character) || character is '\u202e' or '\u200f');
        });
    }
}

/// <summary>Cards with the same text wherever a text can stand.</summary>
internal static class HostileCard
{
    public static Card Of(string text) => new(Prose.Of($"Group {text}"), Tone.Bad,
        [
            new CardBlock.Paragraph(text, Tone.Caution),
            new CardBlock.Facts([new Fact(text, Prose.Of($"{text}").Then(text).Then(Prose.Strong(text)))]),
            new CardBlock.Table([text, "B"], [new Core.Cards.TableRow([Prose.Of($"{text}"), text], Tone.Good)]),
            new CardBlock.Chart(text, text, [new Bar(text, 3)]),
            new CardBlock.Link(text, new Uri("https://bot.example.com/reports/x")),
            new CardBlock.Progress(text, 0.3),
            new CardBlock.Section("A", Prose.Strong(text), Tone.Good,
                [new CardBlock.Details(text, [new CardBlock.Diff(text, [new DiffLine(DiffMark.Goes, text)])])],
                [new Choice("approve:A", text), new Choice("keep:A", text, Form: FormOf(text))]),
        ],
        [new Choice("run:/unused x", text, Confirm: text)]);

    /// <summary>The message and its dialogs.</summary>
    public static IEnumerable<AdaptiveCard> Everything(Card card)
    {
        yield return CardAttachment.Render(card, "stamp-1").Card;
        foreach (var part in new[] { "own", "all", "A" }) yield return DetailsDialog.Render(card, part, 1, "1", "stamp-1").Card;
        var keep = card.Find("keep:A")!;
        yield return FormDialog.Render(keep, "1", "s", faults: new Dictionary<string, string> { ["reason"] = keep.Label }).Card;
    }

    private static Form FormOf(string text) => new(text, [new Field.Text("reason", text, 50), new Field.OneOf("until", text, [new Option("a", text), new Option("b", "b")], "a")]);
}
