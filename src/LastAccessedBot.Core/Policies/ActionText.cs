using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>
/// What the texts of actions mean, as UTF-8: <c>*</c> stands for any run of characters, <c>?</c> for one, letters match in any case.
/// </summary>
internal static class ActionText
{
    private const int LongestOnStack = 256;

    /// <summary>Letters, digits, <c>-</c> and <c>.</c> fold to lower case; distinct allowed characters stay distinct.</summary>
    public static byte Fold(byte character) => character is >= (byte)'A' and <= (byte)'Z' ? (byte)(character | 0x20) : character;

    public static bool Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => Ascii.EqualsIgnoreCase(one, other);

    public static bool HasWildcard(ReadOnlySpan<byte> pattern) => pattern.IndexOfAny((byte)'*', (byte)'?') >= 0;

    /// <summary>
    /// Whether everything that <paramref name="inner"/> matches, <paramref name="outer"/> matches too. Sound, not complete: a yes is
    /// always true; a few equal patterns in different spelling (<c>*?</c> and <c>?*</c>) get a no.
    /// </summary>
    public static bool Covers(ReadOnlySpan<byte> outer, ReadOnlySpan<byte> inner)
    {
        int at = 0, position = 0, star = -1, resume = 0;
        while (position < inner.Length)
        {
            if (at < outer.Length && outer[at] == '*')
            {
                star = at++;
                resume = position;
            }
            else if (at < outer.Length && OneCovers(outer[at], inner[position]))
            {
                at++;
                position++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                position = ++resume;
            }
            else return false;
        }
        while (at < outer.Length && outer[at] == '*') at++;
        return at == outer.Length;
    }

    /// <summary>Whether any text at all matches both patterns.</summary>
    public static bool Overlap(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (!HasWildcard(other)) return Covers(one, other);
        if (!HasWildcard(one)) return Covers(other, one);

        // row[j]: what was read of `one` and the first j characters of `other` can still be one text.
        Span<bool> row = other.Length < LongestOnStack ? stackalloc bool[other.Length + 1] : new bool[other.Length + 1];
        row[0] = true;
        for (var j = 0; j < other.Length && other[j] == '*'; j++) row[j + 1] = true;
        foreach (var character in one)
        {
            var diagonal = row[0];
            row[0] = row[0] && character == '*';
            for (var j = 0; j < other.Length; j++)
            {
                var above = row[j + 1];
                row[j + 1] = character == '*' || other[j] == '*'
                    ? above || row[j]
                    : diagonal && (character == '?' || other[j] == '?' || Fold(character) == Fold(other[j]));
                diagonal = above;
            }
        }
        return row[other.Length];
    }

    private static bool OneCovers(byte outer, byte inner) => outer == '?' ? inner != '*' : Fold(outer) == Fold(inner);
}
