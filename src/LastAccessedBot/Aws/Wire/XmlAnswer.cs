using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace LastAccessedBot.Aws.Wire;

/// <summary>Reads IAM's XML answers. What AWS documents as always there and isn't makes the answer unreadable; nothing is made up.</summary>
internal static class XmlAnswer
{
    /// <exception cref="XmlException">The body is not XML.</exception>
    public static XElement Parse(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>The child of that name in whatever namespace.</summary>
    public static XElement? Child(this XElement parent, string name) => parent.Elements().FirstOrDefault(one => one.Name.LocalName == name);

    public static XElement Required(this XElement parent, string name) =>
        parent.Child(name) ?? throw new UnreadableAnswerException($"`{name}` is missing in `{parent.Name.LocalName}`");

    public static string Text(this XElement parent, string name) => parent.Required(name).Value;

    public static string? TextOrNull(this XElement parent, string name) => parent.Child(name)?.Value;

    public static bool Flag(this XElement parent, string name) => parent.TextOrNull(name) is "true";

    public static int Count(this XElement parent, string name) =>
        int.TryParse(parent.TextOrNull(name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    public static DateTimeOffset Date(this XElement parent, string name) =>
        parent.DateOrNull(name) ?? throw new UnreadableAnswerException($"`{name}` is missing in `{parent.Name.LocalName}`");

    public static DateTimeOffset? DateOrNull(this XElement parent, string name) =>
        parent.TextOrNull(name) is not { Length: > 0 } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date.ToUniversalTime()
        : throw new UnreadableAnswerException($"`{name}` is `{text}`, no date");

    /// <summary>A policy document: RFC 3986 percent-encoding, in which a plus is a plus.</summary>
    // AWS encodes every brace. moto sends the documents of policy versions as they are; decoding those would change them.
    public static string Document(this XElement parent, string name) =>
        parent.Text(name) is var text && text.Contains('{', StringComparison.Ordinal) ? text : Uri.UnescapeDataString(text);

    /// <summary>The <c>member</c>s of a list; a list that is absent is empty.</summary>
    public static ImmutableArray<T> Members<T>(this XElement parent, string name, Func<XElement, T> read) =>
        parent.Child(name)?.Elements().Where(one => one.Name.LocalName == "member").Select(read).ToImmutableArray() ?? [];

    public static ImmutableArray<string> Texts(this XElement parent, string name) => parent.Members(name, one => one.Value);

    public static ImmutableSortedDictionary<string, string> Tags(this XElement parent) =>
        parent.Members("Tags", one => KeyValuePair.Create(one.Text("Key"), one.Text("Value"))).ToImmutableSortedDictionary();
}
