using System.Collections.Immutable;
using LastAccessedBot.Core.Policies;

namespace LastAccessedBot.Core.Tests.Policies;

public sealed class PublishedActionsTests
{
    [Fact]
    public void What_is_written_reads_the_same_and_is_written_the_same_again()
    {
        var list = new PublishedActions(new DateOnly(2026, 9, 26), "a test", ImmutableSortedDictionary<ServiceNamespace, ImmutableArray<string>>.Empty
            .Add(Policy.Service("s3"), ["ListBucket", "GetObject", "GetObjectAcl", "List"]).Add(Policy.Service("apigateway"), ["GET", "PATCH"]).Add(Policy.Service("x"), ["odd_name-1"]));
        var text = list.Write();
        var read = Assert.IsType<Parsed<PublishedActions>.Ok>(PublishedActions.Read(text)).Value;
        Assert.Equal((list.Date, list.Source), (read.Date, read.Source));
        Assert.Equal(["GetObject", "GetObjectAcl", "List", "ListBucket"], read.Of(Policy.Service("s3")));
        Assert.Equal(["GET", "PATCH"], read.Of(Policy.Service("apigateway")));
        Assert.Equal(["odd_name-1"], read.Of(Policy.Service("x")));
        Assert.Empty(read.Of(Policy.Service("unheardof")));
        Assert.Equal(text, read.Write());
        Assert.Contains("\ns3 Get Object ObjectAcl\ns3 List . Bucket\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3 Get Object\n", "no date")]
    [InlineData("# Date: soon\ns3 Get Object\n", "line 1 ")]
    [InlineData("# Date: 2026-09-26\ns3 Get\n", "line 2 ")]
    [InlineData("# Date: 2026-09-26\ns3 Get *\n", "line 2 ")]
    [InlineData("# Date: 2026-09-26\ns_3 Get Object\n", "line 2 ")]
    public void What_is_no_list_is_refused_with_the_line(string text, string why) =>
        Assert.Contains(why, Assert.IsType<Parsed<PublishedActions>.Bad>(PublishedActions.Read(text)).Why.Message, StringComparison.Ordinal);

    [Fact]
    public void A_list_is_old_after_its_days_and_not_before()
    {
        var list = PublishedActions.None with { Date = new DateOnly(2026, 1, 1), OldAfterDays = 10 };
        Assert.False(list.IsOld(new DateTimeOffset(2026, 1, 11, 23, 0, 0, TimeSpan.Zero)));
        Assert.True(list.IsOld(new DateTimeOffset(2026, 1, 12, 1, 0, 0, TimeSpan.Zero)));
    }
}
