using System.Collections.Immutable;
using System.Numerics;
using System.Text;

namespace LastAccessedBot.Core.Policies;

/// <summary>
/// Says in few wildcard patterns which actions stay. Of every name it takes the shortest patterns that match no name that goes: a
/// beginning, a <c>*</c> and an end, each of whole words, as people write them (<c>Describe*</c>, <c>*Tags</c>, <c>Create*Volume</c>).
/// Of these it chooses the one that matches the most names left over, again and again, and then leaves out what the others made superfluous.
/// </summary>
/// <remarks>
/// The fewest patterns of all would need a search through all combinations; choosing the best one each time is never worse than that by
/// more than the logarithm of the number of names, and in practice by a pattern or none. The same names give the same patterns, in order.
/// </remarks>
internal static class PatternCover
{
    /// <summary>Patterns that together match every name that stays and none that goes, each covered by <paramref name="within"/>.</summary>
    /// <param name="within">The part of an entry after its service, which matches all the names that stay.</param>
    /// <param name="stays">Distinct from each other and from those that go, in any case of their letters.</param>
    public static ImmutableArray<string> Of(string within, IReadOnlyCollection<string> stays, IReadOnlyCollection<string> goes)
    {
        var outer = Encoding.ASCII.GetBytes(within);
        Name[] kept = [.. stays.Order(StringComparer.OrdinalIgnoreCase).Select(text => new Name(text))], gone = [.. goes.Select(text => new Name(text))];
        var candidates = new Dictionary<string, Candidate>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in kept)
            foreach (var (start, end) in ShortestOf(name, gone, outer))
            {
                var text = $"{name.Text[..start]}*{name.Text[^end..]}";
                if (candidates.ContainsKey(text)) continue;
                var candidate = new Candidate(text, kept, name.Folded.AsSpan(0, start), name.Folded.AsSpan(name.Folded.Length - end));
                // A `*` that stands for nothing would only make a name look like more than it is.
                if (candidate.Names.Count > 1 || start + end < name.Folded.Length) candidates.Add(text, candidate);
            }
        for (var i = 0; i < kept.Length; i++) candidates.TryAdd(kept[i].Text, new Candidate(kept[i].Text, kept.Length, i));
        return Irredundant(Chosen([.. candidates.Values], kept.Length), kept.Length);
    }

    /// <summary>For each beginning of whole words the shortest end with which the pattern matches nothing that goes; a longer beginning only where it lets the end be shorter.</summary>
    private static IEnumerable<(int Start, int End)> ShortestOf(Name name, Name[] gone, byte[] outer)
    {
        // needs[i]: how many last characters it takes beside the first i.
        var needs = new int[name.Folded.Length + 1];
        foreach (var other in gone)
        {
            var (start, end) = (name.Folded.AsSpan().CommonPrefixLength(other.Folded), name.CommonEnd(other));
            foreach (var cut in name.Cuts)
                if (cut <= start) needs[cut] = Math.Max(needs[cut], Math.Min(end, other.Folded.Length - cut) + 1);
        }
        var shortest = int.MaxValue;
        foreach (var start in name.Cuts)
        {
            foreach (var end in name.Ends)
            {
                if (end >= shortest || start + end > name.Folded.Length) break;
                if (end < needs[start] || !ActionText.Covers(outer, Pattern(name, start, end))) continue;
                shortest = end;
                yield return (start, end);
                break;
            }
        }
    }

    private static byte[] Pattern(Name name, int start, int end) => [.. name.Folded.AsSpan(0, start), (byte)'*', .. name.Folded.AsSpan(name.Folded.Length - end)];

    private static List<Candidate> Chosen(Candidate[] candidates, int names)
    {
        var chosen = new List<Candidate>();
        var left = Bits.All(names);
        while (!left.IsEmpty)
        {
            var best = candidates.MaxBy(candidate => (candidate.Names.CountIn(left), candidate), Candidate.Preference)!;
            chosen.Add(best);
            left.Remove(best.Names);
        }
        return chosen;
    }

    // Those that match the fewest are tried first: they are the likeliest to be covered by the others.
    private static ImmutableArray<string> Irredundant(List<Candidate> chosen, int names)
    {
        foreach (var candidate in chosen.OrderBy(candidate => candidate.Names.Count).ThenBy(candidate => candidate.Text, StringComparer.Ordinal).ToArray())
        {
            var left = Bits.All(names);
            foreach (var other in chosen.Where(other => other != candidate)) left.Remove(other.Names);
            if (left.IsEmpty) chosen.Remove(candidate);
        }
        return [.. chosen.Select(candidate => candidate.Text).Order(StringComparer.Ordinal)];
    }

    /// <summary>The name of an action, and where its words begin.</summary>
    private sealed class Name
    {
        public Name(string text)
        {
            Text = text;
            Folded = Encoding.ASCII.GetBytes(text);
            foreach (ref var character in Folded.AsSpan()) character = ActionText.Fold(character);
            Cuts = [.. Enumerable.Range(0, text.Length + 1).Where(IsCut)];
            Ends = [.. Cuts.Reverse().Select(cut => text.Length - cut)];
        }

        public string Text { get; }

        public byte[] Folded { get; }

        /// <summary>Rising, from 0 to the length of the name.</summary>
        public ImmutableArray<int> Cuts { get; }

        /// <summary>The lengths of the ends that begin at a cut, rising.</summary>
        public ImmutableArray<int> Ends { get; }

        public int CommonEnd(Name other)
        {
            var length = 0;
            while (length < Math.Min(Folded.Length, other.Folded.Length) && Folded[^(length + 1)] == other.Folded[^(length + 1)]) length++;
            return length;
        }

        // `GetBucketCORSRule`: before each word that begins with a capital, and before the last capital of several where a word follows it.
        private bool IsCut(int at) => at == 0 || at == Text.Length
            || (char.IsAsciiLetterUpper(Text[at]) && (!char.IsAsciiLetterUpper(Text[at - 1]) || (at + 1 < Text.Length && char.IsAsciiLetterLower(Text[at + 1]))));
    }

    private sealed class Candidate
    {
        public Candidate(string text, int names, int only)
        {
            (Text, Names) = (text, new Bits(names));
            Names.Add(only);
        }

        public Candidate(string text, Name[] names, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end)
        {
            (Text, Names) = (text, new Bits(names.Length));
            for (var i = 0; i < names.Length; i++)
                if (names[i].Folded.Length >= start.Length + end.Length && names[i].Folded.AsSpan().StartsWith(start) && names[i].Folded.AsSpan().EndsWith(end)) Names.Add(i);
        }

        /// <summary>The most names; then a beginning before a single name before the rest, as people would write it; then the shorter text; then the first in order.</summary>
        public static IComparer<(int Names, Candidate Candidate)> Preference { get; } = Comparer<(int Names, Candidate Candidate)>.Create((one, other) =>
            one.Names != other.Names ? one.Names.CompareTo(other.Names)
            : one.Candidate.Form != other.Candidate.Form ? one.Candidate.Form.CompareTo(other.Candidate.Form)
            : one.Candidate.Text.Length != other.Candidate.Text.Length ? other.Candidate.Text.Length.CompareTo(one.Candidate.Text.Length)
            : string.CompareOrdinal(other.Candidate.Text, one.Candidate.Text));

        public string Text { get; }

        private int Form => Text.IndexOf('*', StringComparison.Ordinal) is var star && star < 0 ? 1 : star == Text.Length - 1 ? 2 : 0;

        /// <summary>Which of the names that stay it matches.</summary>
        public Bits Names { get; }
    }

    /// <summary>A set of small numbers.</summary>
    private sealed class Bits(int size)
    {
        private readonly ulong[] _words = new ulong[(size + 63) / 64];

        public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0ul);

        public int Count => CountIn(this);

        public static Bits All(int size)
        {
            var all = new Bits(size);
            for (var i = 0; i < size; i++) all.Add(i);
            return all;
        }

        public void Add(int number) => _words[number / 64] |= 1ul << (number % 64);

        public void Remove(Bits other)
        {
            for (var i = 0; i < _words.Length; i++) _words[i] &= ~other._words[i];
        }

        public int CountIn(Bits other)
        {
            var count = 0;
            for (var i = 0; i < _words.Length; i++) count += BitOperations.PopCount(_words[i] & other._words[i]);
            return count;
        }
    }
}
