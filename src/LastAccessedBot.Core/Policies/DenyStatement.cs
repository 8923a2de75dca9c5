using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>
/// Writes a Deny statement over whole services: behind the statements of a document, whose other bytes stay as they are, or as a document of
/// its own. Every result is read back and compared: nothing else may have changed. A Deny only ever takes away.
/// </summary>
public static class DenyStatement
{
    private const string Sid = "DenyUnusedServices";

    /// <summary>A document with nothing but the statement.</summary>
    public static PolicyDocument Alone(IReadOnlyCollection<ServiceNamespace> services) =>
        Proven($$"""{"Version":"2012-10-17","Statement":[{{Statement(Sid, services)}}]}""", [], Sid, services);

    /// <summary>The document with the statement as its last, under a Sid that none of its statements has.</summary>
    public static PolicyDocument Behind(PolicyDocument document, IReadOnlyCollection<ServiceNamespace> services)
    {
        var statements = document.Layout.Statements;
        int first = statements[0].Start, last = statements[^1].End;
        var sid = FreeSid(document);
        var bytes = document.Utf8.Span;
        string Text(Range range, ReadOnlySpan<byte> from) => Encoding.UTF8.GetString(from[range]);
        // Set apart as the others are; a statement that stood alone, without a list, gets one.
        var separator = statements.Length > 1 ? Text(statements[^2].End..statements[^1].Start, bytes) : $",{SpaceBefore(bytes[..first])}";
        var (open, close) = document.Layout.StatementIsList ? ("", "") : ("[", "]");
        return Proven(
            $"{Text(..first, bytes)}{open}{Text(first..last, bytes)}{separator}{Statement(sid, services)}{close}{Text(last.., bytes)}",
            [.. document.Statements], sid, services);
    }

    private static string Statement(string sid, IEnumerable<ServiceNamespace> services) =>
        $$"""{"Sid":"{{sid}}","Effect":"Deny","Action":[{{string.Join(',', services.Select(service => $"\"{service}:*\""))}}],"Resource":"*"}""";

    private static string SpaceBefore(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[text.TrimEnd(" \t\r\n"u8).Length..]);

    // AWS keeps Sids apart by their letters' case; who reads them does not.
    private static string FreeSid(PolicyDocument document)
    {
        for (var number = 1; ; number++)
        {
            var sid = number == 1 ? Sid : $"{Sid}{number}";
            if (document.Statements.All(statement => !sid.Equals(statement.Sid, StringComparison.OrdinalIgnoreCase))) return sid;
        }
    }

    private static PolicyDocument Proven(string text, Statement[] before, string sid, IEnumerable<ServiceNamespace> services)
    {
        if (PolicyDocument.Read(text) is not Parsed<PolicyDocument>.Ok { Value: var document }) throw new InvalidOperationException("the written policy cannot be read back");
        var last = document.Statements[^1];
        var isProven = document.Statements.Length == before.Length + 1
            && document.Statements.Zip(before).All(pair => Same(pair.First, pair.Second))
            && last is { IsAllow: false, IsNot: false } && last.Sid == sid && last.Actions.SequenceEqual(services.Select(service => $"{service}:*"));
        return isProven ? document : throw new InvalidOperationException("the written policy says something else than it should");
    }

    private static bool Same(Statement one, Statement other) =>
        one.Sid == other.Sid && one.IsAllow == other.IsAllow && one.IsNot == other.IsNot && one.Actions.SequenceEqual(other.Actions);
}
