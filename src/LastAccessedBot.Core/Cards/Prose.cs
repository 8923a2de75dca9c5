using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace LastAccessedBot.Core.Cards;

/// <summary>How a span of text is meant.</summary>
public enum SpanStyle
{
    Plain,
    Name,
    Strong,

    /// <summary>A conversation on the platform that shows the card, by the platform's own id.</summary>
    Place,

    /// <summary>Somebody who should hear of it: a platform that can, tells them.</summary>
    Person,
}

/// <summary>A run of text in one style. The text is never markup, whatever characters it holds.</summary>
/// <param name="Id">Of a person or group, as <c>surface:id</c>; null for every other style.</param>
public sealed record Span(SpanStyle Style, string Text, string? Id = null);

/// <summary>
/// A sentence for a card. What stands between the braces of an interpolated string becomes a <see cref="SpanStyle.Name"/>, so that
/// text from AWS or from people can be shown as code by every platform and is never read as markup.
/// </summary>
public sealed record Prose(ImmutableArray<Span> Spans)
{
    public static Prose Empty { get; } = new(ImmutableArray<Span>.Empty);

    public static implicit operator Prose(string plain) => new([new Span(SpanStyle.Plain, plain)]);

    /// <summary>Literal parts are plain, holes are names; numbers and dates, formatted or not, stay plain.</summary>
    public static Prose Of(ProseHandler handler) => new(handler.Spans());

    public static Prose Strong(string text) => new([new Span(SpanStyle.Strong, text)]);

    /// <param name="conversation">By its id on the platform that shows the card.</param>
    public static Prose Place(string conversation) => new([new Span(SpanStyle.Place, conversation)]);

    /// <param name="key">As <c>surface:id</c>; a group of people, too.</param>
    /// <param name="name">For where they are not told.</param>
    public static Prose Person(string key, string name) => new([new Span(SpanStyle.Person, name, key)]);

    /// <summary>A sentence in which backticks already mark the names, as refusals write them.</summary>
    public static Prose Backticked(string sentence) => new([.. sentence.Split('`')
        .Select((part, index) => new Span(index % 2 == 1 ? SpanStyle.Name : SpanStyle.Plain, part))
        .Where(span => span.Text.Length > 0)]);

    public Prose Then(Prose next) => new(Spans.AddRange(next.Spans));

    public static Prose Join(Prose separator, IEnumerable<Prose> parts)
    {
        var joined = Empty;
        foreach (var part in parts) joined = joined.Spans.IsEmpty ? part : joined.Then(separator).Then(part);
        return joined;
    }

    public bool Equals(Prose? other) => other is not null && Spans.SequenceEqual(other.Spans);

    public override int GetHashCode() => Spans.Aggregate(0, (hash, span) => HashCode.Combine(hash, span));

    /// <summary>As a sentence in which backticks mark the names.</summary>
    public string InBackticks() => string.Concat(Spans.Select(span => span.Style == SpanStyle.Name ? $"`{span.Text}`" : span.Text));

    /// <summary>Without styles.</summary>
    public override string ToString() => string.Concat(Spans.Select(span => span.Text));
}

/// <summary>Builds a <see cref="Prose"/> from an interpolated string.</summary>
[InterpolatedStringHandler]
public readonly ref struct ProseHandler
{
    private readonly List<Span> _spans;

    public ProseHandler(int literalLength, int formattedCount)
    {
        _ = literalLength;
        _spans = new List<Span>((2 * formattedCount) + 1);
    }

    public void AppendLiteral(string literal) => Add(SpanStyle.Plain, literal);

    public void AppendFormatted(string? name) => Add(SpanStyle.Name, name ?? "");

    /// <summary>The format <c>w</c> makes a word of the sentence of it instead of a name.</summary>
    public void AppendFormatted(string? word, string format) => Add(format == "w" ? SpanStyle.Plain : SpanStyle.Name, word ?? "");

    public void AppendFormatted(int number) => Add(SpanStyle.Plain, number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));

    public void AppendFormatted(DateTimeOffset moment) => Add(SpanStyle.Plain, moment.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    public void AppendFormatted(Prose prose) => _spans.AddRange(prose.Spans);

    public void AppendFormatted<T>(T value) => Add(SpanStyle.Name, value?.ToString() ?? "");

    internal ImmutableArray<Span> Spans() => [.. _spans];

    private void Add(SpanStyle style, string text)
    {
        if (text.Length > 0) _spans.Add(new Span(style, text));
    }
}
