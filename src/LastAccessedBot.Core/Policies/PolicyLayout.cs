using System.Buffers.Binary;
using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>One statement of a document, as byte offsets into it.</summary>
internal struct StatementLayout
{
    public int Start, End;

    /// <summary>The property name <c>Action</c> or <c>NotAction</c>, with its quotes.</summary>
    public int NameStart, NameEnd;

    public int ValueStart, ValueEnd;
    public bool IsAllow, IsNot, IsList;
    public int FirstEntry, EntryCount;

    /// <summary>The text between the quotes; <see cref="SidLength"/> is -1 without a Sid.</summary>
    public int SidStart, SidLength;

    public readonly int LastEntry => FirstEntry + EntryCount - 1;
}

/// <summary>One entry of an Action or NotAction, as byte offsets into the document.</summary>
internal struct EntryLayout
{
    /// <summary>With the quotes.</summary>
    public int Start, End;

    /// <summary>The text without quotes: in the document, or in the unescaped texts.</summary>
    public int TextStart, TextLength;

    public bool IsUnescaped;

    /// <summary>The length of the service before the colon; 0 for <c>*</c> and <c>*:*</c>, which mean every service.</summary>
    public int ServiceLength;

    /// <summary>The first characters of the service; see <see cref="ServiceHead"/>.</summary>
    public ulong Head;

    public readonly bool IsEverything => ServiceLength == 0;
}

/// <summary>The first eight characters of a service namespace as one number that orders as the text does.</summary>
internal static class ServiceHead
{
    public const int Length = 8;

    private const ulong LowerCase = 0x2020_2020_2020_2020;

    /// <param name="service">Letters, digits, <c>-</c> and <c>.</c>: of these, only upper case changes with the bit that makes lower case.</param>
    public static ulong Of(ReadOnlySpan<byte> service)
    {
        if (service.Length >= Length) return BinaryPrimitives.ReadUInt64BigEndian(service) | LowerCase;
        ulong head = 0;
        foreach (var character in service) head = (head << 8) | character | 0x20u;
        return head << (8 * (Length - service.Length));
    }
}

/// <summary>
/// Where the parts of a document stand. The buffers are reused from document to document: a batch allocates nothing per policy,
/// at the price that every accessor needs the bytes that were read.
/// </summary>
internal sealed class PolicyLayout
{
    private StatementLayout[] _statements = new StatementLayout[8];
    private EntryLayout[] _entries = new EntryLayout[64];
    private byte[] _unescaped = [];
    private int _unescapedLength;

    public int StatementCount { get; private set; }

    public int EntryCount { get; private set; }

    public bool StatementIsList { get; set; }

    public ReadOnlySpan<StatementLayout> Statements => _statements.AsSpan(0, StatementCount);

    public ReadOnlySpan<EntryLayout> EntriesOf(in StatementLayout statement) => _entries.AsSpan(statement.FirstEntry, statement.EntryCount);

    public ReadOnlySpan<byte> Text(in EntryLayout entry, ReadOnlySpan<byte> document) =>
        (entry.IsUnescaped ? _unescaped.AsSpan() : document).Slice(entry.TextStart, entry.TextLength);

    public ReadOnlySpan<byte> Service(in EntryLayout entry, ReadOnlySpan<byte> document) => Text(entry, document)[..entry.ServiceLength];

    public void Clear() => StatementCount = EntryCount = _unescapedLength = 0;

    public void Add(in StatementLayout statement)
    {
        if (StatementCount == _statements.Length) Array.Resize(ref _statements, 2 * StatementCount);
        _statements[StatementCount++] = statement;
    }

    public void Add(in EntryLayout entry)
    {
        if (EntryCount == _entries.Length) Array.Resize(ref _entries, 2 * EntryCount);
        _entries[EntryCount++] = entry;
    }

    /// <summary>Keeps a text whose escapes were resolved; gives where it starts.</summary>
    public int AddUnescaped(string text, out int length)
    {
        length = Encoding.UTF8.GetByteCount(text);
        if (_unescapedLength + length > _unescaped.Length) Array.Resize(ref _unescaped, Math.Max(256, 2 * (_unescapedLength + length)));
        var start = _unescapedLength;
        _unescapedLength += Encoding.UTF8.GetBytes(text, _unescaped.AsSpan(start));
        return start;
    }

    /// <summary>How a refusal names a statement: by its number, and by its Sid where it has one.</summary>
    public static string NameOf(int number, in StatementLayout statement, ReadOnlySpan<byte> document) => statement.SidLength > 0
        ? $"statement {number} (`{Encoding.UTF8.GetString(document.Slice(statement.SidStart, statement.SidLength))}`)"
        : $"statement {number}";
}
