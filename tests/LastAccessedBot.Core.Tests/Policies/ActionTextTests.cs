using System.Text;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Tests.Policies;

/// <summary>Against every text over a tiny alphabet: what a pattern matches is found by trying.</summary>
public sealed class ActionTextTests
{
    private const string Letters = "ab", Signs = "ab*?";

    private static readonly string[] s_texts = [.. Enumerable.Range(0, 8).SelectMany(length => All(Letters, length))];

    private static readonly string[] s_patterns = [.. Enumerable.Range(1, 4).SelectMany(length => All(Signs, length))];

    [Fact]
    public void A_pattern_covers_another_only_when_it_matches_all_that_the_other_matches()
    {
        var matched = s_patterns.ToDictionary(pattern => pattern, pattern => s_texts.Where(text => ActionText.Covers(Bytes(pattern), Bytes(text))).ToHashSet());
        foreach (var outer in s_patterns)
        {
            foreach (var inner in s_patterns)
            {
                if (ActionText.Covers(Bytes(outer), Bytes(inner))) Assert.True(matched[inner].IsSubsetOf(matched[outer]), $"{outer} does not cover {inner}");
                Assert.Equal(matched[outer].Overlaps(matched[inner]), ActionText.Overlap(Bytes(outer), Bytes(inner)));
            }
        }
    }

    [Fact]
    public void Letters_match_in_any_case() => Assert.True(ActionText.Covers("S3:gET*"u8, "s3:GetObject"u8));

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static IEnumerable<string> All(string signs, int length) =>
        length == 0 ? [""] : All(signs, length - 1).SelectMany(rest => signs.Select(sign => rest + sign));
}
