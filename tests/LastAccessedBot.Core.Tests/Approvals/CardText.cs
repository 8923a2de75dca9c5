using System.Text;
using LastAccessedBot.Core.Cards;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Tests.Approvals;

/// <summary>A card as a text that people can read in a review: names in ‹›, strong words in **.</summary>
internal static class CardText
{
    public static string Of(Card card)
    {
        var text = new StringBuilder($"[{card.Tone}] {Of(card.Title)}\n");
        foreach (var block in card.Blocks) Block(text, block, "  ");
        Choices(text, card.Choices, "  ");
        return text.ToString();
    }

    private static void Block(StringBuilder text, CardBlock block, string indent)
    {
        switch (block)
        {
            case CardBlock.Paragraph paragraph: text.Append(indent).Append(paragraph.Tone == Tone.Neutral ? "" : $"[{paragraph.Tone}] ").Append(Of(paragraph.Text)).Append('\n'); break;
            case CardBlock.Facts facts: foreach (var fact in facts.Items) text.Append(indent).Append(fact.Label).Append(" = ").Append(Of(fact.Value)).Append('\n'); break;
            case CardBlock.Table table:
                text.Append(indent).AppendJoin(" | ", table.Headings).Append('\n');
                foreach (var row in table.Rows) text.Append(indent).AppendJoin(" | ", row.Cells.Select(Of)).Append(row.Tone == Tone.Neutral ? "" : $" [{row.Tone}]").Append('\n');
                break;
            case CardBlock.Chart chart:
                text.Append(indent).Append("chart ").Append(chart.Title).Append(" // ").Append(chart.InWords).Append('\n');
                foreach (var bar in chart.Bars) text.Append(indent).Append($"  {bar.Label} = {bar.Value}{(bar.Tone == Tone.Neutral ? "" : $" [{bar.Tone}]")}\n");
                break;
            case CardBlock.Diff diff:
                text.Append(indent).Append("diff ").Append(Of(diff.Title)).Append('\n');
                foreach (var line in diff.Lines) text.Append(indent).Append(line.Mark switch { DiffMark.Goes => '-', DiffMark.Comes => '+', _ => ' ' }).Append(line.Text).Append('\n');
                break;
            case CardBlock.Details details:
                text.Append(indent).Append("> ").Append(Of(details.Summary)).Append('\n');
                foreach (var inner in details.Blocks) Block(text, inner, indent + "  ");
                break;
            case CardBlock.Section section:
                text.Append(indent).Append($"== [{section.Tone}] ").Append(Of(section.Title)).Append('\n');
                foreach (var inner in section.Blocks) Block(text, inner, indent + "  ");
                Choices(text, section.Choices, indent + "  ");
                break;
            case CardBlock.Progress progress: text.Append(indent).Append($"… {progress.Fraction} ").Append(Of(progress.Text)).Append('\n'); break;
        }
    }

    private static void Choices(StringBuilder text, IEnumerable<Choice> choices, string indent)
    {
        foreach (var choice in choices) text.Append(indent).Append($"({choice.Style} {choice.Label} → {choice.Id}{(choice.Confirm is { } ask ? $" asks: {ask}" : "")}{(choice.Form is { } form ? $" asks for: {Of(form.About)} {string.Join(' ', form.Fields.Select(Of))}" : "")})\n");
    }

    private static string Of(Field field) => field switch
    {
        Field.Text text => $"[{text.Id}: {text.Label} …{text.Most}]",
        Field.OneOf one => $"[{one.Id}: {one.Label} {string.Join(" | ", one.Options.Select(option => $"{option.Value}{(option.Value == one.Initial ? "*" : "")} {option.Label}"))}]",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Of(Prose prose) => string.Concat(prose.Spans.Select(span => span.Style switch
    {
        SpanStyle.Name => $"‹{span.Text}›",
        SpanStyle.Strong => $"**{span.Text}**",
        SpanStyle.Place => $"#{span.Text}",
        _ => span.Text,
    }));
}
