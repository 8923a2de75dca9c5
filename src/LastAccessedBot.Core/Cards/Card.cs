using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Cards;

/// <summary>The mood of a card or of a part of it.</summary>
public enum Tone { Neutral, Good, Caution, Bad }

/// <summary>A message before any platform touches it.</summary>
/// <param name="Title">The first line; also what a notification shows.</param>
/// <param name="Choices">The buttons at the foot, at most twelve.</param>
public sealed record Card(Prose Title, Tone Tone, ImmutableArray<CardBlock> Blocks, ImmutableArray<Choice> Choices)
{
    public static Card Of(Prose title, params ImmutableArray<CardBlock> blocks) => new(title, Tone.Neutral, blocks, []);

    /// <summary>The button with this id, of the card or of one of its sections; null where there is none (any more).</summary>
    public Choice? Find(string choice) =>
        Choices.Concat(Blocks.OfType<CardBlock.Section>().SelectMany(section => section.Choices)).FirstOrDefault(one => one.Id == choice);
}

/// <summary>A part of a card.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Paragraph), "paragraph")]
[JsonDerivedType(typeof(Facts), "facts")]
[JsonDerivedType(typeof(Table), "table")]
[JsonDerivedType(typeof(Diff), "diff")]
[JsonDerivedType(typeof(Details), "details")]
[JsonDerivedType(typeof(Section), "section")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Chart), "chart")]
[JsonDerivedType(typeof(Link), "link")]
public abstract record CardBlock
{
    private CardBlock() { }

    /// <summary>A sentence or two.</summary>
    public sealed record Paragraph(Prose Text, Tone Tone = Tone.Neutral) : CardBlock;

    /// <summary>Short pairs of label and value.</summary>
    public sealed record Facts(ImmutableArray<Fact> Items) : CardBlock;

    /// <summary>Rows under headings; every row has as many cells as there are headings.</summary>
    /// <param name="Main">How many columns, from the first, say enough where room is short; null for all of them.</param>
    public sealed record Table(ImmutableArray<string> Headings, ImmutableArray<TableRow> Rows, int? Main = null) : CardBlock;

    /// <summary>What goes and what comes, line by line.</summary>
    public sealed record Diff(Prose Title, ImmutableArray<DiffLine> Lines) : CardBlock;

    /// <summary>Blocks that show when asked for.</summary>
    public sealed record Details(Prose Summary, ImmutableArray<CardBlock> Blocks) : CardBlock;

    /// <summary>One thing to decide, with its own buttons.</summary>
    /// <param name="Id">Stable over updates of the card; null when nothing refers to it.</param>
    public sealed record Section(string? Id, Prose Title, Tone Tone, ImmutableArray<CardBlock> Blocks, ImmutableArray<Choice> Choices) : CardBlock;

    /// <summary>Work under way.</summary>
    /// <param name="Fraction">0 to 1; null when nobody knows.</param>
    public sealed record Progress(Prose Text, double? Fraction) : CardBlock;

    /// <summary>Amounts to compare at a glance.</summary>
    /// <param name="InWords">All that the chart says, as a sentence of at most 1,000 characters: for whoever cannot see it, and wherever it cannot be drawn.</param>
    public sealed record Chart(string Title, string InWords, ImmutableArray<Bar> Bars) : CardBlock;

    /// <summary>A page of the bot's own to open.</summary>
    /// <param name="Address">Absolute; http or https.</param>
    public sealed record Link(string Label, Uri Address) : CardBlock;
}

/// <summary>One amount of a chart, zero or more.</summary>
public sealed record Bar(string Label, int Value, Tone Tone = Tone.Neutral);

/// <summary>A label and its value.</summary>
public sealed record Fact(string Label, Prose Value);

/// <summary>A row of a table.</summary>
public sealed record TableRow(ImmutableArray<Prose> Cells, Tone Tone = Tone.Neutral);

/// <summary>The weight of a button.</summary>
public enum ChoiceStyle { Plain, Primary, Danger }

/// <summary>A button.</summary>
/// <param name="Id">What comes back when it is pressed; opaque to platforms, at most 200 characters, holds no secret and no permission.</param>
/// <param name="Confirm">A question to ask before the press counts.</param>
/// <param name="Form">What to ask for before the press counts; takes the place of a question.</param>
public sealed record Choice(string Id, string Label, ChoiceStyle Style = ChoiceStyle.Plain, string? Confirm = null, Form? Form = null);
