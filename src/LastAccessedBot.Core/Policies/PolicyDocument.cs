using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>
/// An IAM JSON policy that was read whole. It keeps the text that it was read from: what no edit touches stays as its author wrote it,
/// to the byte.
/// </summary>
public sealed class PolicyDocument
{
    private readonly byte[] _utf8;
    private readonly PolicyLayout _layout;

    private PolicyDocument(byte[] utf8, PolicyLayout layout)
    {
        _utf8 = utf8;
        _layout = layout;
        Text = Encoding.UTF8.GetString(utf8);
        Statements = [.. Enumerable.Range(0, layout.StatementCount).Select(StatementAt)];
        Size = SizeOf(utf8);
        (Services, GrantsEveryOther) = Granted();
    }

    /// <summary>The document as it was read.</summary>
    public string Text { get; }

    public ReadOnlyMemory<byte> Utf8 => _utf8;

    public ImmutableArray<Statement> Statements { get; }

    /// <summary>The services that Allow statements grant something of by name.</summary>
    public ImmutableSortedSet<ServiceNamespace> Services { get; }

    /// <summary>An Allow statement grants every service (<c>*</c>), or every one that its NotAction does not name.</summary>
    public bool GrantsEveryOther { get; }

    /// <summary>Something in it allows.</summary>
    public bool Allows => Statements.Any(statement => statement.IsAllow);

    /// <summary>No statement allows anything; such a policy only takes away.</summary>
    public bool OnlyDenies => !Allows;

    /// <summary>Something in it denies: whoever loses the document may be allowed more than before.</summary>
    public bool Denies => Statements.Any(statement => !statement.IsAllow);

    /// <summary>Characters as AWS counts them against the quota: white space between the elements is free.</summary>
    public int Size { get; }

    /// <summary>SHA-256 of the text.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(_utf8));

    /// <summary>Reads a document; a refusal names the statement and the field.</summary>
    public static Parsed<PolicyDocument> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Read(string)"/>
    public static Parsed<PolicyDocument> Read(ReadOnlySpan<byte> utf8)
    {
        var layout = new PolicyLayout();
        return PolicyReader.Read(utf8, layout) is { } refusal
            ? new Parsed<PolicyDocument>.Bad(refusal)
            : new Parsed<PolicyDocument>.Ok(new PolicyDocument(utf8.ToArray(), layout));
    }

    /// <summary>Whether an Allow statement grants any action of the service; conditions, resources and Deny statements are not weighed.</summary>
    public bool Grants(ServiceNamespace service)
    {
        if (Services.Contains(service)) return true;
        if (!GrantsEveryOther) return false;
        foreach (var statement in _layout.Statements)
            if (statement.IsAllow && Reaches(statement, EveryAction(service))) return true;
        return false;
    }

    /// <summary>The statements, those that allow and those that deny, which reach any action of the service, in the order of the document.</summary>
    public ImmutableArray<ServiceStatement> StatementsOn(ServiceNamespace service)
    {
        var everyAction = EveryAction(service);
        var found = ImmutableArray.CreateBuilder<ServiceStatement>();
        for (var i = 0; i < _layout.StatementCount; i++)
        {
            var layout = _layout.Statements[i];
            if (!Reaches(layout, everyAction)) continue;
            var (actions, covers) = (ImmutableArray.CreateBuilder<string>(), false);
            foreach (var entry in _layout.EntriesOf(layout))
            {
                var text = _layout.Text(entry, _utf8);
                if (!entry.IsEverything && !ActionText.Overlap(text, everyAction)) continue;
                actions.Add(Encoding.UTF8.GetString(text));
                covers |= entry.IsEverything || ActionText.Covers(text, everyAction);
            }
            found.Add(ServiceStatement.Of(Statements[i], actions.ToImmutable(), layout.IsNot ? actions.Count == 0 : covers, _utf8.AsMemory(layout.Start, layout.End - layout.Start)));
        }
        return found.ToImmutable();
    }

    /// <summary>Whether an Allow statement grants the action, by whatever wildcard; conditions, resources and Deny statements are not weighed.</summary>
    /// <param name="action">With its service: <c>s3:GetObject</c>.</param>
    public bool GrantsAction(string action)
    {
        var text = Encoding.ASCII.GetBytes(action);
        foreach (var statement in _layout.Statements)
        {
            if (!statement.IsAllow) continue;
            var isNamed = false;
            foreach (var entry in _layout.EntriesOf(statement)) isNamed |= entry.IsEverything || ActionText.Covers(_layout.Text(entry, _utf8), text);
            if (isNamed != statement.IsNot) return true;
        }
        return false;
    }

    /// <summary>Whether an Allow statement lists the action, or a wildcard over some of the service's actions that matches it; not <c>service:*</c>.</summary>
    public bool NamesAction(string action)
    {
        var text = Encoding.ASCII.GetBytes(action);
        foreach (var statement in _layout.Statements)
        {
            if (!statement.IsAllow || statement.IsNot) continue;
            foreach (var entry in _layout.EntriesOf(statement))
            {
                var pattern = _layout.Text(entry, _utf8);
                if (!entry.IsEverything && !pattern.EndsWith(":*"u8) && ActionText.Covers(pattern, text)) return true;
            }
        }
        return false;
    }

    /// <summary>The document with one element a line, for people and diffs; the texts stay as written.</summary>
    public string Pretty() => PrettyPolicy.Of(_utf8);

    internal PolicyLayout Layout => _layout;

    internal static int SizeOf(ReadOnlySpan<byte> utf8)
    {
        var size = 0;
        var inText = false;
        for (var i = 0; i < utf8.Length; i++)
        {
            var character = utf8[i];
            if (inText && character == '\\')
            {
                size += 2;
                i++;
                continue;
            }
            if (character == '"') inText = !inText;
            var isFree = !inText && character is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';
            var continuesCharacter = (character & 0xC0) == 0x80;
            if (!isFree && !continuesCharacter) size++;
        }
        return size;
    }

    private Statement StatementAt(int index)
    {
        var statement = _layout.Statements[index];
        var actions = ImmutableArray.CreateBuilder<string>(statement.EntryCount);
        foreach (var entry in _layout.EntriesOf(statement)) actions.Add(Encoding.UTF8.GetString(_layout.Text(entry, _utf8)));
        var sid = statement.SidLength < 0 ? null : Encoding.UTF8.GetString(_utf8, statement.SidStart, statement.SidLength);
        return new Statement(index + 1, sid, statement.IsAllow, statement.IsNot, actions.MoveToImmutable());
    }

    private (ImmutableSortedSet<ServiceNamespace> Named, bool EveryOther) Granted()
    {
        var named = ImmutableSortedSet.CreateBuilder<ServiceNamespace>();
        var everyOther = false;
        foreach (var statement in _layout.Statements)
        {
            if (!statement.IsAllow) continue;
            var everything = false;
            foreach (var entry in _layout.EntriesOf(statement))
            {
                if (entry.IsEverything) everything = true;
                else if (!statement.IsNot) named.Add(Named(_layout.Service(entry, _utf8)));
            }
            everyOther |= statement.IsNot != everything;
        }
        return (named.ToImmutable(), everyOther);
    }

    private bool Reaches(in StatementLayout statement, ReadOnlySpan<byte> everyAction)
    {
        var named = false;
        foreach (var entry in _layout.EntriesOf(statement))
        {
            var text = _layout.Text(entry, _utf8);
            named |= entry.IsEverything || (statement.IsNot ? ActionText.Covers(text, everyAction) : ActionText.Overlap(text, everyAction));
        }
        return statement.IsNot != named;
    }

    private static byte[] EveryAction(ServiceNamespace service) => Encoding.ASCII.GetBytes($"{service}:*");

    private static ServiceNamespace Named(ReadOnlySpan<byte> service) =>
        ((Parsed<ServiceNamespace>.Ok)ServiceNamespace.Parse(Encoding.ASCII.GetString(service))).Value;
}
