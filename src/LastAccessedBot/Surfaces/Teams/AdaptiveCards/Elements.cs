using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LastAccessedBot.Surfaces.Teams.AdaptiveCards;

/// <summary>An element of Adaptive Cards 1.5; the names are the schema's.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RichTextBlock), "RichTextBlock")]
[JsonDerivedType(typeof(Container), "Container")]
[JsonDerivedType(typeof(ColumnSet), "ColumnSet")]
[JsonDerivedType(typeof(Table), "Table")]
[JsonDerivedType(typeof(ActionSet), "ActionSet")]
[JsonDerivedType(typeof(HorizontalBarChart), "Chart.HorizontalBar")]
[JsonDerivedType(typeof(TextInput), "Input.Text")]
[JsonDerivedType(typeof(ChoiceSetInput), "Input.ChoiceSet")]
public abstract record Element
{
    /// <summary>The room above; null for the usual one.</summary>
    public Spacing? Spacing { get; init; }
}

/// <summary>
/// Words. No element for words but this one is used: a TextBlock and a FactSet read markdown, and no client agrees with another about escapes;
/// what stands in a run is what people see.
/// </summary>
public sealed record RichTextBlock(ImmutableArray<TextRun> Inlines) : Element;

/// <summary>Words in one look, made by <see cref="RunText"/> alone.</summary>
public sealed record TextRun(string Text)
{
    [JsonPropertyOrder(-1)]
    public string Type => "TextRun";

    public TextSize? Size { get; init; }

    public TextWeight? Weight { get; init; }

    public TextColor? Color { get; init; }

    public FontType? FontType { get; init; }

    public bool? IsSubtle { get; init; }
}

/// <param name="Style">A ground of its own; null for that of what is around.</param>
/// <param name="Bleed">Reaches to the edge of what is around.</param>
public sealed record Container(ImmutableArray<Element> Items, ContainerStyle? Style = null, bool? Bleed = null) : Element;

public sealed record ColumnSet(ImmutableArray<Column> Columns) : Element;

/// <param name="Width"><c>stretch</c>, <c>auto</c>, or pixels as <c>80px</c>.</param>
public sealed record Column(string Width, ImmutableArray<Element> Items)
{
    [JsonPropertyOrder(-1)]
    public string Type => "Column";
}

/// <param name="Fallback">For clients that know no tables.</param>
public sealed record Table(ImmutableArray<ColumnDefinition> Columns, ImmutableArray<TableRow> Rows, Element Fallback) : Element
{
    public bool FirstRowAsHeaders => true;

    public bool ShowGridLines => false;
}

/// <param name="Width">As a share of all widths.</param>
public sealed record ColumnDefinition(int Width);

public sealed record TableRow(ImmutableArray<TableCell> Cells)
{
    [JsonPropertyOrder(-1)]
    public string Type => "TableRow";
}

public sealed record TableCell(ImmutableArray<Element> Items)
{
    [JsonPropertyOrder(-1)]
    public string Type => "TableCell";
}

public sealed record ActionSet(ImmutableArray<CardAction> Actions) : Element;

/// <summary>Teams' own. It asks for no capability, for Teams documents none by which charts are known; a client without charts falls back as it does for any type that it does not know.</summary>
public sealed record HorizontalBarChart(string Title, ImmutableArray<ChartBar> Data, Element Fallback) : Element
{
    public string DisplayMode => "AbsoluteWithAxis";
}

/// <param name="Color"><c>good</c>, <c>warning</c>, <c>attention</c>, <c>neutral</c>.</param>
public sealed record ChartBar(string X, int Y, string Color);

/// <summary>Something to fill in.</summary>
/// <param name="ErrorMessage">What is said where it is left empty.</param>
public sealed record TextInput(string Id, string Label, string ErrorMessage, int MaxLength, bool IsMultiline, string? Value) : Element
{
    public bool IsRequired => true;
}

public sealed record ChoiceSetInput(string Id, string Label, string ErrorMessage, ImmutableArray<ChoiceOption> Choices, string Value) : Element
{
    public bool IsRequired => true;
}

public sealed record ChoiceOption(string Title, string Value);

public enum Spacing { None, Small, Medium }

public enum TextSize { Medium, Large }

public enum TextWeight { Bolder }

public enum TextColor { Good, Warning, Attention }

public enum FontType { Monospace }

public enum ContainerStyle
{
    [JsonStringEnumMemberName("emphasis")]
    Emphasis,

    [JsonStringEnumMemberName("good")]
    Good,

    [JsonStringEnumMemberName("warning")]
    Warning,

    [JsonStringEnumMemberName("attention")]
    Attention,
}
