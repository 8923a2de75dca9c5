using System.Globalization;
using System.Xml.Linq;
using LastAccessedBot.Sandbox.Model;

namespace LastAccessedBot.Sandbox.Iam;

/// <summary>Elements of the Query protocol's answers.</summary>
internal static class Xml
{
    public static XElement Element(string name, params object?[] content) => new(name, content);

    public static XElement? Optional(string name, object? content) => content is null ? null : new XElement(name, content);

    public static XElement Element(string name, bool value) => new(name, value ? "true" : "false");

    public static XElement Element(string name, DateTimeOffset value) =>
        new(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public static XElement Member(params object?[] content) => new("member", content);

    public static XElement List(string name, IEnumerable<XElement> members) => new(name, members);

    /// <summary>Documents travel percent-encoded, as RFC 3986 has it.</summary>
    public static XElement Document(string name, PolicyText document) => new(name, Uri.EscapeDataString(document.Json));

    public static XElement Tags(IEnumerable<KeyValuePair<string, string>> tags) =>
        List("Tags", tags.Select(tag => Member(Element("Key", tag.Key), Element("Value", tag.Value))));
}
