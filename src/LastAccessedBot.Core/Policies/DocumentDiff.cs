using System.Collections.Immutable;

namespace LastAccessedBot.Core.Policies;

/// <summary>One line of a diff.</summary>
public sealed record DiffLine(DiffMark Mark, string Text);

/// <summary>What becomes of a line.</summary>
public enum DiffMark { Stays, Goes, Comes }

/// <summary>Two documents line by line, as laid out for people.</summary>
public static class DocumentDiff
{
    /// <summary>
    /// The longest-common-subsequence diff; what goes stands before what comes in its place. A comma at the end of a line is no change: it
    /// tells of the line after it.
    /// </summary>
    public static ImmutableArray<DiffLine> Of(string before, string after)
    {
        string[] old = Lines(before), now = Lines(after);
        int start = 0, oldEnd = old.Length, nowEnd = now.Length;
        while (start < oldEnd && start < nowEnd && Same(old[start], now[start])) start++;
        while (oldEnd > start && nowEnd > start && Same(old[oldEnd - 1], now[nowEnd - 1]))
        {
            oldEnd--;
            nowEnd--;
        }
        var lines = ImmutableArray.CreateBuilder<DiffLine>();
        lines.AddRange(now[..start].Select(line => new DiffLine(DiffMark.Stays, line)));
        Middle(old.AsSpan(start..oldEnd), now.AsSpan(start..nowEnd), lines);
        lines.AddRange(now[nowEnd..].Select(line => new DiffLine(DiffMark.Stays, line)));
        return lines.ToImmutable();
    }

    private static void Middle(ReadOnlySpan<string> old, ReadOnlySpan<string> now, ImmutableArray<DiffLine>.Builder lines)
    {
        // common[i, j]: how many lines the rests from i and j have in common.
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = Same(old[i], now[j]) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        int at = 0, to = 0;
        while (at < old.Length || to < now.Length)
        {
            if (at < old.Length && to < now.Length && Same(old[at], now[to]))
            {
                lines.Add(new DiffLine(DiffMark.Stays, now[to++]));
                at++;
            }
            else if (at < old.Length && (to == now.Length || common[at + 1, to] >= common[at, to + 1])) lines.Add(new DiffLine(DiffMark.Goes, old[at++]));
            else lines.Add(new DiffLine(DiffMark.Comes, now[to++]));
        }
    }

    private static bool Same(string one, string other) => one.AsSpan().TrimEnd(',').SequenceEqual(other.AsSpan().TrimEnd(','));

    private static string[] Lines(string text) => text.Split('\n');
}
