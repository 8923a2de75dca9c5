using System.Collections.Immutable;

namespace LastAccessedBot.Core.Account;

/// <summary>Finds what somebody may have meant.</summary>
public static class NearNames
{
    /// <summary>
    /// The names nearest to <paramref name="typed"/>, nearest first: those that contain it or are contained in it, then by the number of
    /// typing slips (a letter more, less, other, or two swapped), up to a third of the length.
    /// </summary>
    public static ImmutableArray<string> Of(string typed, IEnumerable<string> names, int most) =>
    [
        .. names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: name, Distance: Distance(typed, name)))
            .Where(pair => pair.Distance <= Math.Max(2, typed.Length / 3))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.OrdinalIgnoreCase)
            .Take(most)
            .Select(pair => pair.Name),
    ];

    private static int Distance(string typed, string name)
    {
        const int ShortestPart = 3;
        var slips = Slips(typed.ToLowerInvariant(), name.ToLowerInvariant());
        var isPart = typed.Length >= ShortestPart && (name.Contains(typed, StringComparison.OrdinalIgnoreCase) || (name.Length >= ShortestPart && typed.Contains(name, StringComparison.OrdinalIgnoreCase)));
        return isPart ? Math.Min(slips, 2) : slips;
    }

    // Optimal string alignment over three rows.
    private static int Slips(string one, string other)
    {
        var (before, above, row) = (new int[other.Length + 1], Enumerable.Range(0, other.Length + 1).ToArray(), new int[other.Length + 1]);
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above, row) = (above, row, before);
        }
        return above[other.Length];
    }
}
