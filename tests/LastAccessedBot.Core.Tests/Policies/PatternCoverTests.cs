using System.Text;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Tests.Policies;

/// <summary>Few patterns for many actions.</summary>
public sealed class PatternCoverTests
{
    private static readonly string[] s_verbs = ["Get", "Put", "Delete", "List", "Describe"], s_nouns = ["Bucket", "Object", "Tag", "Acl", "ACL", "Policy"];

    [Theory]
    [InlineData("*", "GetA GetB", "PutA", "Get*")]
    [InlineData("*", "GetA PutA GetB", "PutB", "Get* PutA")]
    [InlineData("*", "GetA PutA CopyA", "GetB PutB CopyB", "*A")]
    [InlineData("*", "AbortUpload", "GetA", "Abort*")]
    [InlineData("*", "CreateVolume CreateFastVolume", "CreateTags DeleteVolume", "Create*Volume")]
    [InlineData("*", "GetObject", "GetObjectAcl", "GetObject")]
    [InlineData("*", "GetObject GetObjectAcl", "GetObjectTagging PutObjectAcl", "GetObject GetObjectAcl")]
    [InlineData("Get*", "GetA GetB", "GetC", "GetA GetB")]
    [InlineData("Get*", "GetBucketAcl GetBucketPolicy", "GetObject", "GetBucket*")]
    [InlineData("List?ucket", "ListBucket", "ListTucket", "ListBucket")]
    [InlineData("*Volume*", "CreateVolume ModifyVolume ModifyVolumeAttribute", "DeleteVolume", "CreateVolume ModifyVolume*")]
    [InlineData("*", "getobject GetBucket", "putobject", "Get*")]
    [InlineData("*", "", "GetA", "")]
    public void The_patterns_are_those_that_a_person_would_write(string within, string stays, string goes, string expected) =>
        Assert.Equal(Words(expected), PatternCover.Of(within, Words(stays), Words(goes)));

    [Fact]
    public void Everything_that_stays_is_matched_nothing_that_goes_and_all_lies_within_the_entry()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var (within, stays, goes) = Generated(seed);
            var patterns = PatternCover.Of(within, stays, goes);
            Assert.All(stays, name => Assert.Contains(patterns, pattern => Matches(pattern, name)));
            Assert.All(goes, name => Assert.DoesNotContain(patterns, pattern => Matches(pattern, name)));
            Assert.All(patterns, pattern => Assert.True(Matches(within, pattern), $"seed {seed}: {pattern} in {within}"));
            Assert.All(patterns, pattern => Assert.Contains(stays, name => patterns.Count(other => Matches(other, name)) == 1 && Matches(pattern, name)));
            Assert.Equal(patterns, PatternCover.Of(within, [.. stays.Reverse()], [.. goes.Reverse()]));
        }
    }

    [Fact]
    public void No_search_through_all_combinations_finds_many_fewer()
    {
        var (found, fewest) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var (_, stays, goes) = Generated(seed);
            stays = stays[..Math.Min(stays.Length, 9)];
            if (stays.Length == 0) continue;
            var patterns = PatternCover.Of("*", stays, goes);
            var least = Fewest(stays, goes);
            Assert.True(patterns.Length <= least + 1, $"seed {seed}: {string.Join(' ', patterns)} where {least} would do");
            (found, fewest) = (found + patterns.Length, fewest + least);
        }
        Assert.True(found <= fewest * 1.02, $"{found} patterns where {fewest} would do");
    }

    // Every beginning and end of whole words of every name, and then every combination, smallest first.
    private static int Fewest(string[] stays, string[] goes)
    {
        int[][] covers = [.. stays
            .SelectMany(name => Cuts(name).SelectMany(start => Cuts(name).Where(end => end >= start).Select(end => $"{name[..start]}*{name[end..]}")).Append(name))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(pattern => !goes.Any(name => Matches(pattern, name)))
            .Select(pattern => Enumerable.Range(0, stays.Length).Where(i => Matches(pattern, stays[i])).ToArray())];
        int[] masks = [.. covers.Select(one => one.Sum(i => 1 << i)).Distinct()];
        var reached = new HashSet<int> { 0 };
        for (var count = 0; ; count++)
        {
            if (reached.Contains((1 << stays.Length) - 1)) return count;
            reached = [.. reached.SelectMany(before => masks.Select(mask => before | mask))];
        }
    }

    private static IEnumerable<int> Cuts(string name) => Enumerable.Range(0, name.Length + 1).Where(at => at == 0 || at == name.Length
        || (char.IsUpper(name[at]) && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])))));

    private static (string Within, string[] Stays, string[] Goes) Generated(int seed)
    {
        var random = new Random(seed);
        string[] entries = ["*", "*", "Get*", "*Object*", "G*t*", "*Tag", "?et*", "*e*"];
        var within = entries[random.Next(entries.Length)];
        string[] names = [.. Enumerable.Range(0, random.Next(2, 40))
            .Select(_ => s_verbs[random.Next(s_verbs.Length)] + string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => s_nouns[random.Next(s_nouns.Length)])))
            .Select(name => random.Next(10) == 0 ? name.ToLowerInvariant() : name)
            .Where(name => Matches(within, name)).Distinct(StringComparer.OrdinalIgnoreCase)];
        var share = random.Next(1, 5);
        var stays = names.Where(_ => random.Next(5) < share).ToArray();
        return (within, stays, [.. names.Except(stays)]);
    }

    private static bool Matches(string pattern, string name) => ActionText.Covers(Encoding.ASCII.GetBytes(pattern), Encoding.ASCII.GetBytes(name));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
