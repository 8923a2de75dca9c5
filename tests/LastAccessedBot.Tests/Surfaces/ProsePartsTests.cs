using LastAccessedBot.Core.Cards;
using LastAccessedBot.Surfaces;

namespace LastAccessedBot.Tests.Surfaces;

public sealed class ProsePartsTests
{
    private static readonly Prose s_users = Prose.Join(", ", Enumerable.Range(0, 400).Select(number => Prose.Of($"{$"user-{number}"}")));

    [Fact]
    public void Parts_say_all_of_it_and_break_no_name()
    {
        var parts = ProseParts.Of(s_users, 500);
        Assert.True(parts.Count > 10);
        Assert.Equal(s_users.ToString(), string.Concat(parts));
        Assert.All(parts.SelectMany(part => part.Spans).Where(span => span.Style == SpanStyle.Name), span => Assert.Matches("^user-[0-9]+$", span.Text));
        Assert.All(parts, part => Assert.InRange(part.Spans.Sum(span => span.Text.Length + 40), 1, 500));
    }

    [Fact]
    public void A_sentence_breaks_at_its_spaces_and_what_has_none_between_characters()
    {
        Assert.All(ProseParts.Of(string.Join(' ', Enumerable.Repeat("word", 200)), 100).SkipLast(1), part => Assert.EndsWith("word ", part.ToString()));
        var faces = ProseParts.Of(string.Concat(Enumerable.Repeat("😀", 200)), 101);
        Assert.All(faces, part => Assert.DoesNotContain('\ufffd', string.Concat(part.ToString().EnumerateRunes())));
        Assert.Equal(400, faces.Sum(part => part.ToString().Length));
    }

    [Fact]
    public void A_cut_begins_the_name_that_does_not_fit()
    {
        Assert.Equal("Group " + new string('x', 13) + "…", ProseParts.Cut(Prose.Of($"Group {new string('x', 80)}"), 100).ToString());
        Assert.Equal("Group x", ProseParts.Cut(Prose.Of($"Group {"x"}"), 100).ToString());
        Assert.EndsWith("…", ProseParts.Cut(s_users, 500).ToString());
        Assert.True(ProseParts.Cut(s_users, 500).Spans.Sum(span => span.Text.Length + 40) <= 541);
    }
}
